/* Ordering the cases of a collection by dragging; the buttons beside each case do the same without this file. */
(function () {
  "use strict";
  var list = document.querySelector("[data-sortable]");
  if (!list || !window.Sortable) { return; }
  function buttons() {
    var items = list.children, last = items.length - 1;
    Array.prototype.forEach.call(items, function (item, place) {
      item.querySelector("[data-up]").disabled = place === 0;
      item.querySelector("[data-down]").disabled = place === last;
    });
  }
  window.Sortable.create(list, {
    handle: "[data-handle]",
    animation: 120,
    // Sortable marks the item by a style attribute and then copies it, which the content policy reports.
    onChoose: function (event) { event.item.removeAttribute("style"); },
    onEnd: function () {
      buttons();
      list.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
})();
