/* The score page: marks by keyboard, saved one by one through unsent.js. The page works without this file.
   No inline code, no eval, no dependencies. Keys are listed in the page's own help (press ?). */
(function () {
  "use strict";
  var doc = document, form = doc.querySelector("form[data-score]"), unsent = window.exemplarUnsent;
  if (!form || !unsent) { return; }
  var locked = form.hasAttribute("data-locked");
  var words = form.dataset, read = words.read;
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

  /* ----- saving: one request after the other, so that the last answer is the newest; the newest value wins ----- */
  var waiting = {}, busy = false, retry = null;
  function save(path, body) {
    if (locked) { return; }
    delete waiting[path];
    waiting[path] = body;
    unsent.keep(read, path, body);
    next();
  }
  function next() {
    var path = Object.keys(waiting)[0];
    if (busy || path === undefined) { return; }
    var body = waiting[path];
    delete waiting[path];
    busy = true;
    if (!offline()) { status.textContent = words.saving; }
    unsent.put(read, path, body).then(function (reply) {
      busy = false;
      done(path, body, reply.status, reply.answer);
    }).catch(function () { busy = false; failed(path, body); });
  }
  function offline() { return status.classList.contains("off"); }
  function done(path, body, code, answer) {
    if (unsent.later(code)) { failed(path, body, answer.detail); return; }
    status.classList.remove("off");
    if (!(path in waiting)) { unsent.keep(read, path, undefined); }
    if (code >= 400) {
      var first = answer.errors && answer.errors[0];
      complain(path, first ? first.message : answer.detail || doc.body.dataset.failed);
      status.textContent = "";
    } else {
      complain(path, "");
      if (path.indexOf("/marks/") === 0) { show(answer); }
      status.textContent = words.saved.replace("{time}", clock());
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
    status.textContent = detail || words.offline.replace("{n}", Object.keys(unsent.of(read)).length || Object.keys(waiting).length);
    status.classList.add("off");
    clearTimeout(retry);
    retry = setTimeout(next, 8000);
  }
  window.addEventListener("online", next);
  /* without a network no other case can be opened and no form sent: say so instead of losing the page */
  function stay(event) {
    if (!offline() && navigator.onLine !== false) { return; }
    event.preventDefault();
    window.exemplar.toast(words.stay, "err");
    next();
  }
  Array.prototype.forEach.call(doc.querySelectorAll("a[rel=next], a[rel=prev]"), function (link) { link.addEventListener("click", stay); });
  form.addEventListener("submit", stay);
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
    if (!valid(crit, text)) { return false; }
    var part = text.split(".")[1], digits = (crit.dataset.step.split(".")[1] || "").replace(/0+$/, "").length;
    if (part !== undefined) { return part.length >= digits; }
    if (digits) { return Number(text) + Number(crit.dataset.step) > Number(crit.dataset.highest); }
    return text !== "0" && Number(text) * 10 > Number(crit.dataset.highest);
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
    explain();
  }
  /* very high or low marks want a word to the jury, where the call says so */
  var jury = doc.getElementById("jury"), needed = doc.getElementById("jury-needed");
  function extreme(crit) {
    var text = narrow(value(crit)).trim();
    return "extremeBelow" in crit.dataset && text !== "" && (Number(text) < Number(crit.dataset.extremeBelow) || Number(text) > Number(crit.dataset.extremeAbove));
  }
  function unexplained() { return Boolean(jury) && jury.value.trim() === "" && crits.some(extreme); }
  function explain() { if (needed) { needed.hidden = locked || !unexplained(); } }
  /* the rubric of the criterion at hand stands open, until R says otherwise */
  function follows() { try { return localStorage.getItem("exemplar.rubric") !== "off"; } catch (error) { return true; } }
  function unfold() {
    crits.forEach(function (each, n) {
      var rubric = each.querySelector("details[data-rubric]");
      if (rubric) { rubric.open = n === current && follows() && !locked; }
    });
  }
  function go(place, focus) {
    var before = current;
    current = Math.max(0, Math.min(crits.length - 1, place));
    if (before !== current && doc.activeElement.tagName !== "SUMMARY") { unfold(); }
    crits.forEach(function (each, n) { each.classList.toggle("current", n === current); });
    if (!focus) { return; }
    var target = box(crits[current]) || radios(crits[current]).filter(function (each) { return each.checked; })[0] || radios(crits[current])[0];
    target.focus({ preventScroll: true });
    if (target.select && target.type !== "radio") { target.select(); }
    reveal(crits[current]);
  }
  /* side by side only the form scrolls, clear of the buttons that stay at its foot: the case must not move */
  function reveal(node) {
    var side = form.closest(".sticky"), foot = form.querySelector(".score-actions");
    if (!beside() || !side) { node.scrollIntoView({ block: "nearest" }); return; }
    var box = node.getBoundingClientRect(), frame = side.getBoundingClientRect(), head = form.querySelector(".score-head");
    var top = frame.top + head.offsetHeight, bottom = frame.bottom - (foot ? foot.offsetHeight : 0) - 8;
    if (box.bottom > bottom) { side.scrollTop += Math.min(box.bottom - bottom, box.top - top); } else if (box.top < top) { side.scrollTop -= top - box.top; }
  }
  function write(area) { area.focus({ preventScroll: true }); reveal(area.closest(".fg")); }
  /* side by side the form is always in view: the case must not move while marks are typed */
  function beside() { return window.matchMedia("(min-width: 62.01rem)").matches; }
  function onward() {
    commit(crits[current]);
    if (current + 1 < crits.length) { go(current + 1, true); return; }
    var button = doc.getElementById("next-button");
    if (unexplained()) { write(jury); return; }
    if (button) { button.focus({ preventScroll: beside() }); }
  }
  function graded(crit) { return Boolean(crit && crit.querySelector("input[data-key]")); }
  /* a grade by its letter or its place, a mark by its digit */
  function choose(crit, key) {
    var wanted = key === "0" && Number(crit.dataset.highest) === 10 ? "10" : key;
    var radio = radios(crit).filter(function (each, place) {
      return graded(crit) ? each.dataset.key === key.toUpperCase() || String(place + 1) === key : each.value === wanted;
    })[0];
    if (!radio) { return false; }
    radio.checked = true;
    radio.focus();
    onward();
    return true;
  }
  function stepBy(crit, times) {
    var input = box(crit), low = Number(crit.dataset.lowest), high = Number(crit.dataset.highest), step = Number(crit.dataset.step);
    var from = input.value.trim() === "" ? low + Math.round((high - low) / 2 / step) * step : Number(narrow(input.value)) + times * step;
    if (isNaN(from)) { return; }
    input.value = String(Number(Math.max(low, Math.min(high, from)).toFixed(4)));
    go(crits.indexOf(crit), false);
    level(crit);
    clearTimeout(timers[crit.dataset.criterion]);
    timers[crit.dataset.criterion] = setTimeout(function () { commit(crit); }, 400);
  }
  var timers = {};

  if (!locked) {
    form.addEventListener("input", function (event) {
      var crit = critOf(event.target), kind = event.target.dataset.comment;
      if (kind) {
        unsent.keep(read, "/comments/" + kind, { words: event.target.value });
        explain();
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
      stepBy(critOf(button), Number(button.dataset.stepBy));
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
    if (key === "c") { write(doc.getElementById("author")); return true; }
    if (key === "e" && jury) { write(jury); return true; }
    if (key === "r") {
      var rubric = crit && crit.querySelector("details[data-rubric]"), open = rubric ? !rubric.open : !follows();
      try { localStorage.setItem("exemplar.rubric", open ? "on" : "off"); } catch (error) { /* private window: this once */ }
      if (rubric) { rubric.open = open; }
      return true;
    }
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
    /* the letter of a grade comes before a command of the same letter, which Shift still reaches */
    if (graded(crits[current]) && !locked && !event.shiftKey && (inRadio || !keysOff()) && choose(crits[current], event.key)) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    if (inMark && /[+=\-]/.test(event.key) && Number(crits[current].dataset.lowest) >= 0) { event.preventDefault(); stepBy(crits[current], event.key === "-" ? -1 : 1); return; }
    if (inMark) {
      /* a box for a number takes no letters, so that the letters stay free for commands */
      if (/[0-9.\uff10-\uff19\uff0e\u3002]/.test(event.key)) { return; }
      event.preventDefault();
      if (!keysOff()) { letter(event.key.toLowerCase()); }
      return;
    }
    /* J, K, S and ? outside the boxes are app.js's */
    if (!keysOff() && /^[cer]$/i.test(event.key)) { event.preventDefault(); letter(event.key.toLowerCase()); }
  });

  /* ----- the start: what an earlier visit could not send, then the first criterion without a mark ----- */
  crits.forEach(function (crit) { crit.dataset.sent = narrow(value(crit)).trim(); level(crit); });
  var left = unsent.of(read);
  Object.keys(left).forEach(function (path) {
    var key = path.split("/").pop(), crit = crits.filter(function (each) { return each.dataset.criterion === key; })[0];
    if (path.indexOf("/marks/") === 0 && crit) {
      var text = left[path].value === null ? "" : left[path].value;
      if (crit.dataset.sent === text) { unsent.keep(read, path, undefined); return; }
      if (box(crit)) { box(crit).value = text; }
      radios(crit).forEach(function (each) { each.checked = each.value === text; });
      commit(crit);
    } else if (path.indexOf("/comments/") === 0 && doc.getElementById(key)) {
      if (doc.getElementById(key).value.trim() === left[path].words.trim()) { unsent.keep(read, path, undefined); return; }
      doc.getElementById(key).value = left[path].words;
      save(path, left[path]);
    } else { doc.dispatchEvent(new CustomEvent("exemplar:unsent", { detail: { path: path, body: left[path] } })); }
  });
  var open = crits.map(function (crit, place) { return value(crit) === "" ? place : -1; }).filter(function (place) { return place >= 0; });
  go(open.length ? open[0] : 0, false);
  unfold();
})();
