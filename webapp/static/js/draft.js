/* The draft's page: autosave with a visible time, a local copy while the connection is away, nobody overwritten
   silently, live word count, uploads with progress. Everything also works by the page's buttons without it. */
(function () {
  "use strict";
  var form = document.getElementById("draft");
  if (!form) { return; }
  var say = form.dataset, body = document.body;
  var saved = document.getElementById("saved"), words = document.getElementById("words"), area = document.getElementById("body");
  var revision = form.elements.revision;
  var KEY = "exemplar.draft." + say.draft, QUIET = 1500, LONGEST = 8000;
  var TEXTS = ["title", "category_key", "practice_from", "practice_to", "summary", "body", "source_line", "signoff_line"];
  document.documentElement.classList.add("scripted");

  function token() { return form.elements.csrf.value; }
  function fill(template, values) { return template.replace(/\{(\w+)\}/g, function (_whole, name) { return values[name]; }); }
  function clock(at) { return new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit" }); }
  function status(text, state) { saved.textContent = text; saved.dataset.state = state || ""; }
  function editor() { return area.exemplarEditor; }

  /* ----- the fields as one object and back ----- */
  function read() {
    var values = { authors: [] };
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
      return JSON.stringify([TEXTS.map(function (name) { return squeezed(name === "body" ? bodyText(values.body) : values[name]); }), values.authors || []]);
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
    try { localStorage.setItem(KEY, JSON.stringify({ revision: revision.value, at: Date.now(), values: values })); } catch (error) { /* full or private: the server's copy remains */ }
  }
  function forgetHere() { try { localStorage.removeItem(KEY); } catch (error) { /* nothing was kept */ } }
  function keptHere() { try { return JSON.parse(localStorage.getItem(KEY) || "null"); } catch (error) { return null; } }

  /* ----- saving ----- */
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
  function payload() {
    var values = read();
    values.revision = Number(revision.value);
    ["practice_from", "practice_to"].forEach(function (name) { values[name] = values[name] || null; });
    return values;
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
      body: JSON.stringify(payload())
    }).then(function (reply) {
      return reply.json().then(function (answer) { return { ok: reply.ok, status: reply.status, answer: answer }; });
    }).then(function (result) {
      busy = false;
      if (result.ok) { done(result.answer, sent); } else { pressed = null; refused(result); }
    }, function () {
      busy = false;
      pressed = null;
      status(say.offline, "offline");
      setTimeout(function () { if (saved.dataset.state === "offline") { save(); } }, 10000);
    });
  }
  function done(answer, sent) {
    revision.value = answer.revision;
    document.dispatchEvent(new CustomEvent("exemplar:saved"));
    status(fill(say.saved, { time: clock(answer.saved_at) }), "saved");
    if (pressed) { var button = pressed; pressed = null; form.requestSubmit(button); return; }
    if (same(read(), sent)) { forgetHere(); } else { keepHere(read()); again = true; }
    refresh(say.tasks, document.getElementById("tasks"));
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
      if (same(theirs, read())) { revision.value = theirs.revision; forgetHere(); status(fill(say.saved, { time: clock(theirs.saved_at) }), "saved"); return; }
      ask(theirs);
    }, function () { status(say.offline, "offline"); });
  }
  window.addEventListener("online", function () { if (keptHere()) { save(); } });
  window.addEventListener("pagehide", function () { if (saved.dataset.state === "waiting") { keepHere(read()); } });
  form.addEventListener("input", function (event) {
    if (event.target.id === "body") { count(); }
    changed();
  });
  form.addEventListener("submit", function (event) {
    clearTimeout(timer);
    /* a save under way ends first: else the button's own save would look like somebody else's */
    if (busy) { event.preventDefault(); pressed = event.submitter; return; }
    /* the button saves everything itself; the copy here goes when the answer is the next page */
    if (!navigator.onLine) { event.preventDefault(); status(say.offline, "offline"); delete form.dataset.sent; }
    else { try { sessionStorage.setItem(KEY, revision.value); } catch (error) { /* only a comfort */ } }
  });
  document.addEventListener("keydown", function (event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") { event.preventDefault(); save(); }
  });

  /* ----- two versions: shown side by side, the person chooses ----- */
  function ask(theirs) {
    var dialog = document.getElementById("clash"), list = dialog.querySelector("[data-clash-fields]"), mine = read();
    clashing = true;
    dialog.querySelector("[data-clash-text]").textContent = fill(say.clash, { name: theirs.saved_by, time: clock(theirs.saved_at) });
    list.textContent = "";
    TEXTS.concat(["authors"]).forEach(function (name) {
      var one = text(name, mine), other = text(name, theirs);
      if (squeezed(one) === squeezed(other)) { return; }
      var section = document.createElement("section"), head = document.createElement("h3"), two = document.createElement("div");
      var label = name === "authors" ? form.querySelector("#authors legend") : form.querySelector('label[for="' + name + '"]');
      head.textContent = label ? label.textContent : name;
      two.className = "two";
      two.append(side(say.mine, one, other, "ins"), side(say.theirs, other, one, "del"));
      section.append(head, two);
      list.append(section);
    });
    var keepMine = dialog.querySelector("[data-clash-mine]"), keepTheirs = dialog.querySelector("[data-clash-theirs]");
    keepMine.textContent = say.keepMine;
    keepTheirs.textContent = say.keepTheirs;
    keepMine.onclick = function () { clashing = false; revision.value = theirs.revision; dialog.close(); save(); };
    keepTheirs.onclick = function () { clashing = false; revision.value = theirs.revision; show(theirs); forgetHere(); dialog.close(); status(fill(say.saved, { time: clock(theirs.saved_at) }), "saved"); };
    dialog.oncancel = function () { status(fill(say.clash, { name: theirs.saved_by, time: clock(theirs.saved_at) }), "clash"); };
    status(say.unsaved, "clash");
    if (!dialog.open) { dialog.showModal(); }
  }
  function text(name, values) {
    if (name === "authors") { return (values.authors || []).map(function (each) { return each.name + " " + each.post; }).join("\n"); }
    return name === "body" ? bodyText(values.body) : (values[name] || "");
  }
  function side(title, one, other, mark) {
    var box = document.createElement("div"), head = document.createElement("strong"), there = new Set(other.split("\n"));
    head.textContent = title + "\n";
    box.append(head);
    one.split("\n").forEach(function (line) {
      var node = document.createElement(there.has(line) ? "span" : mark);
      node.textContent = line + "\n";
      box.append(node);
    });
    return box;
  }

  /* ----- what was left here by a lost connection ----- */
  function restore() {
    var kept = keptHere(), mine = read(), before = null;
    try { before = sessionStorage.getItem(KEY); sessionStorage.removeItem(KEY); } catch (error) { before = null; }
    if (!kept) { return; }
    if (same(kept.values, mine) || (before !== null && before === kept.revision && Number(revision.value) > Number(before))) { forgetHere(); return; }
    if (kept.revision !== revision.value) {
      fetch(say.save, { credentials: "same-origin" }).then(function (reply) { return reply.json(); }).then(function (theirs) { show(kept.values); ask(theirs); });
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
    words.textContent = fill(say.words, { count: n }) + " / " + say.lowest + "–" + say.highest;
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

  /* ----- files ----- */
  var upload = document.getElementById("upload"), picker = document.getElementById("file"), queue = document.getElementById("uploading");
  function refresh(address, target) {
    return fetch(address, { credentials: "same-origin", headers: { "HX-Request": "true" } })
      .then(function (reply) { return reply.ok ? reply.text() : null; })
      .then(function (html) {
        if (html === null || !target) { return; }
        target.innerHTML = html;
        if (window.htmx) { window.htmx.process(target); }
      }, function () { /* the list is refreshed with the next change */ });
  }
  function refreshFiles() {
    refresh(say.files, document.getElementById("file-list"));
    refresh(say.tasks, document.getElementById("tasks"));
  }
  function row(name) {
    var item = document.createElement("li"), main = document.createElement("div"), bar = document.createElement("progress"), line = document.createElement("span"), button = document.createElement("button");
    item.className = "upload-row";
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", name);
    line.className = "meta d-block";
    button.type = "button";
    button.className = "btn btn-outline-secondary btn-sm";
    main.append(name, line, bar);
    item.append(document.createElement("span"), main, button);
    queue.append(item);
    return { item: item, line: line, bar: bar, button: button };
  }
  /* one file -> a promise of the attachment; its row shows progress, the reason of a refusal, and a way to try again */
  function send(file, name) {
    var shown = row(name);
    return new Promise(function (resolve, reject) {
      function attempt() {
        var request = new XMLHttpRequest(), data = new FormData();
        data.append("file", file, name);
        shown.bar.hidden = false;
        shown.line.className = "meta d-block";
        shown.button.textContent = upload.dataset.cancel;
        shown.button.onclick = function () { request.abort(); shown.item.remove(); reject(new Error("cancelled")); };
        request.upload.onprogress = function (event) {
          var percent = event.lengthComputable ? Math.floor(event.loaded / event.total * 100) : 0;
          shown.bar.value = percent;
          shown.line.textContent = percent < 100 ? fill(upload.dataset.sending, { percent: percent }) : upload.dataset.reading;
        };
        request.onload = function () {
          var answer = {};
          try { answer = JSON.parse(request.responseText); } catch (error) { answer = { detail: upload.dataset.lost }; }
          if (request.status < 300) { shown.item.remove(); refreshFiles(); resolve(answer); return; }
          fail((answer.errors && answer.errors[0] && answer.errors[0].message) || answer.detail || upload.dataset.lost, request.status >= 500);
          if (request.status < 500) { reject(new Error(answer.detail)); }
        };
        request.onerror = function () { fail(upload.dataset.lost, true); };
        request.open("POST", upload.dataset.upload);
        request.setRequestHeader("X-CSRF-Token", token());
        request.send(data);
      }
      function fail(reason, retry) {
        shown.bar.hidden = true;
        shown.line.className = "emsg";
        shown.line.textContent = reason;
        shown.button.textContent = retry ? upload.dataset.retry : upload.dataset.cancel;
        shown.button.onclick = retry ? attempt : function () { shown.item.remove(); };
      }
      attempt();
    });
  }
  function sendAll(files) {
    Array.prototype.slice.call(files).reduce(function (chain, file) {
      return chain.then(function () { return send(file, file.name).catch(function () { /* its row says why */ }); });
    }, Promise.resolve());
  }
  if (upload) {
    picker.addEventListener("change", function () { sendAll(picker.files); picker.value = ""; });
    upload.addEventListener("submit", function (event) { event.preventDefault(); sendAll(picker.files); });
    ["dragenter", "dragover"].forEach(function (name) { upload.addEventListener(name, function (event) { event.preventDefault(); upload.classList.add("over"); }); });
    ["dragleave", "drop"].forEach(function (name) { upload.addEventListener(name, function (event) { event.preventDefault(); upload.classList.remove("over"); }); });
    upload.addEventListener("drop", function (event) { sendAll(event.dataTransfer.files); });
  }
  window.exemplarUpload = function (blob) {
    var name = blob.name || "picture." + (blob.type === "image/png" ? "png" : "jpg");
    return send(blob, name).then(function (answer) { return say.files + "/" + answer.id; });
  };
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-insert]");
    if (button && editor()) { editor().insertPicture(button.dataset.insert, button.dataset.alt); }
  });
  document.addEventListener("change", function (event) {
    var field = event.target;
    if (!field.hasAttribute("data-caption") || !field.form) { return; }
    var data = new URLSearchParams(new FormData(field.form));
    data.set("do", "caption");
    fetch(field.form.action, { method: "POST", credentials: "same-origin", body: data, headers: { "HX-Request": "true", "X-CSRF-Token": token() } })
      .then(function (reply) { if (reply.ok) { refresh(say.tasks, document.getElementById("tasks")); window.exemplar.toast(fill(say.saved, { time: clock(Date.now()) })); } else { window.exemplar.toast(body.dataset.failed, "err"); } },
        function () { window.exemplar.toast(body.dataset.failed, "err"); });
  });

  /* a link of the check page or of a refusal leads into its field */
  var wanted = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (wanted) { wanted.focus(); wanted.scrollIntoView({ block: "center" }); }

  count();
  restore();
})();
