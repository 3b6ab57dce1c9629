/* Reading lists: order by dragging; X beside a hit. The buttons do the same without this file. */
(function () {
  "use strict";
  var doc = document;
  function all(selector, root) { return Array.prototype.slice.call((root || doc).querySelectorAll(selector)); }
  function keysOff() { try { return localStorage.getItem("exemplar.keys") === "off"; } catch (error) { return false; } }

  /* ----- order by dragging ----- */
  function order() { return all("[data-entry]").map(function (item) { return item.dataset.entry; }).join(","); }
  function sortable() {
    var list = doc.querySelector("[data-list-order]"), form = doc.getElementById("order-form");
    if (!list || !form || !window.Sortable || list.dataset.sorted) { return; }
    list.dataset.sorted = "yes";
    doc.documentElement.classList.add("sorting");
    form.elements.order.value = order();
    window.Sortable.create(list, {
      handle: "[data-grip]",
      animation: 120,
      // Sortable marks the item by a style attribute and then copies it, which the content policy reports.
      onChoose: function (event) { event.item.removeAttribute("style"); },
      onEnd: function () {
        if (order() === form.elements.order.value) { return; }
        form.elements.order.value = order();
        form.requestSubmit();
      }
    });
  }
  sortable();

  /* After a move the list is new: the same button keeps the focus, so that it can be pressed again. */
  var pressed = "";
  doc.addEventListener("submit", function (event) {
    if (event.submitter && event.submitter.closest("[data-entries], .keep")) { pressed = event.submitter.id; }
    // htmx carries style attributes (an extension may have set one) over to the new part, which the policy forbids.
    all("[data-entries] [style]").forEach(function (item) { item.removeAttribute("style"); });
  }, true);
  doc.addEventListener("htmx:after:swap", function () {
    sortable();
    var button = pressed && doc.getElementById(pressed);
    if (button && button.disabled) { button = all("button:not([disabled])", button.parentNode)[0]; }
    if (button) { button.focus(); }
    var said = button && button.closest("[data-done]");
    if (said) { window.exemplar.toast(said.dataset.done); said.removeAttribute("data-done"); }
    pressed = "";
  });

  /* A choice in the little form that saves a search is no change of the search around it. */
  doc.addEventListener("change", function (event) {
    if (event.target.closest(".save-form")) { event.stopPropagation(); }
  }, true);

  /* ----- X puts the hit in hand into the list, or takes it out ----- */
  doc.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || keysOff()) { return; }
    if (event.key !== "x" && event.key !== "X") { return; }
    if (event.target.closest("input, textarea, select, [contenteditable]") || doc.querySelector("dialog[open]")) { return; }
    var hit = event.target.closest("[data-hit]");
    var button = hit && hit.querySelector("[data-keep]");
    if (!button) { return; }
    event.preventDefault();
    pressed = "";
    button.form.requestSubmit(button);
    var link = hit.querySelector("h3 a");
    if (link) { pressed = ""; link.focus(); }
  });
})();
