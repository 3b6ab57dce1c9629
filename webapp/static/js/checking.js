/* The formal check: a sentence chosen from the list is put into the box, where it can be changed. Without this
   file the server takes the chosen sentence when the box is empty. */
(function () {
  "use strict";
  document.addEventListener("change", function (event) {
    var box = event.target.dataset && event.target.dataset.fills && document.querySelector(event.target.dataset.fills);
    if (!box || !event.target.value) { return; }
    box.value = box.value.trim() ? box.value.trim() + "\n" + event.target.value : event.target.value;
    event.target.value = "";
    box.focus();
  });
})();
