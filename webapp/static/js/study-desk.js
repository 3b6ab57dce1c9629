/* The presenter's desk by keyboard: when what was pressed has gone with the step, the next thing to press has the
   focus; what is said about a contribution leaves it there. The desk draws itself anew each moment; whoever is
   elsewhere stays there. */
(function () {
  "use strict";
  var doc = document, held = null;
  function desk() { return doc.getElementById("study-desk"); }
  doc.addEventListener("htmx:before:swap", function () {
    held = desk() && desk().contains(doc.activeElement) ? doc.activeElement.id : null;
  });
  doc.addEventListener("htmx:after:swap", function () {
    var lost = !doc.activeElement || doc.activeElement === doc.body;
    if (held === null || !lost || !desk()) { return; }
    var about = held.indexOf("-") > 0 ? desk().querySelector('button[id$="' + held.slice(held.indexOf("-")) + '"]') : null;
    var next = about || desk().querySelector("#on, .actions button, summary, a[href]");
    if (next) { next.focus(); }
  });
})();
