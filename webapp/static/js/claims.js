/* Claims on the editor's page: words selected in the text are linked to evidence in a dialog. Without this file the
   ledger's own page does the same by forms. No inline code, no eval, no dependencies. */
(function () {
  "use strict";
  var doc = document, box = doc.querySelector("[data-ledger]");
  if (!box) { return; }
  var place = box.querySelector("[data-ledger-panel]"), button = doc.querySelector("[data-mark-claim]");
  var saved = doc.getElementById("saved"), selected = "", stale = null;

  function load() {
    return fetch(box.dataset.ledger, { credentials: "same-origin", headers: { "HX-Request": "true" } }).then(function (reply) {
      return reply.ok ? reply.text() : null;
    }).then(function (html) {
      var dialog = doc.getElementById("claim-dialog");
      if (html !== null && !(dialog && dialog.open)) { place.innerHTML = html; }
    }, function () { /* offline: what is shown stays */ });
  }

  /* ----- what is selected in the text stays known while the keyboard goes to the button ----- */
  function remember() {
    var selection = doc.getSelection(), node = selection && selection.anchorNode;
    var inside = node && (node.nodeType === 1 ? node : node.parentElement);
    if (inside && inside.closest(".jodit-wysiwyg")) { selected = selection.toString().trim(); }
  }
  doc.addEventListener("selectionchange", remember);

  /* ----- the words must be on the server before they can be marked ----- */
  function whenSaved() {
    return new Promise(function (resolve) {
      if (!saved || !/^(waiting|saving)$/.test(saved.dataset.state || "")) { resolve(); return; }
      var timer = setTimeout(resolve, 6000);
      doc.addEventListener("exemplar:saved", function () { clearTimeout(timer); resolve(); }, { once: true });
      doc.dispatchEvent(new KeyboardEvent("keydown", { key: "s", ctrlKey: true, bubbles: true }));
    });
  }
  function open() {
    remember();  /* the browser may not have told of the last change yet */
    var words = selected;
    whenSaved().then(load).then(function () {
      var dialog = doc.getElementById("claim-dialog");
      if (!dialog) { location.href = box.dataset.page; return; }
      var quote = dialog.querySelector("[name=quote]");
      quote.value = words;
      dialog.showModal();
      (words ? dialog.querySelector("input[type=checkbox], [name=url]") : quote).focus();
    });
  }
  if (button) {
    button.hidden = false;
    button.addEventListener("click", open);
  }
  doc.addEventListener("keydown", function (event) {
    if (event.altKey && event.shiftKey && event.code === "KeyE" && button) { event.preventDefault(); open(); }
  });

  doc.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.hasAttribute("data-claim-form")) { return; }
    event.preventDefault();
    event.stopPropagation();
    var line = form.querySelector("[data-claim-error]");
    var files = Array.prototype.map.call(form.querySelectorAll("[name=files]:checked"), function (each) { return each.value; });
    fetch(form.dataset.api, {
      method: "POST", credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": form.elements.csrf.value, "Accept": "application/json" },
      body: JSON.stringify({ quote: form.elements.quote.value, files: files, url: form.elements.url.value, note: form.elements.note.value })
    }).then(function (reply) {
      if (reply.ok) {
        doc.getElementById("claim-dialog").close();
        selected = "";
        window.exemplar.toast(box.dataset.done);
        return load().then(function () { if (button) { button.focus(); } });
      }
      return reply.json().then(function (answer) {
        line.textContent = answer.errors && answer.errors.length ? answer.errors.map(function (each) { return each.message; }).join(" ") : answer.detail;
        line.hidden = false;
      });
    }).catch(function () { line.textContent = doc.body.dataset.failed; line.hidden = false; });
  }, true);

  doc.addEventListener("exemplar:saved", function () { clearTimeout(stale); stale = setTimeout(load, 1200); });
  load();
})();
