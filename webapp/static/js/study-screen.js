/* The projector's page: F fills the screen and leaves it, the clock runs by the server's, a new step begins at its
   top. Without this file the page shows what it showed when it was loaded. */
(function () {
  "use strict";
  var body = document.body, button = document.querySelector("[data-screen-full]");
  var skew = Date.parse(body.dataset.now) - Date.now();

  function two(number) { return (number < 10 ? "0" : "") + number; }
  function tick() {
    document.querySelectorAll("[data-until]").forEach(function (node) {
      var left = Math.floor((Date.parse(node.dataset.until) - Date.now() - skew) / 1000);
      var hours = Math.floor(left / 3600);
      var shown = (hours ? hours + ":" + two(Math.floor(left / 60) % 60) : Math.floor(left / 60)) + ":" + two(left % 60);
      var near = left < 86400; /* further off a date says more than a clock */
      node.textContent = left <= 0 ? node.dataset.over : node.dataset.words.replace("{t}", shown);
      node.hidden = node.dataset.when.split(" ").indexOf(body.dataset.stage) < 0 || !near;
    });
  }

  function full() {
    if (document.fullscreenElement) { document.exitFullscreen(); return; }
    if (document.documentElement.requestFullscreen) { document.documentElement.requestFullscreen().catch(function () { }); }
  }

  button.addEventListener("click", full);
  document.addEventListener("keydown", function (event) {
    if (event.key.toLowerCase() !== "f" || event.ctrlKey || event.metaKey || event.altKey) { return; }
    event.preventDefault();
    full();
  });
  document.addEventListener("fullscreenchange", function () { button.hidden = !!document.fullscreenElement; });

  var place = "";
  document.addEventListener("live:changed", function () {
    var part = document.querySelector(".screen-part"), head = part.querySelector("h1");
    body.dataset.stage = part.dataset.stage;
    if (head && head.textContent !== place) { place = head.textContent; window.scrollTo(0, 0); }
    tick();
  });
  tick();
  setInterval(tick, 1000);
})();
