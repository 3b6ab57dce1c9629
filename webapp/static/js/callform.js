/* The parts of the organiser's form for a call: a link above opens the part it leads to. The form works without. */
(function () {
  "use strict";
  var form = document.getElementById("call-form");
  if (!form) { return; }
  var parts = Array.prototype.slice.call(form.querySelectorAll("details.form-part"));

  function open(part) {
    if (part.tagName === "DETAILS") { part.open = true; }
    part.scrollIntoView({ block: "start" });
    (part.querySelector("summary") || part).focus({ preventScroll: true });
  }

  document.querySelectorAll(".form-steps a").forEach(function (link) {
    link.addEventListener("click", function (event) {
      var part = document.getElementById(link.hash.slice(1));
      if (part) { event.preventDefault(); open(part); }
    });
  });

  var button = document.querySelector("[data-unfold]");
  if (button) {
    var labels = [button.textContent, button.dataset.foldLabel];
    button.hidden = false;
    button.addEventListener("click", function () {
      var unfold = parts.some(function (part) { return !part.open; });
      parts.forEach(function (part) { part.open = unfold; });
      button.textContent = labels[unfold ? 1 : 0];
    });
  }
}());
