/* Small comforts on every page. Each page works without this file. No inline code, no eval, no dependencies. */
(function () {
  "use strict";
  var doc = document, root = doc.documentElement, body = doc.body;

  function all(selector, from) { return Array.prototype.slice.call((from || doc).querySelectorAll(selector)); }
  function typing(target) { return /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(radio|checkbox|button|submit)$/.test(target.type || "") || target.isContentEditable; }

  /* ----- messages that come after the page ----- */
  function toast(message, kind) {
    var box = doc.getElementById("toasts");
    if (!box) { return; }
    var note = doc.createElement("div");
    note.className = "note " + (kind || "ok");
    note.textContent = message;
    box.appendChild(note);
    setTimeout(function () { note.remove(); }, kind === "err" ? 12000 : 6000);
  }
  window.exemplar = { toast: toast };

  /* ----- an error summary is read first ----- */
  var summary = doc.querySelector("[data-error-summary]");
  if (summary) { summary.focus(); }
  doc.addEventListener("click", function (event) {
    var link = event.target.closest("[data-error-summary] a");
    var field = link && doc.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (field) { event.preventDefault(); field.focus(); field.scrollIntoView({ block: "center" }); }
  });

  /* ----- zoom and theme at once, remembered by the server ----- */
  doc.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-zoom], a[data-theme]");
    if (!link || event.ctrlKey || event.metaKey) { return; }
    event.preventDefault();
    if (link.dataset.zoom) { root.className = root.className.replace(/\bz\d+\b/, "") + " z" + link.dataset.zoom; }
    if (link.dataset.theme) { root.setAttribute("data-bs-theme", link.dataset.theme); }
    all(link.dataset.zoom ? "a[data-zoom]" : "a[data-theme]").forEach(function (other) {
      var same = other.dataset.zoom === link.dataset.zoom && other.dataset.theme === link.dataset.theme;
      if (same) { other.setAttribute("aria-current", "true"); } else { other.removeAttribute("aria-current"); }
    });
    window.dispatchEvent(new Event("resize"));
    fetch(link.href, { credentials: "same-origin", redirect: "manual" });
  });

  /* ----- menus close by Escape and by a click elsewhere ----- */
  doc.addEventListener("click", function (event) {
    all("details.menu[open]").forEach(function (menu) { if (!menu.contains(event.target)) { menu.open = false; } });
  });
  doc.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    all("details.menu[open]").forEach(function (menu) {
      menu.open = false;
      if (menu.contains(doc.activeElement)) { menu.querySelector("summary").focus(); }
    });
  });

  /* ----- dialogs ----- */
  doc.addEventListener("click", function (event) {
    var opener = event.target.closest("[data-opens]");
    var closer = event.target.closest("[data-closes]");
    if (opener) { doc.getElementById(opener.dataset.opens).showModal(); }
    if (closer) { closer.closest("dialog").close(); }
    if (event.target.tagName === "DIALOG") { event.target.close(); }
  });

  /* ----- one press, one request; and no loss by leaving ----- */
  var dirty = null;
  doc.addEventListener("input", function (event) {
    var form = event.target.closest("form[data-guard]");
    if (form) { dirty = form; }
  });
  doc.addEventListener("exemplar:saved", function () { dirty = null; });
  window.addEventListener("beforeunload", function (event) { if (dirty) { event.preventDefault(); event.returnValue = body.dataset.unsaved; } });
  doc.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented) { return; }
    dirty = null;
    if ((form.getAttribute("method") || "").toLowerCase() !== "post" || form.target === "_blank" || form.hasAttribute("data-repeatable")) { return; }
    if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 15000) { event.preventDefault(); return; }
    form.dataset.sent = String(Date.now());
    var button = event.submitter;
    if (button) { button.setAttribute("aria-busy", "true"); }
  });
  window.addEventListener("pageshow", function () {
    all("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
    all("[aria-busy=true]").forEach(function (busy) { busy.removeAttribute("aria-busy"); });
  });

  /* ----- countdown by the server's clock ----- */
  var skew = body.dataset.now ? Date.parse(body.dataset.now) - Date.now() : 0;
  function fill(template, values) { return template.replace(/\{(\w)\}/g, function (whole, key) { return values[key]; }); }
  function tick() {
    all("[data-countdown]").forEach(function (node) {
      var left = Math.floor((Date.parse(node.dataset.countdown) - Date.now() - skew) / 1000);
      var value = { d: Math.floor(left / 86400), h: Math.floor(left / 3600) % 24, m: Math.floor(left / 60) % 60, s: left % 60 };
      var text = left <= 0 ? node.dataset.over
        : left >= 86400 ? fill(node.dataset.days, value)
        : left >= 3600 ? fill(node.dataset.hours, value) : fill(node.dataset.minutes, value);
      var strong = node.querySelector("strong");
      if (strong.textContent !== text) { strong.textContent = text; }
      node.classList.toggle("over", left <= 0);
      node.classList.toggle("soon", left > 0 && left < 86400);
    });
  }
  if (doc.querySelector("[data-countdown]")) { tick(); setInterval(tick, 1000); }

  /* ----- length of a field: each CJK character one, each Latin word or number one, as the server counts titles ----- */
  function counters(from) {
    all("[data-counter]", from).forEach(function (field) {
      if (field.dataset.counting) { return; }
      field.dataset.counting = "yes";
      var limit = Number(field.dataset.counter), line = doc.createElement("p");
      line.className = "counter";
      field.insertAdjacentElement("afterend", line);
      function show() {
        var n = Array.from(field.value.trim()).length;
        line.textContent = n + " / " + limit + (field.dataset.counterUnit || "");
        line.classList.toggle("over", n > limit);
      }
      field.addEventListener("input", show);
      show();
    });
  }
  counters(doc);

  /* ----- small things ----- */
  function copyByHand(text, beside) { /* pages without https have no clipboard of their own */
    var field = doc.createElement("textarea");
    field.value = text;
    field.className = "visually-hidden";
    beside.parentNode.appendChild(field);
    field.select();
    doc.execCommand("copy");
    field.remove();
    beside.focus();
  }
  doc.addEventListener("change", function (event) {
    var field = event.target;
    if (field.hasAttribute("data-autosubmit")) { field.form.requestSubmit(); }
    if (field.dataset.selectAll) {
      all('input[type=checkbox][name="' + field.dataset.selectAll + '"]').forEach(function (box) { if (!box.disabled) { box.checked = field.checked; } });
    }
    all("[data-selected-count]").forEach(function (out) {
      out.textContent = all('input[name="' + out.dataset.selectedCount + '"]:checked').length;
    });
  });
  doc.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) { window.print(); }
    var copy = event.target.closest("[data-copy]");
    if (copy) {
      var source = doc.querySelector(copy.dataset.copy), text = (source.value || source.textContent).trim();
      if (navigator.clipboard) { navigator.clipboard.writeText(text); } else { copyByHand(text, copy); }
      if (copy.dataset.copied) { toast(copy.dataset.copied); }
    }
  });

  /* ----- keys: "/" to the search, "?" to the list of keys; can be switched off for good ----- */
  function keysOff() { try { return localStorage.getItem("exemplar.keys") === "off"; } catch (error) { return false; } }
  doc.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || keysOff()) { return; }
    if (event.key === "?") {
      var help = doc.querySelector("dialog[data-keys]");
      if (help && !help.open) { event.preventDefault(); help.showModal(); }
      return;
    }
    var target = all("[data-hotkey]").filter(function (node) { return node.dataset.hotkey === event.key; })[0];
    if (!target || doc.querySelector("dialog[open]")) { return; }
    event.preventDefault();
    if (/^(INPUT|TEXTAREA)$/.test(target.tagName)) { target.focus(); target.select(); } else { target.click(); }
  });
  all("[data-keys-switch]").forEach(function (box) {
    box.checked = !keysOff();
    box.addEventListener("change", function () { try { localStorage.setItem("exemplar.keys", box.checked ? "on" : "off"); } catch (error) { /* private window: for this page only */ } });
  });

  /* ----- the current place in a strip of links that scrolls on a phone ----- */
  all(".nav2 [aria-current], .tabs [aria-current]").forEach(function (link) {
    var strip = link.closest("ul");
    strip.scrollLeft = Math.max(0, link.offsetLeft - strip.offsetLeft - 40);
  });

  /* ----- htmx: a refusal that comes as a whole page becomes a message, never a page inside a page ----- */
  doc.addEventListener("htmx:after:request", function (event) {
    var ctx = event.detail && event.detail.ctx;
    if (!ctx || !ctx.response || ctx.response.status < 400 || !/^\s*<!doctype/i.test(ctx.text || "")) { return; }
    event.preventDefault();
    var page = new DOMParser().parseFromString(ctx.text, "text/html");
    var reason = page.querySelector("[data-reason]") || page.querySelector("[data-error-summary] h2");
    toast(reason ? reason.textContent.trim() : body.dataset.failed, "err");
  });
  doc.addEventListener("htmx:error", function () { toast(body.dataset.failed, "err"); });
  doc.addEventListener("htmx:after:swap", function () { counters(doc); });
})();
