/* The score page: marks by keyboard, saved one by one. The page works without this file.
   No inline code, no eval, no dependencies. Keys are listed in the page's own help (press ?). */
(function () {
  "use strict";
  var doc = document, form = doc.querySelector("form[data-score]");
  if (!form) { return; }
  var locked = form.hasAttribute("data-locked");
  var words = form.dataset, store = "exemplar.marks." + words.score;
  var crits = Array.prototype.slice.call(form.querySelectorAll("fieldset[data-criterion]"));
  var status = doc.getElementById("score-status"), total = doc.getElementById("total"), bar = doc.getElementById("bar-total");
  var current = 0;

  function keysOff() { try { return localStorage.getItem("exemplar.keys") === "off"; } catch (error) { return false; } }
  function box(crit) { return crit.querySelector("input.mark"); }
  function radios(crit) { return Array.prototype.slice.call(crit.querySelectorAll("input[type=radio]")); }
  function value(crit) {
    var input = box(crit);
    if (input) { return input.value; }
    var chosen = radios(crit).filter(function (each) { return each.checked; })[0];
    return chosen ? chosen.value : "";
  }
  function critOf(node) { return node && node.closest ? node.closest("fieldset[data-criterion]") : null; }
  function narrow(text) { return text.replace(/[\uff10-\uff19]/g, function (c) { return String.fromCharCode(c.charCodeAt(0) - 0xfee0); }).replace(/[\uff0e\u3002]/g, "."); }

  /* ----- what is not on the server yet lives in this browser, so that nothing typed is lost ----- */
  function kept() { try { return JSON.parse(localStorage.getItem(store) || "{}"); } catch (error) { return {}; } }
  function keep(path, body) {
    try {
      var all = kept();
      if (body === undefined) { delete all[path]; } else { all[path] = body; }
      if (Object.keys(all).length) { localStorage.setItem(store, JSON.stringify(all)); } else { localStorage.removeItem(store); }
    } catch (error) { /* private window: the page alone remembers */ }
  }

  /* ----- saving: one request after the other, so that the last answer is the newest; the newest value wins ----- */
  var waiting = {}, busy = false, retry = null;
  function save(path, body) {
    if (locked) { return; }
    delete waiting[path];
    waiting[path] = body;
    keep(path, body);
    next();
  }
  function next() {
    var path = Object.keys(waiting)[0];
    if (busy || path === undefined) { return; }
    var body = waiting[path];
    delete waiting[path];
    busy = true;
    status.textContent = words.saving;
    fetch(words.api + path, {
      method: "PUT", credentials: "same-origin", keepalive: true,
      headers: { "Content-Type": "application/json", "X-CSRF-Token": words.csrf, "Accept": "application/json" },
      body: JSON.stringify(body)
    }).then(function (reply) {
      return reply.text().then(function (text) {
        var answer = {};
        try { answer = text ? JSON.parse(text) : {}; } catch (error) { answer = {}; }
        busy = false;
        done(path, body, reply.status, answer);
      });
    }).catch(function () { busy = false; failed(path, body); });
  }
  function done(path, body, code, answer) {
    if (code >= 500 || code === 401 || code === 429) { failed(path, body, answer.detail); return; }
    if (!(path in waiting)) { keep(path, undefined); }
    if (code >= 400) {
      var first = answer.errors && answer.errors[0];
      complain(path, first ? first.message : answer.detail || doc.body.dataset.failed);
      status.textContent = "";
    } else {
      complain(path, "");
      if (path.indexOf("/marks/") === 0) { show(answer); }
      status.textContent = words.saved.replace("{time}", clock());
      status.classList.remove("off");
      doc.dispatchEvent(new CustomEvent("exemplar:saved"));
    }
    next();
  }
  function clock() {
    var now = new Date();
    return [now.getHours(), now.getMinutes(), now.getSeconds()].map(function (n) { return (n < 10 ? "0" : "") + n; }).join(":");
  }
  function failed(path, body, detail) {
    if (!(path in waiting)) { waiting[path] = body; }
    status.textContent = detail || words.offline;
    status.classList.add("off");
    clearTimeout(retry);
    retry = setTimeout(next, 8000);
  }
  window.addEventListener("online", next);
  /* claims are held against their evidence elsewhere on the page; their verdicts go the same way */
  doc.addEventListener("exemplar:save", function (event) { save(event.detail.path, event.detail.body); });
  /* leaving with something unsent: the browser sends it on its way, and what fails waits in this browser */
  window.addEventListener("pagehide", function () { busy = false; Object.keys(waiting).forEach(function () { busy = false; next(); }); });

  function complain(path, message) {
    var key = path.split("/").pop();
    var crit = path.indexOf("/marks/") === 0 && crits.filter(function (each) { return each.dataset.criterion === key; })[0];
    if (!crit) { if (message) { window.exemplar.toast(message, "err"); } return; }
    var line = crit.querySelector(".crit-note");
    line.textContent = message;
    line.hidden = !message;
    crit.classList.toggle("bad", Boolean(message));
    if (box(crit)) { if (message) { box(crit).setAttribute("aria-invalid", "true"); } else { box(crit).removeAttribute("aria-invalid"); } }
  }
  function show(card) {
    var shown = card.shown === null || card.shown === undefined ? "—" : card.shown;
    total.textContent = shown;
    total.classList.toggle("given", shown !== "—");
    if (bar) { bar.textContent = shown; }
  }

  /* ----- marks ----- */
  function commit(crit) {
    var text = narrow(value(crit)).trim();
    if (crit.dataset.sent === text) { return; }
    crit.dataset.sent = text;
    level(crit);
    save("/marks/" + crit.dataset.criterion, { value: text === "" ? null : text });
  }
  function valid(crit, text) {
    var low = Number(crit.dataset.lowest), high = Number(crit.dataset.highest), step = Number(crit.dataset.step), n = Number(text);
    if (!/^-?\d+(\.\d+)?$/.test(text) || n < low || n > high) { return false; }
    var places = (n - low) / step;
    return Math.abs(places - Math.round(places)) < 1e-9;
  }
  /* no further digit could follow: 85 on a scale to 100 is complete, 10 may still become 100 */
  function full(crit, text) {
    return Number(crit.dataset.step) % 1 === 0 && text !== "0" && valid(crit, text) && Number(text) * 10 > Number(crit.dataset.highest);
  }
  function level(crit) {
    var text = narrow(value(crit)).trim(), now = "";
    Array.prototype.forEach.call(crit.querySelectorAll("li[data-low]"), function (line) {
      var hit = text !== "" && Number(text) >= Number(line.dataset.low) && Number(text) <= Number(line.dataset.high);
      line.classList.toggle("now", hit);
      if (hit && !now) { now = line.textContent.trim(); }
    });
    var place = crit.querySelector(".rubric-now");
    if (place) { place.textContent = now; }
  }
  function go(place, focus) {
    current = Math.max(0, Math.min(crits.length - 1, place));
    crits.forEach(function (each, n) { each.classList.toggle("current", n === current); });
    if (!focus) { return; }
    var target = box(crits[current]) || radios(crits[current]).filter(function (each) { return each.checked; })[0] || radios(crits[current])[0];
    target.focus({ preventScroll: true });
    if (target.select && target.type !== "radio") { target.select(); }
    crits[current].scrollIntoView({ block: "nearest" });
  }
  /* side by side the form is always in view: the case must not move while marks are typed */
  function beside() { return window.matchMedia("(min-width: 62.01rem)").matches; }
  function onward() {
    commit(crits[current]);
    if (current + 1 < crits.length) { go(current + 1, true); return; }
    var button = doc.getElementById("next-button");
    if (button) { button.focus({ preventScroll: beside() }); }
  }
  function choose(crit, digit) {
    var wanted = digit === "0" && Number(crit.dataset.highest) === 10 ? "10" : digit;
    var radio = radios(crit).filter(function (each) { return each.value === wanted; })[0];
    if (!radio) { return; }
    radio.checked = true;
    radio.focus();
    onward();
  }

  if (!locked) {
    var timers = {};
    form.addEventListener("input", function (event) {
      var crit = critOf(event.target), kind = event.target.dataset.comment;
      if (kind) {
        clearTimeout(timers[kind]);
        timers[kind] = setTimeout(function () { save("/comments/" + kind, { words: event.target.value }); }, 900);
        return;
      }
      if (!crit || !event.target.classList.contains("mark")) { return; }
      if (event.isComposing) { return; }
      var text = narrow(event.target.value).replace(/[^0-9.\-]/g, "");
      if (text !== event.target.value) { event.target.value = text; }
      complain("/marks/" + crit.dataset.criterion, "");
      level(crit);
      clearTimeout(timers[crit.dataset.criterion]);
      if (full(crit, text)) { go(crits.indexOf(crit), false); onward(); return; }
      timers[crit.dataset.criterion] = setTimeout(function () { if (text === "" || valid(crit, text)) { commit(crit); } }, 1200);
    });
    form.addEventListener("change", function (event) {
      var crit = critOf(event.target);
      if (crit) { commit(crit); }
      if (event.target.dataset.comment) { clearTimeout(timers[event.target.dataset.comment]); save("/comments/" + event.target.dataset.comment, { words: event.target.value }); }
    });
    form.addEventListener("focusin", function (event) {
      var crit = critOf(event.target);
      if (crit) { go(crits.indexOf(crit), false); }
    });
    form.addEventListener("click", function (event) {
      var button = event.target.closest("[data-step-by]");
      if (!button) { return; }
      var crit = critOf(button), input = box(crit), low = Number(crit.dataset.lowest), high = Number(crit.dataset.highest), step = Number(crit.dataset.step);
      var from = input.value.trim() === "" ? low + Math.round((high - low) / 2 / step) * step : Number(narrow(input.value)) + Number(button.dataset.stepBy) * step;
      if (isNaN(from)) { return; }
      input.value = String(Number(Math.max(low, Math.min(high, from)).toFixed(4)));
      go(crits.indexOf(crit), false);
      level(crit);
      clearTimeout(timers[crit.dataset.criterion]);
      timers[crit.dataset.criterion] = setTimeout(function () { commit(crit); }, 400);
    });
    form.addEventListener("submit", function () { Object.keys(timers).forEach(function (key) { clearTimeout(timers[key]); }); });
  }

  /* ----- keys ----- */
  function press(hotkey) {
    var target = doc.querySelector('[data-hotkey="' + hotkey + '"]');
    if (target) { target.click(); }
    return Boolean(target);
  }
  function letter(key) {
    var crit = crits[current];
    if (key === "c") { var author = doc.getElementById("author"); author.focus(); author.scrollIntoView({ block: "center" }); return true; }
    if (key === "r") { var rubric = crit && crit.querySelector("details[data-rubric]"); if (rubric) { rubric.open = !rubric.open; } return true; }
    if (key === "?") { doc.getElementById("keys").showModal(); return true; }
    return (key === "j" || key === "k" || key === "s") && press(key);
  }
  doc.addEventListener("keydown", function (event) {
    if (event.isComposing || doc.querySelector("dialog[open]")) { return; }
    var target = event.target, tag = target.tagName, next = doc.getElementById("next-button");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && next) { event.preventDefault(); next.click(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (tag === "TEXTAREA" || tag === "SELECT") {
      if (event.key === "Escape") { event.preventDefault(); target.blur(); go(current, !locked); }
      return;
    }
    var inMark = target.classList.contains("mark"), inRadio = target.type === "radio" && critOf(target);
    if (tag === "INPUT" && !inMark && !inRadio) { return; }
    if (inMark || inRadio) {
      if (event.key === "Enter") { event.preventDefault(); onward(); return; }
      if (event.key === "ArrowDown") { event.preventDefault(); commit(crits[current]); go(current + 1, true); return; }
      if (event.key === "ArrowUp") { event.preventDefault(); commit(crits[current]); go(current - 1, true); return; }
    }
    if (/^[0-9]$/.test(event.key) && !locked && !inMark && (inRadio || !keysOff())) {
      var crit = crits[current], input = box(crit);
      event.preventDefault();
      if (!input) { choose(crit, event.key); return; }
      input.focus();
      input.value = event.key;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      return;
    }
    if (event.key === "Backspace" && !inMark && !locked && (inRadio || target === doc.body)) {
      event.preventDefault();
      radios(crits[current]).forEach(function (each) { each.checked = false; });
      if (box(crits[current])) { box(crits[current]).value = ""; }
      commit(crits[current]);
      return;
    }
    if (event.key.length !== 1) { return; }
    if (inMark) {
      /* a box for a number takes no letters, so that the letters stay free for commands */
      if (/[0-9.\uff10-\uff19\uff0e\u3002]/.test(event.key)) { return; }
      event.preventDefault();
      if (!keysOff()) { letter(event.key.toLowerCase()); }
      return;
    }
    /* J, K, S and ? outside the boxes are app.js's */
    if (!keysOff() && /^[cr]$/i.test(event.key)) { event.preventDefault(); letter(event.key.toLowerCase()); }
  });

  /* ----- the start: what an earlier visit could not send, then the first criterion without a mark ----- */
  crits.forEach(function (crit) { crit.dataset.sent = narrow(value(crit)).trim(); level(crit); });
  var unsent = kept();
  Object.keys(unsent).forEach(function (path) {
    var key = path.split("/").pop(), crit = crits.filter(function (each) { return each.dataset.criterion === key; })[0];
    if (path.indexOf("/marks/") === 0 && crit) {
      var text = unsent[path].value === null ? "" : unsent[path].value;
      if (box(crit)) { box(crit).value = text; }
      radios(crit).forEach(function (each) { each.checked = each.value === text; });
      commit(crit);
    } else if (path.indexOf("/comments/") === 0 && doc.getElementById(key)) {
      doc.getElementById(key).value = unsent[path].words;
      save(path, unsent[path]);
    } else { doc.dispatchEvent(new CustomEvent("exemplar:unsent", { detail: { path: path, body: unsent[path] } })); }
  });
  var open = crits.map(function (crit, place) { return value(crit) === "" ? place : -1; }).filter(function (place) { return place >= 0; });
  go(open.length ? open[0] : 0, false);
})();
