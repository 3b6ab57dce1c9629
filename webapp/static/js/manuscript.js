/* The photos of a manuscript: which are printed after the text, in which order, and into the text. The rows' own
   fields are what is posted; `photos` keeps them for the working copy that is saved while one types. */
(function () {
  "use strict";
  var form = document.getElementById("draft"), list = document.querySelector("[data-photos]");
  if (!form || !list) { return; }
  var field = form.elements.photos, area = document.getElementById("body");

  function rows() { return Array.prototype.slice.call(list.querySelectorAll("[data-photo]")); }
  function written() {
    return JSON.stringify(rows().filter(function (row) { return row.querySelector("[type=checkbox]").checked; }).map(function (row) {
      return { id: row.dataset.photo, caption: row.querySelector("[type=text]").value };
    }));
  }
  function changed() {
    if (field.value === written()) { return; }
    field.value = written();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  /* what was chosen in another copy stands in the rows */
  form.addEventListener("exemplar:shown", function () {
    var chosen = JSON.parse(field.value || "[]"), at = {};
    chosen.forEach(function (each, place) { at[each.id] = place; });
    rows().forEach(function (row) {
      var place = at[row.dataset.photo];
      row.querySelector("[type=checkbox]").checked = place !== undefined;
      if (place !== undefined) { row.querySelector("[type=text]").value = chosen[place].caption; }
    });
    rows().sort(function (one, other) {
      var a = at[one.dataset.photo], b = at[other.dataset.photo];
      return (a === undefined ? chosen.length : a) - (b === undefined ? chosen.length : b);
    }).forEach(function (row) { list.appendChild(row); });
  });
  list.addEventListener("input", changed);
  list.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) { return; }
    var row = button.closest("[data-photo]");
    if (button.hasAttribute("data-photo-up") && row.previousElementSibling) { row.previousElementSibling.before(row); }
    else if (button.hasAttribute("data-photo-down") && row.nextElementSibling) { row.nextElementSibling.after(row); }
    else if (button.hasAttribute("data-photo-insert")) {
      area.exemplarEditor.insertPicture(row.querySelector("img").getAttribute("src"), "", row.querySelector("[type=text]").value);
      return;
    }
    button.focus();
    changed();
  });
})();
