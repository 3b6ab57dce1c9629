/* The library: suggestions under the search box, moving through hits by keys, filters that keep their state.
   Everything works without this file; it only makes it quicker. */
(function () {
  "use strict";
  var doc = document;
  function all(selector, root) { return Array.prototype.slice.call((root || doc).querySelectorAll(selector)); }
  function keysOff() { try { return localStorage.getItem("exemplar.keys") === "off"; } catch (error) { return false; } }

  /* ----- the last searches of this browser, kept nowhere else ----- */
  var RECENT = "exemplar.recent", MOST_RECENT = 6;
  function recent() {
    try {
      var found = JSON.parse(localStorage.getItem(RECENT));
      return Array.isArray(found) ? found.filter(function (each) { return typeof each === "string"; }) : [];
    } catch (error) { return []; }
  }
  function remember(text) {
    if (!text) { return; }
    var others = recent().filter(function (each) { return each !== text; });
    try { localStorage.setItem(RECENT, JSON.stringify([text].concat(others).slice(0, MOST_RECENT))); } catch (error) { /* a browser that keeps nothing */ }
  }

  /* ----- suggestions: a combobox with a list; the last searches when the box is empty ----- */
  var box = doc.querySelector("[data-suggestions]");
  if (box) {
    var list = doc.getElementById(box.getAttribute("aria-controls"));
    var said = doc.getElementById("suggested");
    var timer = 0, asked = null, chosen = -1, request = null;

    var options = function () { return all("[role=option]", list); };
    var close = function () {
      clearTimeout(timer);
      if (request) { request.abort(); request = null; }
      list.hidden = true;
      chosen = -1;
      asked = null;
      said.textContent = "";
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
    var open = function () {
      var count = options().length;
      list.hidden = !count;
      box.setAttribute("aria-expanded", count ? "true" : "false");
      said.textContent = count ? box.dataset.suggested.replace("{n}", count) : "";
      mark(-1);
    };
    var take = function (option) {
      if (option.dataset.forget !== undefined) {
        try { localStorage.removeItem(RECENT); } catch (error) { /* nothing was kept */ }
        close();
        return;
      }
      if (option.dataset.href) { close(); window.location.assign(option.dataset.href); return; }
      box.value = option.dataset.text;
      close();
      box.focus();
      box.form.requestSubmit();
    };
    var line = function (text, id, kind) {
      var item = doc.createElement("li");
      item.id = id;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      [text, kind].forEach(function (words, place) {
        var part = doc.createElement("span");
        part.textContent = words;
        if (place) { part.className = "meta"; }
        item.appendChild(part);
      });
      return item;
    };
    var showRecent = function () {
      var found = recent();
      if (!found.length) { close(); return; }
      list.textContent = "";
      found.forEach(function (text, place) {
        var item = line(text, "suggestion-" + (place + 1), box.dataset.recent);
        item.dataset.text = text;
        list.appendChild(item);
      });
      var forget = line(box.dataset.forget, "suggestion-forget", "");
      forget.dataset.forget = "";
      forget.classList.add("forget");
      list.appendChild(forget);
      open();
    };
    var ask = function () {
      var typed = box.value.trim();
      if (typed === asked && !list.hidden) { return; }
      asked = typed;
      if (request) { request.abort(); request = null; }
      if (!typed) { if (doc.activeElement === box) { showRecent(); } return; }
      request = new AbortController();
      fetch(box.dataset.suggestions + "?q=" + encodeURIComponent(typed), { credentials: "same-origin", signal: request.signal })
        .then(function (answer) { return answer.ok ? answer.text() : ""; })
        .then(function (html) {
          if (doc.activeElement !== box || box.value.trim() !== typed) { return; }
          list.innerHTML = html;
          open();
        })
        .catch(function () { /* replaced by a newer question, or offline: the page searches all the same */ });
    };
    var later = function () { clearTimeout(timer); timer = setTimeout(ask, 120); };
    box.addEventListener("input", function (event) {
      var exact = doc.getElementById("exact");
      if (exact) { exact.remove(); }  /* other words are searched in the usual way again */
      if (!event.isComposing) { later(); }
    });
    box.addEventListener("compositionend", later);
    box.addEventListener("click", function () { if (!box.value.trim() && list.hidden) { ask(); } });
    box.addEventListener("blur", function () { setTimeout(function () { if (doc.activeElement !== box) { close(); } }, 120); });
    box.form.addEventListener("submit", function () { remember(box.value.trim()); close(); });
    list.addEventListener("mousedown", function (event) { event.preventDefault(); });
    list.addEventListener("click", function (event) {
      var option = event.target.closest("[role=option]");
      if (option) { take(option); }
    });
    box.addEventListener("keydown", function (event) {
      if (event.isComposing) { return; }
      var found = list.hidden ? [] : options();
      var first = hits()[0];
      if (event.key === "Escape" && found.length) { event.preventDefault(); close(); }
      else if (event.key === "ArrowDown" && event.altKey) { event.preventDefault(); ask(); }
      else if (event.key === "ArrowDown" && found.length) { event.preventDefault(); mark((chosen + 1) % found.length); }
      else if (event.key === "ArrowUp" && found.length) { event.preventDefault(); mark(chosen <= 0 ? found.length - 1 : chosen - 1); }
      else if (event.key === "ArrowDown" && first) { event.preventDefault(); close(); first.focus(); }
      else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); take(found[chosen]); }
      else if (event.key === "Tab" && chosen >= 0 && found[chosen].dataset.text) {
        box.value = found[chosen].dataset.text;
        box.dispatchEvent(new Event("input", { bubbles: true }));
        close();
      }
    });
    if (box.value) { remember(box.value.trim()); }
  }

  /* ----- J, K and the arrows walk through the hits; O opens one, other keys press its own buttons ----- */
  function hits() { return all("[data-hit] h3 a"); }
  function pressed(letter, link) {
    if (letter === "o") { return link; }
    return all("[data-key]", link.closest("[data-hit]")).find(function (each) { return each.dataset.key === letter; });
  }
  doc.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || doc.querySelector("dialog[open]")) { return; }
    var field = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    var found = hits(), place = found.indexOf(doc.activeElement);
    var letter = event.key.length === 1;
    if (field || !found.length || (letter && keysOff())) { return; }
    var button = letter && place >= 0 ? pressed(event.key.toLowerCase(), found[place]) : null;
    if (button) { event.preventDefault(); button.click(); return; }
    var step = { j: 1, J: 1, k: -1, K: -1 }[event.key] || (place >= 0 ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : 0);
    if (!step) { return; }
    event.preventDefault();
    if (place + step < 0) { if (place === 0 && box) { box.focus(); } return; }
    var next = found[Math.min(place + step, found.length - 1)];
    next.focus();
    next.closest("[data-hit]").scrollIntoView({ block: "nearest" });
  });

  /* ----- filters: fold away on a narrow screen; what was opened stays open, what was looked for stays ----- */
  var results = doc.getElementById("results");
  if (results) {
    var opened = {}, sought = {};
    var say = function () {
      all("[data-facets-toggle]", results).forEach(function (button) { button.setAttribute("aria-expanded", results.dataset.facets === "open" ? "true" : "false"); });
    };
    var narrow = function (input) {
      var wanted = input.value.trim().toLowerCase(), group = input.closest("fieldset"), shown = 0;
      all("label", group).forEach(function (label) {
        label.hidden = wanted !== "" && label.textContent.toLowerCase().indexOf(wanted) < 0;
        if (!label.hidden) { shown += 1; }
      });
      all("details.more", group).forEach(function (more) { if (wanted) { more.open = true; } });
      all(".facet-none", group).forEach(function (none) { none.hidden = shown > 0; });
    };
    var settle = function () {
      say();
      all("details[id]", results).forEach(function (each) { if (each.id in opened) { each.open = opened[each.id]; } });
      all("[data-facet-filter]", results).forEach(function (input) {
        input.hidden = false;
        if (sought[input.id]) { input.value = sought[input.id]; narrow(input); }
      });
    };
    results.dataset.facets = "closed";
    results.addEventListener("click", function (event) {
      if (event.target.closest("summary")) {
        var details = event.target.closest("details");
        opened[details.id] = !details.open;
      }
      if (!event.target.closest("[data-facets-toggle]")) { return; }
      results.dataset.facets = results.dataset.facets === "open" ? "closed" : "open";
      say();
    });
    results.addEventListener("input", function (event) {
      if (!event.target.matches("[data-facet-filter]")) { return; }
      sought[event.target.id] = event.target.value;
      narrow(event.target);
    });
    /* looking for a value is no search */
    results.addEventListener("change", function (event) { if (event.target.matches("[data-facet-filter]")) { event.stopImmediatePropagation(); } }, true);
    doc.addEventListener("htmx:after:swap", settle);
    settle();
  }
})();
