/* Findings by keys: J and K go on and back, A accepts, I ignores, E opens the other ways. A click on a marked place
   goes to its finding and the reverse. After a deed the next finding is where one was. No inline code, no eval. */
(function () {
  "use strict";
  var doc = document, at = 0;

  function all(selector, from) { return Array.prototype.slice.call((from || doc).querySelectorAll(selector)); }
  function root() { return doc.querySelector("[data-findings]"); }
  function items() { return root() ? all(".findings > [data-item]", root()).filter(function (item) { return !item.closest("details:not([open])"); }) : []; }
  function typing(target) { return /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(radio|checkbox|button|submit)$/.test(target.type || "") || target.isContentEditable; }
  function off() { try { return localStorage.getItem("exemplar.keys") === "off"; } catch (error) { return false; } }
  function marks(key) { return all("mark[data-finding]").filter(function (mark) { return mark.dataset.finding.split(" ").indexOf(key) >= 0; }); }

  function show(item, scroll) {
    all(".current").forEach(function (node) { if (node.matches("[data-item], mark")) { node.classList.remove("current"); } });
    item.classList.add("current");
    at = Math.max(0, items().indexOf(item));
    var found = marks(item.dataset.item);
    found.forEach(function (mark) { mark.classList.add("current"); });
    if (scroll && found[0]) { found[0].scrollIntoView({ block: "center" }); }
  }
  function go(to) {
    var list = items();
    if (!list.length) { return; }
    var item = list[Math.max(0, Math.min(list.length - 1, to))];
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
    show(item, true);
  }
  function here() {
    var item = doc.activeElement && doc.activeElement.closest("[data-item]");
    return item || doc.querySelector("[data-item].current");
  }
  function press(selector) {
    var item = here(), button = item && item.querySelector(selector);
    if (button) { button.click(); }
    return button;
  }

  doc.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || off() || doc.querySelector("dialog[open]")) { return; }
    var key = event.key.toLowerCase();
    if (key === "j") { go(here() ? at + 1 : 0); }
    else if (key === "k") { go(at - 1); }
    else if (key === "a") { if (!press("[data-accept]")) { return; } }
    else if (key === "i") { if (!press("[data-ignore]")) { return; } }
    else if (key === "e") {
      var more = press("[data-more]"), field = more && more.parentNode.querySelector("input:not([type=hidden])");
      if (field) { setTimeout(function () { if (more.parentNode.open) { field.focus(); } }, 0); }
    }
    else { return; }
    event.preventDefault();
  });
  doc.addEventListener("focusin", function (event) {
    var item = event.target.closest && event.target.closest(".findings > [data-item]");
    if (item) { show(item, false); }
  });
  doc.addEventListener("click", function (event) {
    var mark = event.target.closest("mark[data-finding]");
    var item = mark && doc.getElementById("f-" + mark.dataset.finding.split(" ")[0]);
    if (item) { item.focus({ preventScroll: true }); item.scrollIntoView({ block: "center" }); show(item, false); }
  });
  var acted = false;
  doc.addEventListener("submit", function (event) { acted = !!event.target.closest("[data-item]"); });
  doc.addEventListener("htmx:after:swap", function () { if (acted) { acted = false; go(at); } });

  var named = /^#[fm]-/.test(location.hash) && doc.getElementById("f-" + location.hash.slice(3));
  if (named) { named.focus({ preventScroll: true }); show(named, true); }
})();
