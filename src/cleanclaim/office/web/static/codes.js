"use strict";
/* The code book and the PCS builder: a box that walks its list, a box that narrows one, and the code being built. */
(() => {
  const one = (query, within = document) => within.querySelector(query);
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const hits = () => all("[data-hit]").filter((hit) => !hit.hidden);
  const WIDE = 900;
  const LOOK_AFTER_MS = 140;
  let looking = 0;

  function mark(hit) {
    all("[data-hit].current").forEach((other) => other.classList.remove("current"));
    hit?.classList.add("current");
    hit?.scrollIntoView({ block: "nearest" });
  }

  function walk(by) {
    const list = hits();
    const here = list.findIndex((hit) => hit.classList.contains("current"));
    look(list[Math.max(0, Math.min(list.length - 1, here + by))]);
  }

  /* Where there is room beside the list, the code at the cursor is shown without being asked for. */
  function look(hit) {
    mark(hit);
    clearTimeout(looking);
    if (hit && one("#entry") && innerWidth > WIDE) looking = setTimeout(() => one("a", hit).click(), LOOK_AFTER_MS);
  }

  function open() {
    const hit = hits().find((one) => one.classList.contains("current")) || hits()[0];
    if (!hit) return;
    clearTimeout(looking);
    mark(hit);
    one("a", hit).click();
  }

  function narrow(box) {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    const list = all("[data-names]");
    list.forEach((hit) => {
      const names = hit.dataset.names.toLowerCase();
      hit.hidden = !words.every((word) => names.includes(word));
    });
    const left = list.filter((hit) => !hit.hidden).length;
    const none = one("[data-none]");
    if (none) none.hidden = left > 0 || !list.length;
    const count = one("[data-count]");
    if (count) count.textContent = left === 1 ? "1 value" : `${left} values`;
    mark(words.length ? hits()[0] : null);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const box = event.target.closest?.("[data-typeahead], [data-narrows], [data-code]");
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (box && steps[event.key]) walk(steps[event.key]);
    else if (box && event.key === "Enter") open();
    else if (!box && event.key === "w" && !event.target.matches("input, select, textarea") && one("#words")) one("#words").select();
    else return;
    event.preventDefault();
  }, true);

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-narrows]")) narrow(event.target);
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const target = event.detail.target.id;
    if (target === "results") look(hits()[0]);
    if (target === "results" && !hits().length) one("#entry").replaceChildren();
    if (target === "entry" && innerWidth <= WIDE) one("#entry").scrollIntoView();
    if (target !== "steps") return;
    const key = one("[data-narrows]");
    key.value = "";
    const code = one("[data-code]");
    const reached = one("[data-reached]")?.dataset.reached;
    const typed = document.activeElement === code ? code.value.toUpperCase() : "";
    if (reached !== undefined && !(reached && typed.startsWith(reached))) code.value = reached;
    if (document.activeElement !== code && document.activeElement !== key) code.focus();
  });

  all(".queues [aria-current], .tabs [aria-current]").forEach((tab) => tab.scrollIntoView({ block: "nearest", inline: "center" }));
  mark(hits()[0]);
})();
