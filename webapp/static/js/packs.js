/* Building a teaching pack: items made from templates, moved by drag, buttons and keys, saved by themselves with a
   visible time; a local copy while the connection is away; two copies merged by the server, section by section.
   No inline code, no eval; Sortable moves things, this file does the rest. */
(function () {
  "use strict";
  var doc = document, form = doc.getElementById("pack");
  if (!form) { return; }
  var say = form.dataset, given = JSON.parse(say.content), cases = given.cases, revision = given.revision;
  var KEY = "exemplar.pack." + say.pack, QUIET = 1500, LONGEST = 8000;
  var SCALARS = ["title", "minutes", "audience"];
  var LISTS = ["cases", "aims", "preparation", "steps", "questions", "key_points", "board", "slides", "handout", "references"];
  var saved = doc.getElementById("saved");

  function all(selector, from) { return Array.prototype.slice.call((from || doc).querySelectorAll(selector)); }
  function fill(template, values) { return template.replace(/\{(\w+)\}/g, function (_whole, name) { return values[name]; }); }
  function clock(at) { return new Date(at).toLocaleTimeString(doc.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit" }); }
  function status(text, state) { saved.textContent = text; saved.dataset.state = state; }
  function rootList(name) { return form.querySelector('[data-list="' + name + '"]'); }
  function same(one, other) { return JSON.stringify(one) === JSON.stringify(other); }

  /* ----- items: data into the page and back ----- */
  function fields(item) { return all("[data-field]", item).filter(function (field) { return field.closest("[data-item]") === item; }); }
  function lists(item) { return all("[data-list]", item).filter(function (list) { return list.closest("[data-item]") === item; }); }
  function build(list, data) {
    var item = doc.getElementById("t-" + list.dataset.template).content.firstElementChild.cloneNode(true);
    fields(item).forEach(function (field) {
      var value = data[field.dataset.field];
      if (field.type === "checkbox") { field.checked = value === undefined || !!value; }
      else if (value !== undefined) { field.value = value; }
    });
    if (data.source) { source(item, data.source); }
    if (list.dataset.template === "case") { describe(item, data); }
    lists(item).forEach(function (inner) {
      (data[inner.dataset.list] || []).forEach(function (each) { inner.append(build(inner, each)); });
      sortable(inner);
    });
    return item;
  }
  function source(item, id) {
    var note = item.querySelector(".pk-source");
    item.dataset.source = id;
    note.hidden = false;
    note.textContent = cases[id] ? fill(say.source, { title: cases[id].title }) : say.hidden;
  }
  function describe(item, data) {
    var about = cases[data.case_id], link = item.querySelector("[data-case-link]");
    item.dataset.caseId = data.case_id;
    item.dataset.parts = JSON.stringify(data.parts || []);
    link.textContent = about ? about.title : say.missing;
    link.href = "/library/" + data.case_id;
    item.querySelector("[data-case-about]").textContent = about ? about.about : "";
  }
  function value(field) {
    if (field.type === "checkbox") { return field.checked; }
    if (field.type === "number") { return Math.round(Number(field.value)) || 0; }
    return field.value.trim();
  }
  function readItem(item) {
    var data = {};
    fields(item).forEach(function (field) { data[field.dataset.field] = value(field); });
    lists(item).forEach(function (list) { data[list.dataset.list] = readList(list); });
    if (item.classList.contains("pk-line")) { data.source = item.dataset.source || ""; }
    if (item.dataset.caseId) { data.case_id = item.dataset.caseId; data.parts = JSON.parse(item.dataset.parts); }
    return data;
  }
  function readList(list) { return all(":scope > [data-item]", list).map(readItem); }
  function read() {
    var content = {};
    SCALARS.forEach(function (name) { content[name] = value(form.querySelector('[data-field="' + name + '"]')); });
    LISTS.forEach(function (name) { content[name] = readList(rootList(name)); });
    return content;
  }
  function put(name, data) {
    if (SCALARS.indexOf(name) >= 0) { form.querySelector('[data-field="' + name + '"]').value = data; return; }
    var list = rootList(name);
    list.replaceChildren.apply(list, data.map(function (each) { return build(list, each); }));
  }
  function show(content) {
    SCALARS.concat(LISTS).forEach(function (name) { put(name, content[name]); });
    tidy();
  }

  /* ----- what follows from the content: names for readers, sizes, counts, the time ----- */
  function label(list) {
    var parent = list.closest("[data-item]");
    if (!parent) { return list.dataset.label; }
    var outer = parent.parentNode, own = fields(parent)[0].value.trim().slice(0, 18);
    return fill(say.of, { parent: fill(say.number, { name: outer.dataset.label, n: place(parent) }) + (own ? " " + own : ""), name: list.dataset.label });
  }
  function place(item) { return all(":scope > [data-item]", item.parentNode).indexOf(item) + 1; }
  function grow(area) {
    area.rows = 1;
    while (area.scrollHeight > area.clientHeight + 2 && area.rows < 40) { area.rows += 1; }
  }
  function tidy() {
    all("[data-item]", form).forEach(function (item) {
      var name = fill(say.number, { name: item.parentNode.dataset.label, n: place(item) });
      item.setAttribute("aria-label", name);
      fields(item).forEach(function (field) {
        if (!field.closest("label")) { field.setAttribute("aria-label", field.dataset.label ? name + " " + field.dataset.label : name); }
      });
    });
    all("textarea", form).forEach(function (area) { if (area.offsetParent) { grow(area); } });
    all("[data-count]").forEach(function (each) { each.textContent = rootList(each.dataset.count).children.length || ""; });
    time();
  }
  function time() {
    var available = Number(form.querySelector("#p-minutes").value) || 0, planned = 0, bar = doc.getElementById("bar");
    bar.replaceChildren();
    all(":scope > [data-item]", rootList("steps")).forEach(function (item) {
      var minutes = Math.max(0, Math.round(Number(item.querySelector('[data-field="minutes"]').value)) || 0), piece = doc.createElement("span");
      item.querySelector("[data-from]").textContent = fill(say.from, { from: planned, to: planned + minutes });
      planned += minutes;
      piece.style.flexGrow = minutes;
      piece.className = "k-" + item.querySelector('[data-field="kind"]').value;
      if (minutes) { bar.append(piece); }
    });
    var spare = available - planned, rest = doc.createElement("span");
    rest.className = "rest";
    rest.style.flexGrow = Math.max(0, spare);
    bar.append(rest);
    bar.classList.toggle("over", spare < 0);
    doc.getElementById("planned").textContent = planned;
    doc.getElementById("available").textContent = available;
    var words = doc.getElementById("spare"), told = spare < 0 ? fill(say.over, { n: -spare }) : spare ? fill(say.spare, { n: spare }) : say.exact;
    words.classList.toggle("over", spare < 0);
    if (words.textContent !== told) { words.textContent = told; }
  }

  /* ----- saving ----- */
  var base = null, timer = null, first = 0, busy = false, again = false, clash = doc.getElementById("clash");
  function keepHere(content) { try { localStorage.setItem(KEY, JSON.stringify({ revision: revision, at: Date.now(), content: content, cases: cases })); } catch (error) { /* full or private: the server's copy remains */ } }
  function forgetHere() { try { localStorage.removeItem(KEY); } catch (error) { /* nothing was kept */ } }
  function changed() {
    var content = read(), now = Date.now();
    keepHere(content);
    if (clash.open) { return; }
    status(say.unsaved, "waiting");
    first = first || now;
    clearTimeout(timer);
    timer = setTimeout(save, Math.max(0, Math.min(QUIET, first + LONGEST - now)));
  }
  function save(prefer) {
    if (busy) { again = true; return; }
    busy = true;
    first = 0;
    clearTimeout(timer);
    status(say.saving, "saving");
    var sent = read();
    fetch(say.save, {
      method: "PUT", credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": form.elements.csrf.value },
      body: JSON.stringify({ revision: revision, content: sent, prefer: prefer || "" })
    }).then(function (reply) {
      return reply.json().then(function (answer) { return { status: reply.status, ok: reply.ok, answer: answer }; });
    }).then(function (result) {
      busy = false;
      if (result.ok) { done(result.answer, sent); } else { refused(result); }
    }, function () {
      busy = false;
      status(say.offline, "offline");
      setTimeout(function () { if (saved.dataset.state === "offline") { save(); } }, 10000);
    });
  }
  function done(answer, sent) {
    var now = read();
    revision = answer.revision;
    base = answer.content;
    /* sections that came from the other copy: shown at once, but never over what was typed meanwhile */
    if (answer.merged.length) {
      answer.merged.forEach(function (name) { if (same(now[name], sent[name])) { put(name, answer.content[name]); } });
      tidy();
      window.exemplar.toast(fill(say.merged, { names: answer.merged_names }), "info");
    }
    status(fill(say.saved, { time: clock(answer.saved_at) }), "saved");
    if (same(now, sent)) { forgetHere(); } else { again = true; }
    if (again) { again = false; changed(); }
  }
  function refused(result) {
    if (result.status === 409) {
      clash.querySelector("[data-clash]").textContent = result.answer.detail;
      status(result.answer.detail, "clash");
      if (!clash.open) { clash.showModal(); }
      return;
    }
    var errors = (result.answer.errors || []).map(function (each) { return each.message; }).join(" ");
    status(errors || result.answer.detail, "offline");
  }
  clash.addEventListener("cancel", function (event) { event.preventDefault(); });
  clash.addEventListener("click", function (event) {
    var button = event.target.closest("[data-prefer]");
    if (!button) { return; }
    clash.close();
    save(button.dataset.prefer);
  });
  window.addEventListener("online", function () { if (saved.dataset.state === "offline") { save(); } });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", function (event) {
    if (!event.target.matches("[data-field]")) { return; }
    if (event.target.tagName === "TEXTAREA") { grow(event.target); }
    time();
    changed();
  });
  doc.addEventListener("keydown", function (event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") { event.preventDefault(); save(); }
  });
  /* leaving by a link of the page: what waits is sent first */
  doc.addEventListener("click", function (event) {
    var link = event.target.closest("a[href]");
    if (!link || link.target || link.hash && link.pathname === location.pathname || saved.dataset.state === "saved" || event.ctrlKey || event.metaKey) { return; }
    if (saved.dataset.state === "waiting" && !busy) {
      event.preventDefault();
      save();
      var waited = 0, wait = setInterval(function () {
        waited += 100;
        if (saved.dataset.state === "saved" || waited > 4000) { clearInterval(wait); if (saved.dataset.state === "saved") { location.assign(link.href); } }
      }, 100);
    }
  });

  /* ----- adding, removing, moving ----- */
  function focusOn(item) { var field = fields(item)[0]; if (field) { field.focus(); } else { item.querySelector("button").focus(); } }
  function insert(list, data, before) {
    var item = build(list, data);
    list.insertBefore(item, before || null);
    tidy();
    changed();
    return item;
  }
  var undo = doc.getElementById("undo"), removed = null;
  function remove(item) {
    var list = item.parentNode, next = item.nextElementSibling || item.previousElementSibling;
    removed = { list: list, data: readItem(item), before: item.nextElementSibling };
    item.remove();
    undo.hidden = false;
    undo.firstElementChild.textContent = say.removed;
    tidy();
    changed();
    if (next) { focusOn(next); } else { var add = list.parentNode.querySelector("[data-add]"); (add || doc.getElementById("find")).focus(); }
  }
  undo.querySelector("button").addEventListener("click", function () {
    undo.hidden = true;
    if (!removed || !removed.list.isConnected) { return; }
    focusOn(insert(removed.list, removed.data, removed.before && removed.before.isConnected ? removed.before : null));
    removed = null;
  });
  function step(item, up, button) {
    var other = up ? item.previousElementSibling : item.nextElementSibling;
    if (!other) { return; }
    if (up) { other.before(item); } else { other.after(item); }
    tidy();
    changed();
    if (button) { button.focus(); }
  }
  form.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) { return; }
    var item = button.closest("[data-item]");
    if (button.hasAttribute("data-add")) { focusOn(insert(button.parentNode.querySelector("[data-list]"), {})); }
    else if (button.hasAttribute("data-up")) { step(item, true, button); }
    else if (button.hasAttribute("data-down")) { step(item, false, button); }
    else if (button.hasAttribute("data-remove")) { remove(item); }
    else if (button.hasAttribute("data-to")) { choose(item, null, button); }
    else if (button.hasAttribute("data-quote-to")) { choose(null, button.closest("[data-quote]"), button); }
    else if (button.hasAttribute("data-take")) { take(button); }
  });
  form.addEventListener("keydown", function (event) {
    var item = event.target.closest && event.target.closest("[data-item]");
    if (event.key === "Enter" && event.target.tagName === "INPUT") { event.preventDefault(); }
    if (!item) { return; }
    if (event.altKey && !event.ctrlKey && !event.metaKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      step(item, event.key === "ArrowUp", event.target);
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.tagName === "TEXTAREA" && item.classList.contains("pk-line")) {
      event.preventDefault();
      focusOn(insert(item.parentNode, {}, item.nextElementSibling));
    }
  });

  /* ----- move to: every list that takes such an item, or the ends of its own ----- */
  var dialog = doc.getElementById("move"), moving = null;
  function target(text, deed) {
    var entry = doc.createElement("li"), button = doc.createElement("button");
    button.type = "button";
    button.className = "item";
    button.textContent = text;
    button.addEventListener("click", function () { dialog.close(); deed(); });
    entry.append(button);
    return entry;
  }
  function choose(item, quote, opener) {
    var targets = dialog.querySelector(".pk-targets"), kind = item ? item.parentNode.dataset.template : "line";
    targets.replaceChildren();
    moving = opener;
    if (item) {
      targets.append(target(say.first, function () { relocate(item, item.parentNode, item.parentNode.firstElementChild); }));
      targets.append(target(say.last, function () { relocate(item, item.parentNode, null); }));
    }
    if (kind === "line") {
      all('[data-list][data-template="line"]', form).forEach(function (list) {
        if (item && list === item.parentNode) { return; }
        targets.append(target(label(list), function () {
          if (item) { relocate(item, list, null); } else { insert(list, { text: quote.dataset.quote, source: quote.dataset.of }); opener.focus(); }
          window.exemplar.toast(fill(say.added, { name: label(list) }), "ok");
        }));
      });
    }
    dialog.showModal();
  }
  dialog.addEventListener("close", function () { if (moving && moving.isConnected) { moving.focus(); } });
  function relocate(item, list, before) {
    if (before !== item) { list.insertBefore(item, before); }
    tidy();
    changed();
    focusOn(item);
    moving = null;
  }

  /* ----- dragging ----- */
  function sortable(list) {
    if (!window.Sortable) { return; }
    window.Sortable.create(list, {
      group: list.dataset.template, handle: "[data-handle]", animation: 120, draggable: "[data-item], [data-quote]",
      onChoose: function (event) { event.item.removeAttribute("style"); },
      onAdd: function (event) {
        var quote = event.item;
        if (quote.hasAttribute("data-quote")) { list.replaceChild(build(list, { text: quote.dataset.quote, source: quote.dataset.of }), quote); }
      },
      onSort: function () { tidy(); changed(); }
    });
  }
  function drawable(list) {
    if (!window.Sortable) { return; }
    window.Sortable.create(list, {
      group: { name: "line", pull: "clone", put: false }, sort: false, animation: 120, filter: "button", preventOnFilter: false,
      onChoose: function (event) { event.item.removeAttribute("style"); }
    });
  }

  /* ----- cases: found, taken, opened for what they offer ----- */
  function take(button) {
    var id = button.dataset.take, list = rootList("cases");
    if (all(":scope > [data-item]", list).some(function (item) { return item.dataset.caseId === id; })) { window.exemplar.toast(say.twice, "warn"); return; }
    cases[id] = { title: button.dataset.title, about: button.dataset.about };
    insert(list, { case_id: id });
    window.exemplar.toast(fill(say.added, { name: list.dataset.label }), "ok");
  }
  form.addEventListener("toggle", function (event) {
    var item = event.target.closest("[data-item]"), place_ = event.target.querySelector("[data-material]");
    if (!event.target.open) { return; }
    all("textarea", event.target).forEach(grow);
    if (!place_ || place_.dataset.loaded) { return; }
    fetch("/teaching/packs/material/" + item.dataset.caseId, { credentials: "same-origin", headers: { "HX-Request": "true" } })
      .then(function (reply) { if (!reply.ok) { throw new Error(reply.status); } return reply.text(); })
      .then(function (html) {
        place_.innerHTML = html;
        place_.dataset.loaded = "yes";
        var parts = JSON.parse(item.dataset.parts);
        all("[data-part]", place_).forEach(function (box) { box.checked = parts.indexOf(box.dataset.part) >= 0; });
        all("[data-quotes]", place_).forEach(drawable);
      }, function () { place_.textContent = doc.body.dataset.failed; });
  }, true);
  form.addEventListener("change", function (event) {
    if (!event.target.matches("[data-part]")) { return; }
    var item = event.target.closest("[data-item]");
    item.dataset.parts = JSON.stringify(all("[data-part]:checked", item).map(function (box) { return box.dataset.part; }));
    changed();
  });

  /* ----- begin: what the server has, or what a lost connection left here ----- */
  all("[data-list]", form).forEach(sortable);
  show(given.content);
  base = read();
  var kept = null;
  try { kept = JSON.parse(localStorage.getItem(KEY) || "null"); } catch (error) { kept = null; }
  if (kept && !same(kept.content, base)) {
    Object.keys(kept.cases || {}).forEach(function (id) { cases[id] = cases[id] || kept.cases[id]; });
    revision = kept.revision;
    show(kept.content);
    var note = doc.getElementById("local-copy");
    note.hidden = false;
    note.textContent = fill(say.restored, { time: clock(kept.at) });
    save();
  } else { forgetHere(); }
  doc.documentElement.classList.add("sorting");

  /* lines break elsewhere once the fonts are there, or the page is wider or narrower */
  function resize() { all("textarea", form).forEach(function (area) { if (area.offsetParent) { grow(area); } }); }
  window.addEventListener("resize", resize);
  window.addEventListener("load", resize);
  if (doc.fonts && doc.fonts.ready) { doc.fonts.ready.then(resize); }
})();
