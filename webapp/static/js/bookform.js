// 书籍信息与版式: only what belongs to the chosen kind of book is shown; a link to a field opens its part.
(function () {
  "use strict";
  var form = document.querySelector("[data-book-form]");
  if (!form) return;

  function showKind() {
    var chosen = form.querySelector("[name=profile]:checked");
    form.querySelectorAll("[data-profile]").forEach(function (part) {
      // What stands in the other kind's fields and would be refused stays in sight.
      var filled = part.querySelector(".fg.bad") !== null;
      part.hidden = !filled && chosen !== null && part.dataset.profile !== chosen.value;
    });
  }

  function open() {
    var target = window.location.hash.length > 1 && document.getElementById(window.location.hash.slice(1));
    if (!target) return;
    var part = target.closest("details");
    if (part && !part.open) part.open = true;
    target.scrollIntoView({ block: "center" });
    if (target.matches("input, textarea, select")) target.focus();
  }

  form.addEventListener("change", function (event) {
    if (event.target.name === "profile") showKind();
  });
  window.addEventListener("hashchange", open);
  document.addEventListener("click", function (event) {
    var link = event.target.closest(".lacking a, .err-sum a");
    if (link && link.getAttribute("href") === window.location.hash) open();
  });
  showKind();
  open();
})();
