/* Beside a time in the call's zone: the same instant on the visitor's own clock, where that differs. The countdown
   itself runs by the server's clock in app.js. */
(function () {
  "use strict";
  var own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  var language = document.documentElement.lang || undefined;
  document.querySelectorAll("[data-own-time]").forEach(function (node) {
    var at = new Date(node.dataset.ownTime);
    function wall(zone) { return at.toLocaleString("sv", { timeZone: zone }); }
    if (!own || isNaN(at) || wall(own) === wall(node.dataset.zone)) { return; }
    node.textContent = node.dataset.label + at.toLocaleString(language, { dateStyle: "long", timeStyle: "short" });
    node.hidden = false;
  });
})();
