/* An error list is filled from the text: what is selected in it goes into the form, exactly as it stands there.
   The form works without this file. */
(function () {
  "use strict";
  var doc = document, text = doc.querySelector("[data-proof-text]"), form = doc.querySelector("[data-error-form]");
  var button = form && form.querySelector("[data-take-selection]");
  if (!text || !button) { return; }
  var taken = "";
  button.hidden = false;

  doc.addEventListener("selectionchange", function () {
    var selection = doc.getSelection();
    if (!selection.rangeCount || selection.isCollapsed || !text.contains(selection.anchorNode) || !text.contains(selection.focusNode)) { return; }
    taken = selection.toString().replace(/\s*\n\s*/g, "\n").trim();
  });
  button.addEventListener("click", function () {
    var passage = taken.split("\n")[0];
    if (!passage) { form.elements.before.focus(); return; }
    form.elements.before.value = passage;
    form.elements.after.value = passage;
    form.elements.after.focus();
    form.elements.after.select();
  });
})();
