/* The library: suggestions under the search box, moving through hits by keys, filters on a phone, the contents
   list that follows the reading. Everything works without this file; it only makes it quicker. */
(function () {
  "use strict";
  var doc = document;
  function all(selector, root) { return Array.prototype.slice.call((root || doc).querySelectorAll(selector)); }
  function keysOff() { try { return localStorage.getItem("exemplar.keys") === "off"; } catch (error) { return false; } }

  /* ----- suggestions: a combobox with a list ----- */
  var box = doc.querySelector("[data-suggestions]");
  if (box) {
    var list = doc.getElementById(box.getAttribute("aria-controls"));
    var timer = 0, asked = "", chosen = -1, request = null;

    var options = function () { return all("[role=option]", list); };
    var close = function () {
      clearTimeout(timer);
      if (request) { request.abort(); request = null; }
      list.hidden = true;
      chosen = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    };
    var mark = function (index) {
      chosen = index;
      options().forEach(function (option, place) { option.setAttribute("aria-selected", place === index ? "true" : "false"); });
      if (index < 0) { box.removeAttribute("aria-activedescendant"); return; }
      box.setAttribute("aria-activedescendant", options()[index].id);
      options()[index].scrollIntoView({ block: "nearest" });
    };
    var take = function (option) {
      if (option.dataset.href) { close(); window.location.assign(option.dataset.href); return; }
      box.value = option.dataset.text;
      asked = box.value.trim();
      close();
      box.focus();
      box.form.requestSubmit();
    };
    var ask = function () {
      var typed = box.value.trim();
      if (typed === asked && !list.hidden) { return; }
      asked = typed;
      if (!typed) { close(); return; }
      if (request) { request.abort(); }
      request = new AbortController();
      fetch(box.dataset.suggestions + "?q=" + encodeURIComponent(typed), { credentials: "same-origin", signal: request.signal })
        .then(function (answer) { return answer.ok ? answer.text() : ""; })
        .then(function (html) {
          if (doc.activeElement !== box || box.value.trim() !== typed) { return; }
          list.innerHTML = html;
          var found = options();
          list.hidden = !found.length;
          box.setAttribute("aria-expanded", found.length ? "true" : "false");
          mark(-1);
        })
        .catch(function () { /* replaced by a newer question, or offline: the page searches all the same */ });
    };
    box.addEventListener("input", function (event) {
      if (event.isComposing) { return; }
      clearTimeout(timer);
      timer = setTimeout(ask, 150);
    });
    box.addEventListener("compositionend", function () { clearTimeout(timer); timer = setTimeout(ask, 150); });
    box.addEventListener("blur", function () { setTimeout(function () { if (doc.activeElement !== box) { close(); } }, 120); });
    box.form.addEventListener("submit", close);
    list.addEventListener("mousedown", function (event) { event.preventDefault(); });
    list.addEventListener("click", function (event) {
      var option = event.target.closest("[role=option]");
      if (option) { take(option); }
    });
    box.addEventListener("keydown", function (event) {
      if (event.isComposing) { return; }
      var found = list.hidden ? [] : options();
      if (event.key === "Escape" && found.length) { event.preventDefault(); close(); }
      else if (event.key === "ArrowDown" && found.length) { event.preventDefault(); mark((chosen + 1) % found.length); }
      else if (event.key === "ArrowUp" && found.length) { event.preventDefault(); mark(chosen <= 0 ? found.length - 1 : chosen - 1); }
      else if (event.key === "ArrowDown") { var first = hits()[0]; if (first) { event.preventDefault(); close(); first.focus(); } }
      else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); take(found[chosen]); }
    });
  }

  /* ----- J, K and the arrows walk through the hits ----- */
  function hits() { return all("[data-hit] h3 a"); }
  doc.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || doc.querySelector("dialog[open]")) { return; }
    var field = event.target.closest("input, textarea, select, [contenteditable]");
    var found = hits(), place = found.indexOf(doc.activeElement);
    var letter = event.key.length === 1;
    if (field || !found.length || (letter && keysOff())) { return; }
    var step = { j: 1, J: 1, k: -1, K: -1 }[event.key] || (place >= 0 ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : 0);
    if (!step) { return; }
    event.preventDefault();
    if (place + step < 0) { if (place === 0 && box) { box.focus(); } return; }
    var next = found[Math.min(place + step, found.length - 1)];
    next.focus();
    next.closest("[data-hit]").scrollIntoView({ block: "nearest" });
  });

  /* ----- filters fold away on a narrow screen ----- */
  var results = doc.getElementById("results");
  if (results) {
    results.dataset.facets = "closed";
    var say = function () {
      all("[data-facets-toggle]", results).forEach(function (button) { button.setAttribute("aria-expanded", results.dataset.facets === "open" ? "true" : "false"); });
    };
    results.addEventListener("click", function (event) {
      if (!event.target.closest("[data-facets-toggle]")) { return; }
      results.dataset.facets = results.dataset.facets === "open" ? "closed" : "open";
      say();
    });
    doc.addEventListener("htmx:after:swap", say);
  }

  /* ----- the contents list shows where one reads ----- */
  var toc = doc.querySelector("[data-toc]");
  if (toc && "IntersectionObserver" in window) {
    var links = all("a", toc);
    var heads = links.map(function (link) { return doc.getElementById(decodeURIComponent(link.hash.slice(1))); });
    var follow = function () {
      var current = 0;
      heads.forEach(function (head, place) { if (head && head.getBoundingClientRect().top < window.innerHeight * 0.3) { current = place; } });
      links.forEach(function (link, place) {
        if (place === current) { link.setAttribute("aria-current", "location"); } else { link.removeAttribute("aria-current"); }
      });
    };
    var watcher = new IntersectionObserver(follow, { rootMargin: "0px 0px -70% 0px" });
    heads.forEach(function (head) { if (head) { watcher.observe(head); } });
    doc.addEventListener("scrollend", follow);
    follow();
  }
})();
