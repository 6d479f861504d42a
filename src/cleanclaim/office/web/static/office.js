"use strict";
/* Keys for every page. A page says what its keys do in its own markup: data-key on a button or link is pressed by
   that key, data-row inside data-list is walked by j and k, data-dialog opens a dialog, data-back is where Esc leads. */
(() => {
  const GO_FOR_MS = 1500;
  let goUntil = 0;

  const one = (query, within = document) => within.querySelector(query);
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const typing = (element) => element && (element.matches("input, textarea, select") || element.isContentEditable);
  const openDialog = () => one("dialog[open]");

  /* ---------- rows ---------- */
  const rows = () => all("[data-list] [data-row]");
  const currentRow = () => document.activeElement?.closest("[data-row]") || one("[data-row].current");

  function goTo(row, { jump = true } = {}) {
    if (!row) return;
    all("[data-row].current").forEach((other) => other !== row && close(other));
    row.classList.add("current");
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    if (jump) showEvidence(row);
  }

  function close(row) {
    row.classList.remove("current");
    all(".reasons, .edit", row).forEach((part) => { part.hidden = true; });
  }

  function step(by) {
    const list = rows();
    const here = list.indexOf(currentRow());
    goTo(list[here < 0 ? 0 : Math.max(0, Math.min(list.length - 1, here + by))]);
  }

  function openRow(row) {
    const link = one("[data-open]", row);
    if (link) { link.click(); return true; }
    const accept = one("[data-do=accept]", row) || one("[data-do=edit]", row);
    if (accept) { accept.click(); return true; }
    return false;
  }

  /* ---------- the note ---------- */
  const marksOf = (number) => all(".note mark[data-n], .note .carried[data-n]").filter((mark) => mark.dataset.n.split(" ").includes(number));

  function showEvidence(row) {
    all(".note .current").forEach((mark) => mark.classList.remove("current"));
    if (row.dataset.n === undefined) return;
    const marks = marksOf(row.dataset.n);
    marks.forEach((mark) => mark.classList.add("current"));
    marks[0]?.scrollIntoView({ block: "center" });
  }

  function paintMarks() {
    const panel = one("#codes");
    if (!panel) return;
    const standing = new Set(panel.dataset.standing.split(" "));
    const open = new Set(all("[data-kind=open]", panel).map((row) => row.dataset.n));
    all(".note mark[data-n]").forEach((mark) => {
      const numbers = mark.dataset.n.split(" ");
      mark.classList.remove("suggested", "chosen", "suppressed");
      if (numbers.some((number) => standing.has(number))) mark.classList.add("chosen");
      else mark.classList.add(numbers.some((number) => open.has(number)) ? "suggested" : "suppressed");
    });
  }

  function selectionInNote() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const start = range.startContainer.parentElement?.closest("[data-document]");
    if (!start || start !== range.endContainer.parentElement?.closest("[data-document]")) return null;
    const before = document.createRange();
    before.selectNodeContents(start);
    before.setEnd(range.startContainer, range.startOffset);
    const length = (text) => [...text].length;
    const from = length(before.toString());
    return { text: range.toString(), document: start.dataset.document, start: from, end: from + length(range.toString()) };
  }

  /* ---------- coding: adding a code ---------- */
  let chosenSpan = null;

  function openAdding() {
    const box = one("#adding");
    if (!box) return;
    chosenSpan = selectionInNote();
    box.hidden = false;
    const input = one("#add");
    input.value = chosenSpan ? chosenSpan.text.replace(/\s+/g, " ").trim().slice(0, 80) : "";
    one("#found").replaceChildren();
    input.focus();
    if (input.value) htmx.trigger(input, "fill");
  }

  function closeAdding() {
    const box = one("#adding");
    if (!box || box.hidden) return false;
    box.hidden = true;
    goTo(currentRow() || rows()[0]);
    return true;
  }

  const foundRows = () => all("#found [data-found]");

  function walkFound(by) {
    const list = foundRows();
    const here = list.findIndex((row) => row.classList.contains("current"));
    list[here]?.classList.remove("current");
    const row = list[Math.max(0, Math.min(list.length - 1, here + by))];
    row?.classList.add("current");
    row?.scrollIntoView({ block: "nearest" });
  }

  function keyInAdding(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      walkFound(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      one("#found .current button")?.click();
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  }

  /* ---------- coding: rows ---------- */
  let place = null;

  function keyInRow(event, row) {
    const reasons = one(".reasons", row);
    if (reasons && !reasons.hidden && /^[1-9]$/.test(event.key)) {
      one(`[data-digit="${event.key}"]`, reasons)?.click();
      return true;
    }
    const act = { x: "reject", e: "edit", J: "down", K: "up" }[event.key];
    const button = act && one(`[data-do="${act}"]`, row);
    if (!button) return false;
    button.click();
    return true;
  }

  function reveal(row, query) {
    const part = one(query, row);
    if (!part) return;
    const wasHidden = part.hidden;
    all(".reasons, .edit", row).forEach((other) => { other.hidden = true; });
    part.hidden = !wasHidden;
    if (wasHidden && query === ".edit") one("input:not([type=hidden]), select", part)?.select?.();
    if (wasHidden && query === ".edit") one("input:not([type=hidden]), select", part)?.focus();
    part.scrollIntoView({ block: "nearest" });
  }

  function rememberPlace(element) {
    const row = element.closest?.("[data-row]");
    if (!row) { place = null; return; }
    const open = all("[data-kind=open]");
    place = { kind: row.dataset.kind, code: row.dataset.code, index: open.indexOf(row) };
  }

  function restorePlace() {
    const panel = one("#codes");
    const byCode = (code) => code && all("[data-row]", panel).find((row) => row.dataset.code === code);
    const open = all("[data-kind=open]", panel);
    let row = byCode(panel.dataset.focus);
    if (!row && place?.kind === "open") row = open[Math.min(place.index, open.length - 1)];
    if (!row && place && place.kind !== "open") row = byCode(place.code);
    goTo(row || open[0] || one("[data-row]", panel));
    place = null;
  }

  function askRelease() {
    const left = Number(one("#codes").dataset.openCount);
    if (!left) { one("#release-form").requestSubmit(); return; }
    const words = left === 1 ? "1 suggestion is not decided" : `${left} suggestions are not decided`;
    one("[data-undecided]").textContent = `${words}. Released now, it is left out of the claim.`;
    one("#release").showModal();
  }

  /* ---------- the worklist's filter ---------- */
  function narrow() {
    const table = one("table.work[data-list]");
    const box = one("#find");
    if (!table || !/^\/(work|files)\//.test(location.pathname)) return;
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    all("[data-row]", table).forEach((row) => {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      if (row.hidden) row.removeAttribute("data-row"), row.setAttribute("data-row-hidden", "");
    });
    all("[data-row-hidden]", table).forEach((row) => {
      const text = row.textContent.toLowerCase();
      if (!words.every((word) => text.includes(word))) return;
      row.hidden = false;
      row.removeAttribute("data-row-hidden");
      row.setAttribute("data-row", "");
    });
    const address = new URL(location.href);
    if (box.value) address.searchParams.set("q", box.value); else address.searchParams.delete("q");
    history.replaceState(null, "", address);
  }

  /* ---------- keys ---------- */
  function press(name) {
    const within = openDialog() || document;
    const button = all(`[data-key="${name}"]`, within).find((element) => !element.closest("dialog:not([open])"));
    if (!button) return false;
    button.click();
    return true;
  }

  function escape(element) {
    if (openDialog()) return false;
    if (closeAdding()) return true;
    const row = element?.closest?.("[data-row]") || currentRow();
    const part = row && all(".reasons, .edit", row).find((one) => !one.hidden);
    if (part) { part.hidden = true; goTo(row); return true; }
    if (typing(element)) { element.blur(); goTo(currentRow() || rows()[0], { jump: false }); return true; }
    const back = one("[data-back]");
    if (back) { back.click(); return true; }
    return false;
  }

  function keyWhileTyping(event) {
    if (event.key === "Escape") return escape(event.target);
    if (event.target.id === "add") return keyInAdding(event);
    return false;
  }

  function plainKey(event) {
    const key = event.key;
    if (Date.now() < goUntil) {
      goUntil = 0;
      const link = one(`[data-go="${CSS.escape(key)}"]`);
      if (link) { link.click(); return true; }
    }
    const row = currentRow();
    if (!openDialog() && row && keyInRow(event, row)) return true;
    if (key === "Escape") return escape(event.target);
    if (openDialog()) return press(key);
    if (key === "g") { goUntil = Date.now() + GO_FOR_MS; return true; }
    if (key === "/") { one("#find")?.focus(); one("#find")?.select(); return Boolean(one("#find")); }
    if (key === "j" || key === "ArrowDown") { if (!rows().length) return false; step(1); return true; }
    if (key === "k" || key === "ArrowUp") { if (!rows().length) return false; step(-1); return true; }
    if (key === "Enter" && row && document.activeElement === row) return openRow(row);
    return press(key);
  }

  /* Keys pressed while the office answers are kept and done in their order, so that a fast hand loses none. */
  let answering = false;
  const ahead = [];

  function handle(event) {
    if (event.ctrlKey) return event.key === "Enter" && press("ctrl+enter");
    return typing(event.target) ? keyWhileTyping(event) : plainKey(event);
  }

  function answered() {
    answering = false;
    while (ahead.length && !answering) {
      const { key, ctrlKey } = ahead.shift();
      handle({ key, ctrlKey, target: document.activeElement || document.body, preventDefault() {} });
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.metaKey || event.altKey) return;
    if (answering && !typing(event.target) && (event.key.length === 1 || event.key === "Enter")) {
      if (!event.repeat && (!event.ctrlKey || event.key === "Enter")) ahead.push(event);
      event.preventDefault();
      return;
    }
    if (handle(event)) event.preventDefault();
  });

  /* ---------- clicks ---------- */
  document.addEventListener("click", (event) => {
    const target = event.target;
    const opener = target.closest("[data-dialog]");
    if (opener) { document.getElementById(opener.dataset.dialog).showModal(); return; }
    if (target.closest("[data-close]")) { target.closest("dialog").close(); return; }
    if (target.closest("[data-add]")) { openAdding(); return; }
    if (target.closest("[data-release]")) { askRelease(); return; }
    const row = target.closest("[data-row]");
    const act = target.closest("[data-do]")?.dataset.do;
    if (row && act === "reject") { reveal(row, ".reasons"); return; }
    if (row && act === "edit") { reveal(row, ".edit"); return; }
    const mark = target.closest(".note mark[data-n]");
    if (mark && document.getSelection().isCollapsed) {
      const numbers = mark.dataset.n.split(" ");
      goTo(rows().find((one) => numbers.includes(one.dataset.n)), { jump: false });
      marksOf(numbers[0]).forEach((other) => other.classList.add("current"));
      return;
    }
    if (!row || target.closest("a, button, input, select, label, summary")) return;
    if (row.matches("tr")) one("[data-open]", row)?.click(); else goTo(row);
  });

  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row && !row.classList.contains("current")) {
      all("[data-row].current").forEach(close);
      row.classList.add("current");
      showEvidence(row);
    }
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
  });
  document.addEventListener("input", (event) => { if (event.target.id === "find") narrow(); });
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent && !event.target.hasAttribute("hx-post")) event.preventDefault();
    event.target.dataset.sent = "yes";
    setTimeout(() => { delete event.target.dataset.sent; }, 4000);
  });

  /* ---------- htmx ---------- */
  document.addEventListener("htmx:configRequest", (event) => {
    const form = event.detail.elt;
    if (form.closest?.("#found") && chosenSpan) {
      event.detail.parameters.document = chosenSpan.document;
      event.detail.parameters.start = chosenSpan.start;
      event.detail.parameters.end = chosenSpan.end;
    }
    if (event.detail.verb === "post") rememberPlace(form);
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target.id === "codes") answering = true;
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const request = event.detail.xhr;
    if (request.responseURL && new URL(request.responseURL).pathname === "/sign-in/") {
      event.detail.shouldSwap = false;
      location.reload();
    }
  });
  /* Only now does htmx know the new panel: a key before this would send its form as a plain one. */
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id === "found" && !one("#found .current")) walkFound(1);
    if (event.detail.target.id !== "codes" || !answering) return;
    const box = one("#adding");
    if (box) box.hidden = true;
    paintMarks();
    restorePlace();
    answered();
  });
  document.addEventListener("htmx:responseError", (event) => {
    answering = false;
    ahead.length = 0;
    const panel = one("#codes");
    if (!panel) return;
    const words = document.createElement("p");
    words.className = "fault";
    words.setAttribute("role", "alert");
    words.textContent = `The office did not accept that (${event.detail.xhr.status}). Load the page again to see how it stands.`;
    panel.prepend(words);
  });
  document.addEventListener("htmx:sendError", () => {
    answering = false;
    ahead.length = 0;
    one(".messages").textContent = "The office cannot be reached. Nothing was changed.";
  });

  /* ---------- start ---------- */
  one("dialog[data-show]")?.showModal();
  if (one("[data-coding]")) {
    paintMarks();
    goTo(one("[data-kind=open]") || rows()[0]);
  } else if (!document.activeElement || document.activeElement === document.body) {
    const first = rows()[0];
    if (first) { first.classList.add("current"); first.focus({ preventScroll: true }); }
  }
})();
