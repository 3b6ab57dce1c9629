/* Ordering a book by dragging and by Alt+Arrow. The buttons beside each case do the same without this file. */
(function () {
  "use strict";
  var doc = document;
  function all(selector, from) { return Array.prototype.slice.call((from || doc).querySelectorAll(selector)); }

  function order() {
    return all("[data-list]").map(function (list) {
      return list.dataset.list + ":" + all("[data-entry]", list).map(function (item) { return item.dataset.entry; }).join(",");
    }).join(" ");
  }

  function start() {
    var form = doc.getElementById("order-form");
    if (!form || !window.Sortable) { return; }
    doc.documentElement.classList.add("sorting");
    all("[data-list]").forEach(function (list) {
      if (list.dataset.sorted) { return; }
      list.dataset.sorted = "yes";
      window.Sortable.create(list, {
        group: "entries",
        handle: "[data-handle]",
        animation: 120,
        // Sortable marks the item by a style attribute and then copies it, which the content policy reports.
        onChoose: function (event) { event.item.removeAttribute("style"); },
        onEnd: send
      });
    });
    var chapters = doc.querySelector("[data-chapters]");
    if (chapters) { window.Sortable.create(chapters, {
      draggable: "[data-chapter]",
      handle: "[data-chapter-handle]",
      animation: 120,
      onChoose: function (event) { event.item.removeAttribute("style"); },
      onEnd: send
    }); }
    form.elements.order.defaultValue = order();
  }

  function send() {
    var form = doc.getElementById("order-form"), now = order();
    if (now === form.elements.order.defaultValue) { return; }
    form.elements.order.value = now;
    form.requestSubmit();
  }

  /* After a move the part of the page is new: the same button keeps the focus, so that it can be pressed again. */
  var focused = "";
  doc.addEventListener("submit", function (event) {
    var part = event.target.closest("[data-arrange]");
    if (!part) { return; }
    focused = event.submitter ? event.submitter.id : "";
    // htmx carries style attributes (an extension may have set one) over to the new part, which the policy forbids.
    all("[style]", part).forEach(function (element) { element.removeAttribute("style"); });
  }, true);
  new MutationObserver(function () {
    var list = doc.querySelector("[data-list]");
    if (!list || list.dataset.sorted) { return; }
    start();
    var button = focused && doc.getElementById(focused);
    /* at the end of the book a button is off: its neighbour is where the keys go on */
    if (button && button.disabled) { button = button.form.querySelector("button:not(:disabled)"); }
    if (button) { button.focus(); }
    focused = "";
  }).observe(doc.body, { childList: true, subtree: true });

  doc.addEventListener("keydown", function (event) {
    if (!event.altKey || event.ctrlKey || event.metaKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) { return; }
    var item = event.target.closest("[data-entry], [data-chapter-head]");
    if (!item) { return; }
    event.preventDefault();
    var button = item.querySelector(event.key === "ArrowUp" ? "[data-up]" : "[data-down]");
    if (button.disabled) { return; }
    button.focus();
    button.click();
  });

  if (doc.readyState === "loading") { doc.addEventListener("DOMContentLoaded", start); } else { start(); }
})();
