/* What a juror has put down and the server does not have yet: kept in this browser under his own name, case by
   case, and sent again when the network is back, from whichever judging page is open then. No inline code, no eval,
   no dependencies. `window.exemplarUnsent` is used by scoring.js. */
(function () {
  "use strict";
  var doc = document, place = doc.querySelector("[data-juror]");
  if (!place) { return; }
  var prefix = "exemplar.marks." + place.dataset.juror + ".", here = place.dataset.read || "", csrf = place.dataset.csrf;

  function of(read) { try { return JSON.parse(localStorage.getItem(prefix + read) || "{}"); } catch (error) { return {}; } }
  function keep(read, path, body) {
    try {
      var all = of(read);
      if (body === undefined) { delete all[path]; } else { all[path] = body; }
      if (Object.keys(all).length) { localStorage.setItem(prefix + read, JSON.stringify(all)); } else { localStorage.removeItem(prefix + read); }
    } catch (error) { /* private window: the page alone remembers */ }
  }
  function reads() {
    try { return Object.keys(localStorage).filter(function (key) { return key.indexOf(prefix) === 0; }).map(function (key) { return key.slice(prefix.length); }); } catch (error) { return []; }
  }
  /* answers {status, answer}; rejects when nothing came back */
  function put(read, path, body) {
    return fetch("/api/v1/judging/reads/" + read + path, {
      method: "PUT", credentials: "same-origin", keepalive: true,
      headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf, "Accept": "application/json" },
      body: JSON.stringify(body)
    }).then(function (reply) {
      return reply.text().then(function (text) {
        var answer = {};
        try { answer = text ? JSON.parse(text) : {}; } catch (error) { answer = {}; }
        return { status: reply.status, answer: answer };
      });
    });
  }
  function later(status) { return status >= 500 || status === 401 || status === 429; }
  window.exemplarUnsent = { of: of, keep: keep, put: put, later: later };

  /* ----- other cases than the one on this page ----- */
  var note = doc.querySelector("[data-unsent]"), busy = false, timer = null;
  function others() {
    var found = [];
    reads().forEach(function (read) {
      if (read !== here) { Object.keys(of(read)).forEach(function (path) { found.push([read, path]); }); }
    });
    return found;
  }
  function tell(left) {
    if (!note) { return; }
    note.hidden = false;
    note.classList.toggle("warn", left > 0);
    note.classList.toggle("ok", left === 0);
    note.querySelector("p").textContent = left ? note.dataset.waiting.replace("{n}", left) : note.dataset.done;
  }
  function flush() {
    clearTimeout(timer);
    var waiting = others();
    if (busy || !waiting.length) { return; }
    tell(waiting.length);
    busy = true;
    var read = waiting[0][0], path = waiting[0][1], body = of(read)[path];
    put(read, path, body).then(function (reply) {
      busy = false;
      if (later(reply.status)) { timer = setTimeout(flush, 8000); return; }
      var now = of(read)[path];
      if (JSON.stringify(now) === JSON.stringify(body)) { keep(read, path, undefined); }
      if (reply.status >= 400) { window.exemplar.toast(reply.answer.detail || doc.body.dataset.failed, "err"); }
      tell(others().length);
      flush();
    }).catch(function () { busy = false; timer = setTimeout(flush, 8000); });
  }
  window.addEventListener("online", flush);
  flush();
})();
