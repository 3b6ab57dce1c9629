/* Commendations: take the draft into the field, where it is changed and saved. */
(function () {
  "use strict";
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-take]");
    if (!button) { return; }
    var field = document.querySelector(button.dataset.into);
    var words = document.querySelector(button.dataset.take).textContent.trim();
    field.value = field.value.trim() ? field.value.trim() + "\n" + words : words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
})();
