/* The draft's page: autosave with a visible time, a local copy while the connection is away, nobody overwritten
   silently, who else is here, live word count. Everything also works by the page's buttons without it. */
(function () {
  "use strict";
  var form = document.getElementById("draft");
  if (!form) { return; }
  var say = form.dataset;
  var saved = document.getElementById("saved"), words = document.getElementById("words"), area = document.getElementById("body");
  var revision = form.elements.revision;
  var KEY = "exemplar.draft." + say.draft, QUIET = 1500, LONGEST = 8000;
  /* a case's fields; another page that is written in names its own */
  var TEXTS = say.fields ? say.fields.split(" ") : ["title", "category_key", "practice_from", "practice_to", "summary", "body", "source_line", "signoff_line"];
  var ROWS = TEXTS.indexOf("authors") < 0;
  document.documentElement.classList.add("scripted");

  function token() { return form.elements.csrf.value; }
  function fill(template, values) { return template.replace(/\{(\w+)\}/g, function (_whole, name) { return values[name]; }); }
  function clock(at) { return new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit" }); }
  function status(text, state) { saved.textContent = text; saved.dataset.state = state || ""; }
  function editor() { return area.exemplarEditor; }

  /* ----- the fields as one object and back ----- */
  function read() {
    var values = ROWS ? { authors: [] } : {};
    TEXTS.forEach(function (name) { values[name] = form.elements[name] ? form.elements[name].value : ""; });
    form.querySelectorAll(".author").forEach(function (row) {
      var inputs = row.querySelectorAll("input");
      if (inputs[0].value.trim() || inputs[1].value.trim()) { values.authors.push({ name: inputs[0].value, post: inputs[1].value }); }
    });
    return values;
  }
  function show(values) {
    TEXTS.forEach(function (name) {
      var value = values[name] || "";
      if (name === "body") {
        value = value.replace(/src="attachment:([0-9A-Za-z]+)"/g, 'src="' + say.files + '/$1"');
        if (editor()) { editor().set(value); }
        area.value = value;
      } else if (form.elements[name]) { form.elements[name].value = value; }
    });
    form.dispatchEvent(new CustomEvent("exemplar:shown"));
    if (!ROWS) { count(); return; }
    var rows = form.querySelectorAll(".author");
    (values.authors || []).forEach(function (author, index) {
      var row = form.querySelectorAll(".author")[index] || addAuthor();
      var inputs = row.querySelectorAll("input");
      inputs[0].value = author.name || "";
      inputs[1].value = author.post || "";
    });
    for (var i = (values.authors || []).length; i < rows.length; i += 1) {
      rows[i].querySelectorAll("input").forEach(function (input) { input.value = ""; });
    }
    count();
  }
  function same(one, other) {
    function plain(values) {
      return JSON.stringify([TEXTS.map(function (name) { return squeezed(name === "body" ? bodyText(values.body) : values[name]); }), ROWS ? values.authors || [] : []]);
    }
    return plain(one) === plain(other);
  }
  function squeezed(text) { return (text || "").replace(/\s+/g, ""); }
  function bodyText(html) {
    var page = new DOMParser().parseFromString(html || "", "text/html");
    page.querySelectorAll("br").forEach(function (line) { line.replaceWith("\n"); });
    page.querySelectorAll("p,div,h1,h2,h3,h4,h5,h6,li,tr,caption,figcaption,figure,blockquote").forEach(function (block) { block.prepend("\n"); block.append("\n"); });
    page.querySelectorAll("td,th").forEach(function (cell) { cell.append(" "); });
    page.querySelectorAll("img").forEach(function (image) { image.replaceWith("[" + (image.getAttribute("src") || "").replace(/^.*[/:]/, "") + "]"); });
    return page.body.textContent.replace(/[\u200b\ufeff]/g, "").replace(/[ \t\u00a0]+/g, " ").replace(/\s*\n\s*/g, "\n").trim();
  }

  /* ----- the local copy: there from the first keystroke until the server has it ----- */
  function keepHere(values) {
    try { localStorage.setItem(KEY, JSON.stringify({ revision: revision.value, at: Date.now(), values: values, base: base })); } catch (error) { /* full or private: the server's copy remains */ }
  }
  function forgetHere() { try { localStorage.removeItem(KEY); } catch (error) { /* nothing was kept */ } }
  function keptHere() { try { return JSON.parse(localStorage.getItem(KEY) || "null"); } catch (error) { return null; } }

  /* ----- saving ----- */
  /* base: what the server has at our revision; unanswered: what was sent before a reply was lost */
  var base = read(), unanswered = null;
  var timer = null, first = 0, busy = false, again = false, clashing = false, pressed = null;
  function changed() {
    if (clashing) { keepHere(read()); return; }
    keepHere(read());
    status(say.unsaved, "waiting");
    var now = Date.now();
    first = first || now;
    clearTimeout(timer);
    timer = setTimeout(save, Math.max(0, Math.min(QUIET, first + LONGEST - now)));
  }
  function payload(values) {
    var sent = Object.assign({}, values, { revision: Number(revision.value) });
    ["practice_from", "practice_to"].forEach(function (name) { if (name in sent) { sent[name] = sent[name] || null; } });
    return JSON.stringify(sent);
  }
  function save() {
    if (busy) { again = true; return; }
    busy = true;
    first = 0;
    clearTimeout(timer);
    status(say.saving, "saving");
    var sent = read();
    fetch(say.save, {
      method: "PUT", credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": token() },
      body: payload(sent)
    }).then(function (reply) {
      return reply.json().then(function (answer) { return { ok: reply.ok, status: reply.status, answer: answer }; });
    }).then(function (result) {
      busy = false;
      if (result.ok) { done(result.answer, sent); } else { pressed = null; refused(result); }
    }, function () {
      busy = false;
      pressed = null;
      unanswered = sent;
      away();
    });
  }
  function away() {
    status(say.offline, "offline");
    setTimeout(function () { if (saved.dataset.state === "offline") { save(); } }, 10000);
  }
  function done(answer, sent) {
    revision.value = answer.revision;
    base = sent;
    unanswered = null;
    document.dispatchEvent(new CustomEvent("exemplar:saved"));
    status(fill(say.saved, { time: clock(answer.saved_at) }), "saved");
    if (pressed) { var button = pressed; pressed = null; form.requestSubmit(button); return; }
    if (same(read(), sent)) { forgetHere(); } else { keepHere(read()); again = true; }
    refreshTasks();
    if (again) { again = false; changed(); }
  }
  function refused(result) {
    if (result.status !== 409) {
      var errors = (result.answer.errors || []).map(function (each) { return each.message; }).join(" ");
      status(errors || result.answer.detail, "offline");
      return;
    }
    fetch(say.save, { credentials: "same-origin" }).then(function (reply) { return reply.ok ? reply.json() : null; }).then(function (theirs) {
      if (!theirs || String(theirs.revision) === revision.value) { status(result.answer.detail, "clash"); return; }
      if (same(theirs, read())) { settled(theirs); return; }
      /* our own save whose reply was lost, or a save that changed nothing: nobody else's words are at stake */
      if ((base && same(theirs, base)) || (unanswered && same(theirs, unanswered))) { revision.value = theirs.revision; base = theirs; unanswered = null; save(); return; }
      ask(theirs);
    }, away);
  }
  function settled(theirs) {
    revision.value = theirs.revision;
    base = read();
    unanswered = null;
    forgetHere();
    status(fill(say.saved, { time: clock(theirs.saved_at) }), "saved");
  }
  window.addEventListener("online", function () { if (keptHere()) { save(); } });
  window.addEventListener("pagehide", function () { if (saved.dataset.state === "waiting") { keepHere(read()); } });
  form.addEventListener("input", function (event) {
    if (event.target.id === "body") { count(); }
    changed();
  });
  form.addEventListener("submit", function (event) {
    clearTimeout(timer);
    if (clashing) { event.preventDefault(); delete form.dataset.sent; dialog.showModal(); return; }
    /* a save under way ends first: else the button's own save would look like somebody else's */
    if (busy) { event.preventDefault(); pressed = event.submitter; return; }
    /* the button saves everything itself; the copy here goes when the answer is the next page */
    if (!navigator.onLine) { event.preventDefault(); status(say.offline, "offline"); delete form.dataset.sent; }
    else { try { sessionStorage.setItem(KEY, revision.value); } catch (error) { /* only a comfort */ } }
  });
  document.addEventListener("keydown", function (event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") { event.preventDefault(); save(); }
  });

  /* ----- two copies: side by side, the person chooses, place by place ----- */
  var dialog = document.getElementById("clash"), places = dialog.querySelector("[data-clash-fields]"), reopen = document.getElementById("clash-open");
  function ask(theirs) {
    var data = new FormData();
    clashing = true;
    keepHere(read());
    data.set("csrf", token());
    data.set("mine", payload(read()));
    if (base) { data.set("base", payload(base)); }
    fetch(say.differences, { method: "POST", credentials: "same-origin", body: data, headers: { "HX-Request": "true" } })
      .then(function (reply) { if (!reply.ok) { throw new Error(reply.status); } return reply.text(); })
      .then(function (html) {
        places.innerHTML = html;
        dialog.querySelector("[data-clash-text]").textContent = fill(say.clash, { name: theirs.saved_by, time: clock(theirs.saved_at) });
        status(say.unsettled, "clash");
        reopen.hidden = false;
        if (!dialog.open) { dialog.showModal(); }
      }, function () { clashing = false; away(); });
  }
  function pick(side) {
    places.querySelectorAll('input[value="' + side + '"]').forEach(function (input) { input.checked = true; });
  }
  function chosen() {
    var values = read();
    places.querySelectorAll("[data-field]").forEach(function (section) {
      var found = Array.prototype.map.call(section.querySelectorAll("[data-place]"), function (place) {
        var picked = place.querySelector("input:checked");
        return picked && picked.value === "theirs" ? place.dataset.theirs : place.dataset.mine;
      });
      values[section.dataset.field] = ROWS && section.dataset.field === "authors" ? JSON.parse(found[0] || "[]") : found.join("");
    });
    return values;
  }
  dialog.addEventListener("click", function (event) {
    var button = event.target.closest("[data-clash-mine],[data-clash-theirs],[data-clash-apply]");
    if (!button) { return; }
    if (button.hasAttribute("data-clash-mine")) { pick("mine"); return; }
    if (button.hasAttribute("data-clash-theirs")) { pick("theirs"); return; }
    revision.value = places.querySelector("[data-differences]").dataset.revision;
    show(chosen());
    clashing = false;
    reopen.hidden = true;
    dialog.close();
    save();
    refreshFiles();
  });
  reopen.addEventListener("click", function () { dialog.showModal(); });

  /* ----- what was left here by a lost connection ----- */
  function restore() {
    var kept = keptHere(), mine = read(), before = null;
    try { before = sessionStorage.getItem(KEY); sessionStorage.removeItem(KEY); } catch (error) { before = null; }
    if (!kept) { return; }
    if (same(kept.values, mine) || (before !== null && before === kept.revision && Number(revision.value) > Number(before))) { forgetHere(); return; }
    if (kept.revision !== revision.value) {
      fetch(say.save, { credentials: "same-origin" }).then(function (reply) { return reply.json(); }).then(function (theirs) {
        base = kept.base || null;
        show(kept.values);
        if (base && same(base, theirs)) { base = theirs; save(); } else { ask(theirs); }
      });
      return;
    }
    show(kept.values);
    var box = document.getElementById("local-copy"), note = document.createElement("span"), button = document.createElement("button");
    box.className = "note warn";
    box.hidden = false;
    box.setAttribute("role", "status");
    note.textContent = fill(say.restored, { time: clock(kept.at) });
    button.type = "button";
    button.className = "btn btn-outline-secondary btn-sm ms-auto";
    button.textContent = say.discard;
    button.onclick = function () { show(mine); forgetHere(); box.hidden = true; save(); };
    box.append(note, button);
    save();
  }

  /* ----- words as Word counts them ----- */
  function count() {
    if (!words || !window.exemplarWordCount) { return; }
    var n = window.exemplarWordCount(bodyText(editor() ? editor().get() : area.value).replace(/\[[0-9a-z]{10,20}\]/g, ""));
    words.textContent = fill(say.words, { count: n }) + (say.lowest ? " / " + say.lowest + "–" + say.highest : "");
    if (!say.lowest) { return; }
    words.classList.toggle("over", n > Number(say.highest));
    words.classList.toggle("under", n > 0 && n < Number(say.lowest));
  }

  /* ----- authors' rows without a round trip ----- */
  function addAuthor() {
    var rows = form.querySelectorAll(".author"), last = rows[rows.length - 1], row = last.cloneNode(true), number = rows.length;
    row.querySelectorAll("input").forEach(function (input) { input.value = ""; });
    row.querySelectorAll("[id],[for],[name]").forEach(function (node) {
      ["id", "for", "name"].forEach(function (key) {
        if (node.hasAttribute(key) && node.tagName !== "BUTTON") { node.setAttribute(key, node.getAttribute(key).replace(/-\d+-/, "-" + number + "-")); }
      });
    });
    last.after(row);
    return row;
  }
  form.addEventListener("click", function (event) {
    if (event.target.closest("[data-add-row]")) { event.preventDefault(); addAuthor().querySelector("input").focus(); return; }
    var remove = event.target.closest("[data-remove-row]");
    if (!remove) { return; }
    event.preventDefault();
    var row = remove.closest(".author"), rows = form.querySelectorAll(".author");
    if (rows.length > 1) { (row.previousElementSibling.querySelector("input") || rows[0].querySelector("input")).focus(); row.remove(); }
    else { row.querySelectorAll("input").forEach(function (input) { input.value = ""; }); }
    changed();
  });

  /* ----- who else is here, and what they saved ----- */
  var together = document.getElementById("together"), news = document.getElementById("news"), told = 0;
  /* a page that nobody has touched for half an hour reports no more: it must not keep a session alive */
  var IDLE = 30 * 60 * 1000, touched = Date.now();
  ["keydown", "pointerdown"].forEach(function (name) { document.addEventListener(name, function () { touched = Date.now(); }, { passive: true }); });
  function present() {
    if (document.hidden || Date.now() - touched > IDLE) { return; }
    fetch(say.presence, { method: "PUT", credentials: "same-origin", headers: { "X-CSRF-Token": token() } })
      .then(function (reply) { return reply.ok ? reply.json() : null; })
      .then(function (answer) { if (answer) { others(answer.others); fresh(answer); } }, function () { /* the next report may get through */ });
  }
  function others(found) {
    var text = found.map(function (each) { return fill(say.here, { name: each.name, time: clock(each.since) }); }).join(" ");
    together.hidden = !found.length;
    if (together.textContent !== text) { together.textContent = text; }
  }
  function fresh(answer) {
    if (busy || clashing || saved.dataset.state === "waiting" || answer.revision <= Number(revision.value) || answer.revision === told) { return; }
    told = answer.revision;
    news.hidden = false;
    news.querySelector("[data-news]").textContent = fill(say.news, { name: answer.saved_by, time: clock(answer.saved_at) });
  }
  if (news) { news.querySelector("button").addEventListener("click", function () {
    fetch(say.save, { credentials: "same-origin" }).then(function (reply) { return reply.json(); }).then(function (theirs) {
      news.hidden = true;
      if (!base || !same(read(), base)) { ask(theirs); return; }
      show(theirs);
      settled(theirs);
      refreshFiles();
    });
  }); }
  if (say.presence) {
    setInterval(present, 15000);
    document.addEventListener("visibilitychange", present);
    present();
  }

  /* ----- parts of the page that the server draws ----- */
  function refresh(address, target) {
    return fetch(address, { credentials: "same-origin", headers: { "HX-Request": "true" } })
      .then(function (reply) { return reply.ok ? reply.text() : null; })
      .then(function (html) {
        if (html === null || !target) { return; }
        target.innerHTML = html;
        if (window.htmx) { window.htmx.process(target); }
        target.dispatchEvent(new CustomEvent("exemplar:drawn", { bubbles: true }));
      }, function () { /* drawn again with the next change */ });
  }
  function refreshFiles() {
    if (document.getElementById("file-list")) { refresh(say.files, document.getElementById("file-list")); }
    refreshTasks();
  }
  function refreshTasks() { if (say.tasks) { refresh(say.tasks, document.getElementById("tasks")); } }
  form.exemplarDraft = {
    token: token, fill: fill, clock: clock, editor: editor, refreshFiles: refreshFiles,
    refreshTasks: refreshTasks
  };

  /* a link of the check page or of a refusal leads into its field */
  var wanted = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (wanted) { wanted.focus(); wanted.scrollIntoView({ block: "center" }); }

  count();
  if (say.conflict) {
    /* the button's own save met somebody else's: here too the person chooses before anything is overwritten */
    base = null;
    revision.value = Number(revision.value) - 1;
    keepHere(read());
    save();
  } else { restore(); }
})();
