/* Pages that change while they are looked at: their parts come by server-sent events and replace themselves; a page
   of its own kind listens to "live:changed". Without this file the pages are as they were when they were loaded. The
   browser reconnects by itself and says how far it is. */
(function () {
  "use strict";
  var place = document.querySelector("[data-live]");
  if (!place || !window.EventSource) { return; }
  var part = document.getElementById(place.dataset.part);
  var lost = document.querySelector("[data-live-lost]");
  var version = place.dataset.version;
  var RETRY_MS = 20000;

  function follow() {
    var now = part.querySelector("[data-votable]");
    var vote = document.querySelector("[data-live-vote]"), ask = document.querySelector("[data-live-ask]");
    var item = document.querySelector("[data-live-item]");
    var current = part.querySelector("[data-current]");
    if (vote) { vote.hidden = !now || now.dataset.votable !== "yes"; }
    if (ask) { ask.hidden = !now || now.dataset.questions !== "yes"; }
    if (item && current && item.value !== current.dataset.current) {
      item.value = current.dataset.current;
      vote.querySelectorAll("button").forEach(function (button) {
        button.className = "btn btn-outline-primary";
        button.removeAttribute("aria-pressed");
      });
    }
    if (!vote && now && current) { location.reload(); } /* it has begun: the forms come with the page */
  }

  function took(each, html) {
    each.innerHTML = html;
    if (lost) { lost.hidden = true; }
    if (each.querySelector("[data-live-over]")) { source.close(); }
  }

  var source;
  function connect() {
    source = new EventSource(place.dataset.live + "&version=" + version);
    document.querySelectorAll("[data-live-part]").forEach(function (each) {
      source.addEventListener(each.dataset.livePart, function (event) {
        took(each, event.data);
        each.dispatchEvent(new CustomEvent("live:changed", { bubbles: true }));
      });
    });
    if (part) { source.addEventListener("shown", function (event) {
      took(part, event.data);
      if (source.readyState === 2) {
        document.querySelectorAll("[data-live-vote], [data-live-ask]").forEach(function (each) { each.hidden = true; });
        return;
      }
      if (place.dataset.live.indexOf("view=phone") > 0) { follow(); }
    }); }
    source.onopen = function () { if (lost) { lost.hidden = true; } };
    source.onerror = function () {
      if (source.readyState === 2 && place.querySelector("[data-live-over]")) { return; }
      if (lost) { lost.hidden = false; }
      if (source.readyState === 2) { setTimeout(connect, RETRY_MS); } /* refused: too many windows, or the server starts */
    };
  }
  connect();
})();
