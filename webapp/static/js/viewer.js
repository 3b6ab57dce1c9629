/* Pages of a book as pictures: turned by keys, buttons, swipes and the row of pages; the address follows. */
"use strict";
(() => {
  const viewer = document.querySelector("[data-viewer]");
  if (!viewer) return;
  const base = viewer.dataset.base;
  const count = Number(viewer.dataset.count);
  const spread = viewer.querySelector("[data-spread]");
  const field = viewer.querySelector("#page");
  let page = Number(field.value);

  const left = () => (page % 2 === 0 ? page : page - 1);

  function picture(number) {
    const image = document.createElement("img");
    image.className = number % 2 === 0 ? "verso" : "recto";
    image.src = `${base}/${number}.large.jpg`;
    image.alt = viewer.dataset.label.replace("{n}", number);
    return image;
  }

  function show(number, { push = true } = {}) {
    page = Math.min(count, Math.max(1, number));
    const pages = [left(), left() + 1].filter((each) => each >= 1 && each <= count);
    spread.replaceChildren(...pages.map(picture));
    field.value = page;
    for (const link of viewer.querySelectorAll("[data-page]")) {
      const current = pages.includes(Number(link.dataset.page));
      if (current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      if (current && Number(link.dataset.page) === page) link.scrollIntoView({ block: "nearest" });
    }
    for (const link of viewer.querySelectorAll("[data-turn]")) {
      link.href = `?page=${Math.min(count, Math.max(1, left() + 2 * Number(link.dataset.turn)))}`;
    }
    if (push) history.replaceState(null, "", `?page=${page}`);
    for (const next of [left() + 2, left() + 3]) if (next <= count) new Image().src = `${base}/${next}.large.jpg`;
  }

  const turn = (step) => show(Math.min(count, Math.max(1, left() + 2 * step)));

  viewer.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("[data-page], [data-turn]");
    if (!link) return;
    event.preventDefault();
    if (link.dataset.page) show(Number(link.dataset.page));
    else turn(Number(link.dataset.turn));
  });
  viewer.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    show(Number(field.value) || 1);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea, select") || event.altKey || event.ctrlKey || event.metaKey) return;
    const deeds = {
      ArrowLeft: () => turn(-1),
      ArrowRight: () => turn(1),
      PageUp: () => turn(-1),
      PageDown: () => turn(1),
      Home: () => show(1),
      End: () => show(count),
    };
    if (!deeds[event.key]) return;
    event.preventDefault();
    deeds[event.key]();
  });
  let from = null;
  spread.addEventListener("touchstart", (event) => { from = event.touches.length === 1 ? event.touches[0].clientX : null; }, { passive: true });
  spread.addEventListener("touchend", (event) => {
    if (from === null) return;
    const way = event.changedTouches[0].clientX - from;
    if (Math.abs(way) > 60) turn(way < 0 ? 1 : -1);
    from = null;
  });
})();
