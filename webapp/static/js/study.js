/* A study session on a telephone: when another question is asked, the form grows; what has been chosen stays. */
(function () {
  "use strict";
  var place = document.querySelector("[data-study]");
  if (!place) { return; }
  var box = document.getElementById("questions");
  var state = place.dataset.study, asked = now().asked;

  function now() {
    var part = place.querySelector("[data-state]");
    return { state: part.dataset.state, asked: part.dataset.asked };
  }

  function filled() {
    var kept = {};
    box.querySelectorAll("input, textarea").forEach(function (field) {
      if (!field.name || field.type === "hidden") { return; }
      if (field.type === "textarea") { kept[field.name] = field.value; } else { kept[field.id] = field.checked; }
    });
    return kept;
  }

  function refill(kept) {
    box.querySelectorAll("input, textarea").forEach(function (field) {
      if (field.type === "textarea" && field.name in kept) { field.value = kept[field.name]; }
      if (field.type !== "textarea" && field.id in kept) { field.checked = kept[field.id]; }
    });
  }

  function grow() {
    fetch(place.dataset.questions, { credentials: "same-origin" }).then(function (answer) {
      return answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status)));
    }).then(function (html) {
      var kept = filled();
      box.innerHTML = html;
      refill(kept);
    }).catch(function () { asked = null; }); /* the next message tries again */
  }

  document.addEventListener("live:changed", function () {
    var seen = now();
    var wait = document.querySelector("[data-study-wait]");
    if (wait) { wait.hidden = seen.state !== "planned" && seen.state !== "open"; }
    if (seen.state !== state) {
      var begins = state === "planned";
      state = seen.state;
      if (begins) { location.reload(); return; } /* the boxes for checking in and for words come with the page */
    }
    if (seen.state === "closed") {
      document.querySelectorAll("[data-study-say], [data-answers] button").forEach(function (each) { each.hidden = true; });
      return;
    }
    if (seen.asked !== asked) { asked = seen.asked; grow(); }
  });
})();
