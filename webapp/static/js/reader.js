/* The page of a case: where one is in the text, photos enlarged, the hits before and after. Everything can be
   read without this file. */
(function () {
  "use strict";
  var doc = document, root = doc.documentElement;
  function all(selector, from) { return Array.prototype.slice.call((from || doc).querySelectorAll(selector)); }
  function keysOff() { try { return localStorage.getItem("exemplar.keys") === "off"; } catch (error) { return false; } }

  /* ----- on a narrow screen the list of contents is folded until it is wanted ----- */
  var fold = doc.querySelector("[data-contents]");
  if (fold && fold.parentNode.getBoundingClientRect().width > 0 && getComputedStyle(fold.parentNode).position !== "sticky") { fold.open = false; }

  /* ----- how far one has read; the heading one is under ----- */
  var text = doc.querySelector(".case-text"), bar = doc.querySelector("[data-progress]");
  var links = all("[data-toc] a");
  var heads = links.map(function (link) { return doc.getElementById(decodeURIComponent(link.hash.slice(1))); });
  var waiting = false;
  function follow() {
    waiting = false;
    var box = text.getBoundingClientRect(), way = box.height - window.innerHeight;
    var read = way > 0 ? Math.min(1, Math.max(0, -box.top / way)) : (box.bottom <= window.innerHeight ? 1 : 0);
    bar.style.transform = "scaleX(" + read.toFixed(4) + ")";
    var current = -1, atEnd = window.innerHeight + window.scrollY >= root.scrollHeight - 2;
    heads.forEach(function (head, place) { if (head && head.getBoundingClientRect().top < window.innerHeight * 0.3) { current = place; } });
    if (atEnd && heads.length && heads[heads.length - 1].getBoundingClientRect().top < window.innerHeight) { current = Math.max(current, heads.length - 1); }
    links.forEach(function (link, place) {
      if (place === current) { link.setAttribute("aria-current", "location"); } else { link.removeAttribute("aria-current"); }
    });
  }
  function soon() { if (!waiting) { waiting = true; window.requestAnimationFrame(follow); } }
  if (text && bar) {
    window.addEventListener("scroll", soon, { passive: true });
    window.addEventListener("resize", soon);
    follow();
  }

  /* ----- a table that fits needs no stop for the keyboard ----- */
  function measure() {
    all(".table-box").forEach(function (box) {
      if (box.scrollWidth > box.clientWidth + 1) { box.tabIndex = 0; } else { box.removeAttribute("tabindex"); }
    });
  }
  measure();
  window.addEventListener("resize", measure);

  /* ----- a photo enlarged: arrows, Home, End, Escape; the focus comes back ----- */
  var dialog = doc.querySelector("[data-lightbox]"), pictures = all("[data-enlarge]"), shown = 0;
  function caption(link) {
    var figure = link.closest("figure"), words = figure && figure.querySelector("figcaption");
    return link.dataset.caption || (words ? words.textContent : "");
  }
  function show(place) {
    shown = Math.min(pictures.length - 1, Math.max(0, place));
    var link = pictures[shown], own = link.querySelector("img"), image = dialog.querySelector("[data-lightbox-image]");
    image.src = link.href;
    image.alt = own ? own.alt : caption(link);
    dialog.querySelector("[data-lightbox-caption]").textContent = caption(link);
    dialog.querySelector("[data-lightbox-place]").textContent = pictures.length > 1 ? (shown + 1) + " / " + pictures.length : "";
    all("[data-lightbox-step]", dialog).forEach(function (button) {
      var target = shown + Number(button.dataset.lightboxStep);
      button.hidden = pictures.length < 2;
      button.disabled = target < 0 || target >= pictures.length;
    });
  }
  if (dialog && pictures.length) {
    pictures.forEach(function (link, place) {
      link.setAttribute("role", "button");
      link.setAttribute("aria-haspopup", "dialog");
      link.addEventListener("click", function (event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) { return; }
        event.preventDefault();
        show(place);
        dialog.showModal();
        dialog.querySelector("[data-lightbox-close]").focus();
      });
      link.addEventListener("keydown", function (event) { if (event.key === " ") { event.preventDefault(); link.click(); } });
    });
    dialog.addEventListener("click", function (event) {
      var step = event.target.closest("[data-lightbox-step]");
      if (step) { show(shown + Number(step.dataset.lightboxStep)); }
      else if (!event.target.closest(".lightbox-caption")) { dialog.close(); }
    });
    dialog.addEventListener("keydown", function (event) {
      var target = { ArrowLeft: shown - 1, ArrowRight: shown + 1, Home: 0, End: pictures.length - 1 }[event.key];
      if (target === undefined) { return; }
      event.preventDefault();
      show(target);
    });
    dialog.addEventListener("close", function () { pictures[shown].focus(); });
  }

  /* ----- arrows go to the hits before and after, where they do nothing else ----- */
  doc.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented || keysOff()) { return; }
    if (event.target !== doc.body && event.target.id !== "main" || doc.querySelector("dialog[open]")) { return; }
    var link = { ArrowLeft: doc.querySelector("[data-before]"), ArrowRight: doc.querySelector("[data-after]") }[event.key];
    if (link && root.scrollWidth <= root.clientWidth) { event.preventDefault(); link.click(); }
  });

  /* ----- the system's own way of sending an address, where there is one ----- */
  all("[data-share]").forEach(function (button) {
    if (!navigator.share) { return; }
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.share({ title: button.dataset.shareTitle, url: button.dataset.shareUrl }).catch(function () { /* changed his mind */ });
    });
  });
})();
