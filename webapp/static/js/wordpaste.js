/* What Word and WPS put on the clipboard, as clean HTML: nested lists from their numbering styles, tables with their
   spans, pictures recovered from the RTF beside the HTML. Independent of the editor; the server cleans again. */
(function (scope) {
  "use strict";

  var OFFICE = /mso-|Mso|urn:schemas-microsoft-com:office|ProgId|kingsoft|wps/i;
  var KEPT = ["href", "src", "alt", "colspan", "rowspan"];
  var ORDERED = /[0-9a-zA-Z一二三四五六七八九十]+[.)、．）]/;

  function all(root, selector) { return Array.prototype.slice.call(root.querySelectorAll(selector)); }
  function unwrap(node) { node.replaceWith.apply(node, Array.prototype.slice.call(node.childNodes)); }
  function styleOf(node) { return node.getAttribute("style") || ""; }

  /* Pictures of the RTF in their order; Word writes each twice, the second time in \nonshppict. */
  function pictures(rtf) {
    var found = [];
    if (!rtf) { return found; }
    var source = rtf.replace(/\{\\nonshppict[\s\S]*?\}\}/g, "");
    var start = /\{\\pict[\s\S]*?(\\pngblip|\\jpegblip)/g, match;
    while ((match = start.exec(source))) {
      var hex = /(?:\}|\s)([0-9a-fA-F\s]{100,})\}/.exec(source.slice(match.index));
      if (!hex) { continue; }
      var digits = hex[1].replace(/\s/g, ""), bytes = new Uint8Array(digits.length >> 1);
      for (var i = 0; i < bytes.length; i += 1) { bytes[i] = parseInt(digits.substr(i * 2, 2), 16); }
      found.push(new Blob([bytes], { type: match[1] === "\\pngblip" ? "image/png" : "image/jpeg" }));
      start.lastIndex = match.index + 10;
    }
    return found;
  }

  function parse(html) {
    var readable = html
      .replace(/<!--\[if gte vml[\s\S]*?<!\[endif\]-->/gi, "")
      .replace(/<!\[if !supportLists\]>([\s\S]*?)<!\[endif\]>/gi, "<span data-marker>$1</span>")
      .replace(/<!\[(if[^\]]*|endif)\]>/gi, "");
    var doc = new DOMParser().parseFromString(readable, "text/html");
    var walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_COMMENT), comments = [];
    while (walker.nextNode()) { comments.push(walker.currentNode); }
    comments.forEach(function (comment) { comment.remove(); });
    all(doc.body, "style,meta,link,script,xml,title").forEach(function (node) { node.remove(); });
    return doc;
  }

  /* A number that Word or WPS made by itself: at a heading, or as official writing numbers its parts (一、 （一）
     第一部分), it belongs to the words. */
  var OFFICIAL = /^(?:第?[一二三四五六七八九十百]+(?:[、.．]|部分|章|节)|[（(][一二三四五六七八九十百]+[）)])/;
  function spoken(doc, block, markers) {
    var said = markers.length ? markers[0].textContent.replace(/[\s\u00a0]+/g, " ").trim() : "";
    if (!said || !(/^H/.test(block.tagName) || OFFICIAL.test(said))) { return false; }
    markers.forEach(function (node) { node.remove(); });
    block.prepend(doc.createTextNode(said + (/[、）)]$/.test(said) ? "" : " ")));
    return true;
  }

  /* Paragraphs with "mso-list: l0 level2" become nested lists. */
  function lists(doc) {
    var open = [];
    all(doc.body, "p,h1,h2,h3,h4,h5,h6,table").forEach(function (block) {
      if (block.tagName === "TABLE") { open = []; return; }
      var mark = /mso-list:\s*(l\d+)\s+level(\d+)/i.exec(styleOf(block));
      if (!mark) {
        if (!block.closest("td,th")) { open = []; }
        return;
      }
      var level = Number(mark[2]), markers = all(block, "[data-marker],[style*='mso-list:Ignore'],[style*='mso-list: Ignore']");
      if (spoken(doc, block, markers)) { open = []; return; }
      var ordered = ORDERED.test(markers.length ? markers[0].textContent.trim() : "");
      markers.forEach(function (node) { node.remove(); });
      while (open.length > level || (open.length && open[0].id !== mark[1])) { open.pop(); }
      while (open.length < level) {
        var list = doc.createElement(ordered ? "ol" : "ul");
        if (!open.length) {
          block.before(list);
        } else {
          var outer = open[open.length - 1].list;
          (outer.lastElementChild || outer.appendChild(doc.createElement("li"))).appendChild(list);
        }
        open.push({ list: list, id: mark[1] });
      }
      var item = doc.createElement("li");
      while (block.firstChild) { item.appendChild(block.firstChild); }
      open[open.length - 1].list.appendChild(item);
      block.remove();
    });
  }

  function tidy(doc) {
    var body = doc.body;
    all(body, "o\\:p").forEach(function (node) {
      if (/^[\s\u00a0]*$/.test(node.textContent)) { node.remove(); } else { unwrap(node); }
    });
    all(body, "*").forEach(function (node) {
      var align = /text-align:\s*(center|right)/i.exec(styleOf(node));
      Array.prototype.slice.call(node.attributes).forEach(function (attribute) {
        if (KEPT.indexOf(attribute.name) < 0) { node.removeAttribute(attribute.name); }
      });
      if (align && /^(P|TD|TH)$/.test(node.tagName)) { node.style.textAlign = align[1]; }
    });
    all(body, "span,font,a:not([href])").forEach(unwrap);
    all(body, "td>p:only-child,li>p:only-child").forEach(unwrap);
    body.normalize();
    all(body, "p").forEach(function (node) {
      if (!node.textContent.trim() && !node.querySelector("img")) { node.remove(); }
    });
    return body;
  }

  /* clipboard -> HTML, or null when it does not come from an office program. `upload(blob)` gives an address;
     `missing` stands where a picture could not be brought along. */
  scope.exemplarWordPaste = function exemplarWordPaste(clipboard, upload, missing) {
    var html = clipboard.getData("text/html");
    if (!OFFICE.test(html)) { return null; }
    var doc = parse(html);
    lists(doc);
    var body = tidy(doc), blobs = pictures(clipboard.getData("text/rtf"));
    var waiting = all(body, "img").filter(function (image) { return !/^https?:/i.test(image.getAttribute("src") || ""); });
    return Promise.all(waiting.map(function (image, index) {
      if (!blobs[index] || !upload) { image.replaceWith(missing); return null; }
      return upload(blobs[index]).then(
        function (address) { image.setAttribute("src", address); },
        function () { image.replaceWith(missing); }
      );
    })).then(function () { return body.innerHTML.replace(/\n+/g, " ").trim(); });
  };
})(window);
