/* Claims on a reading page: their words are marked in the text, with a number that leads to the claim and back; a
   juror's verdicts are saved one by one. Without this file the list of claims stands by itself and the form's buttons
   save. No inline code, no eval, no dependencies. */
(function () {
  "use strict";
  var doc = document, prose = doc.querySelector(".prose"), box = doc.querySelector("[data-claim-quotes]");
  if (!box) { return; }

  /* ----- the words in the text, blanks left out of account ----- */
  function letters(root) {
    var walker = doc.createTreeWalker(root, NodeFilter.SHOW_TEXT), found = [], node;
    while ((node = walker.nextNode())) {
      for (var at = 0; at < node.data.length; at += 1) {
        if (/\S/.test(node.data[at])) { found.push([node, at]); }
      }
    }
    return found;
  }
  function underline(quote) {
    var wanted = quote.textContent.replace(/\s+/g, ""), all = letters(prose);
    var begin = all.map(function (each) { return each[0].data[each[1]]; }).join("").indexOf(wanted);
    if (!wanted || begin < 0) { return; }
    var pieces = all.slice(begin, begin + wanted.length), last = null;
    for (var at = pieces.length - 1; at >= 0;) {
      var node = pieces[at][0], to = pieces[at][1] + 1, from = pieces[at][1];
      while (at >= 0 && pieces[at][0] === node) { from = pieces[at][1]; at -= 1; }
      var range = doc.createRange(), mark = doc.createElement("mark");
      range.setStart(node, from);
      range.setEnd(node, to);
      mark.className = "claimed";
      range.surroundContents(mark);
      last = last || mark;
    }
    var number = quote.dataset.quote, sup = doc.createElement("sup"), link = doc.createElement("a");
    link.href = "#claim-" + number + "-box";
    link.textContent = "[" + number + "]";
    sup.appendChild(link);
    last.appendChild(sup);
  }
  if (prose) { Array.prototype.forEach.call(box.querySelectorAll("[data-quote]"), underline); }

  /* ----- verdicts: saved through the score page's own queue ----- */
  function said(fieldset) {
    var chosen = fieldset.querySelector("input[type=radio]:checked");
    return { verdict: chosen && chosen.value ? chosen.value : null, remark: fieldset.querySelector("input:not([type=radio])").value };
  }
  function save(fieldset) {
    if (fieldset.disabled) { return; }
    doc.dispatchEvent(new CustomEvent("exemplar:save", { detail: { path: "/claims/" + fieldset.dataset.claim, body: said(fieldset) } }));
  }
  var timer = null;
  box.addEventListener("change", function (event) {
    var fieldset = event.target.closest("[data-claim]");
    if (fieldset) { clearTimeout(timer); save(fieldset); }
  });
  box.addEventListener("input", function (event) {
    var fieldset = event.target.closest("[data-claim]");
    if (!fieldset || event.target.type === "radio") { return; }
    clearTimeout(timer);
    timer = setTimeout(function () { save(fieldset); }, 900);
  });
  /* what an earlier visit could not send */
  doc.addEventListener("exemplar:unsent", function (event) {
    var number = /^\/claims\/(\d+)$/.exec(event.detail.path), fieldset = number && box.querySelector('[data-claim="' + number[1] + '"]');
    if (!fieldset) { return; }
    Array.prototype.forEach.call(fieldset.querySelectorAll("input[type=radio]"), function (each) { each.checked = each.value === (event.detail.body.verdict || ""); });
    fieldset.querySelector("input:not([type=radio])").value = event.detail.body.remark;
    save(fieldset);
  });
})();
