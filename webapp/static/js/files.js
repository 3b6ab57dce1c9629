/* Photos and files of a draft: several at once, in pieces that go on after a lost connection (tus), with progress,
   pause and retry; captions; order by dragging. Without it the form's button uploads, and buttons order. */
(function () {
  "use strict";
  var form = document.getElementById("draft"), upload = document.getElementById("upload");
  if (!form || !upload || !form.exemplarDraft || !window.tus) { return; }
  var draft = form.exemplarDraft, say = upload.dataset, list = document.getElementById("file-list");
  var picker = document.getElementById("file"), queue = document.getElementById("uploading");
  var AT_ONCE = 2, PIECE = 2 * 1024 * 1024, waiting = [], running = 0, stopped = new Set();

  /* ----- one row a file ----- */
  function button(text, work) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-outline-secondary btn-sm";
    made.textContent = text;
    made.addEventListener("click", work);
    return made;
  }
  function Row(name) {
    var row = this, main = document.createElement("div");
    this.item = document.createElement("li");
    this.item.className = "upload-row";
    this.bar = document.createElement("progress");
    this.bar.max = 100;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", name);
    this.line = document.createElement("span");
    this.actions = document.createElement("div");
    this.actions.className = "actions upload-actions";
    main.className = "upload-main";
    main.append(name, this.line, this.bar);
    this.item.append(document.createElement("span"), main, this.actions);
    queue.append(this.item);
    this.say = function (text, wrong) { row.line.textContent = text; row.line.className = wrong ? "emsg d-block" : "meta d-block"; };
    this.offer = function () { row.actions.replaceChildren.apply(row.actions, arguments); };
    this.say(say.waiting);
  }

  /* ----- one file -> a promise of its attachment's id ----- */
  function send(file, name) {
    return new Promise(function (resolve, reject) {
      waiting.push({ file: file, name: name, row: new Row(name), resolve: resolve, reject: reject });
      next();
    });
  }
  function next() {
    while (running < AT_ONCE && waiting.length) { running += 1; start(waiting.shift()); }
  }
  function start(job) {
    var row = job.row, over = false, paused = false;
    var sending = new window.tus.Upload(job.file, {
      endpoint: say.endpoint,
      chunkSize: PIECE,
      retryDelays: [0, 1000, 3000, 6000],
      metadata: { filename: job.name, filetype: job.file.type || "" },
      removeFingerprintOnSuccess: true,
      onBeforeRequest: function (request) { request.setHeader("X-CSRF-Token", draft.token()); },
      onShouldRetry: function (error) { return !error.originalResponse || answer(error).title === "WrongOffset" || status(error) >= 500 || status(error) === 423; },
      onProgress: function (sent, total) {
        var percent = total ? Math.floor(sent / total * 100) : 0;
        row.bar.value = percent;
        if (!paused) { row.say(percent < 100 ? draft.fill(say.sending, { percent: percent }) : say.reading); }
      },
      onSuccess: function (done) {
        end();
        row.item.remove();
        draft.refreshFiles();
        job.resolve(done.lastResponse.getHeader("Upload-Result"));
      },
      onError: function (error) {
        if (error.originalResponse && status(error) < 500) { refuse(error); } else { stop(); }
      }
    });
    function go() {
      paused = false;
      stopped.delete(go);
      row.bar.hidden = false;
      row.offer(button(say.pause, pause), button(say.cancel, cancel));
      sending.start();
    }
    function pause() {
      paused = true;
      sending.abort();
      row.say(say.paused);
      row.offer(button(say.resume, go), button(say.cancel, cancel));
    }
    function stop() {
      stopped.add(go);
      row.say(say.lost, true);
      row.offer(button(say.retry, go), button(say.cancel, cancel));
    }
    function cancel() {
      sending.abort(true).catch(function () { /* the server forgets it after a day */ });
      end();
      row.item.remove();
      job.reject(new Error("cancelled"));
    }
    function refuse(error) {
      var said = answer(error);
      row.bar.hidden = true;
      row.say((said.errors && said.errors[0] && said.errors[0].message) || said.detail || say.lost, true);
      row.offer(button(say.close, function () { row.item.remove(); }));
      end();
      job.reject(new Error(said.detail));
    }
    function end() {
      if (over) { return; }
      over = true;
      stopped.delete(go);
      running -= 1;
      next();
    }
    sending.findPreviousUploads().then(function (before) {
      if (before.length) { sending.resumeFromPreviousUpload(before[0]); }
      go();
    }, go);
  }
  function status(error) { return error.originalResponse ? error.originalResponse.getStatus() : 0; }
  function answer(error) {
    try { return JSON.parse(error.originalResponse.getBody()); } catch (broken) { return {}; }
  }
  window.addEventListener("online", function () { Array.from(stopped).forEach(function (go) { go(); }); });

  /* ----- choosing ----- */
  function sendAll(files) {
    Array.prototype.forEach.call(files, function (file) { send(file, file.name).catch(function () { /* its row says why */ }); });
  }
  picker.addEventListener("change", function () { sendAll(picker.files); picker.value = ""; });
  upload.addEventListener("submit", function (event) { event.preventDefault(); sendAll(picker.files); });
  ["dragenter", "dragover"].forEach(function (name) { upload.addEventListener(name, function (event) { event.preventDefault(); upload.classList.add("over"); }); });
  ["dragleave", "drop"].forEach(function (name) { upload.addEventListener(name, function (event) { event.preventDefault(); upload.classList.remove("over"); }); });
  upload.addEventListener("drop", function (event) { sendAll(event.dataTransfer.files); });
  window.exemplarUpload = function (blob) {
    var name = blob.name || "picture." + (blob.type === "image/png" ? "png" : "jpg");
    return send(blob, name).then(function (id) { return form.dataset.files + "/" + id; });
  };

  /* ----- the list: into the text, captions, order ----- */
  document.addEventListener("click", function (event) {
    var wanted = event.target.closest("[data-insert]");
    if (wanted && draft.editor()) { draft.editor().insertPicture(wanted.dataset.insert, wanted.dataset.alt); }
  });
  function post(address, data) {
    return fetch(address, { method: "POST", credentials: "same-origin", body: data, headers: { "HX-Request": "true", "X-CSRF-Token": draft.token() } })
      .then(function (reply) { if (!reply.ok) { throw new Error(reply.status); } return reply.text(); });
  }
  function failed() { window.exemplar.toast(document.body.dataset.failed, "err"); }
  document.addEventListener("change", function (event) {
    var field = event.target;
    if (!field.hasAttribute("data-caption") || !field.form) { return; }
    var data = new URLSearchParams(new FormData(field.form));
    data.set("do", "caption");
    post(field.form.action, data).then(function () {
      draft.refreshTasks();
      window.exemplar.toast(draft.fill(form.dataset.saved, { time: draft.clock(Date.now()) }));
    }, failed);
  });
  function order() {
    var rows = list.querySelector("[data-sortable]");
    if (!rows || !window.Sortable || rows.exemplarSortable) { return; }
    rows.exemplarSortable = window.Sortable.create(rows, {
      handle: ".grip", animation: 120, draggable: ".upload-row",
      onEnd: function (event) {
        if (event.oldIndex === event.newIndex) { return; }
        var ids = Array.prototype.map.call(rows.children, function (row) { return row.dataset.file; });
        post(form.dataset.files + "/order", new URLSearchParams({ csrf: draft.token(), order: ids.join(",") })).then(draft.refreshFiles, failed);
      }
    });
  }
  list.addEventListener("exemplar:drawn", order);
  document.addEventListener("htmx:after:swap", order);
  order();
})();
