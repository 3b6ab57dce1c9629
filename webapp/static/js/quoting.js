/* Words selected in a text go into the field of the passage that is being written about. */
(function () {
  "use strict";
  var text = document.querySelector("[data-quotable]"), current = null;
  if (!text) { return; }
  function fields() { return Array.prototype.slice.call(document.querySelectorAll("[data-quote]")); }
  document.addEventListener("focusin", function (event) {
    var row = event.target.closest("form");
    if (event.target.matches("[data-quote]")) { current = event.target; }
    else if (row && event.target.closest(".ask-row")) { current = event.target.closest(".ask-row").querySelector("[data-quote]"); }
  });
  function take() {
    var selection = window.getSelection(), words = String(selection).replace(/\s+/g, " ").trim();
    if (!words || !selection.rangeCount || !text.contains(selection.getRangeAt(0).commonAncestorContainer)) { return; }
    var field = current || fields().filter(function (each) { return !each.value; })[0] || fields()[0];
    if (field) {
      field.value = words;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  text.addEventListener("mouseup", take);
  text.addEventListener("touchend", take);
  text.addEventListener("keyup", function (event) { if (event.shiftKey) { take(); } });

  var more = document.querySelector("[data-more-questions]");
  if (!more) { return; }
  more.addEventListener("click", function () {
    var rows = document.querySelectorAll(".ask-row"), last = rows[rows.length - 1], row = last.cloneNode(true), number = rows.length + 1;
    row.id = "words-" + (number - 1);
    row.classList.remove("bad");
    row.querySelectorAll(".emsg").forEach(function (each) { each.remove(); });
    row.querySelector("legend").textContent = last.querySelector("legend").textContent.replace(/\d+/, number);
    row.querySelectorAll("textarea").forEach(function (area) { area.value = ""; area.id = area.id.replace(/\d+$/, number); });
    row.querySelectorAll("label").forEach(function (label) { label.htmlFor = label.htmlFor.replace(/\d+$/, number); });
    last.after(row);
    row.querySelector("[name=words]").focus();
  });
})();
