// Keys, inline saving and the panel of a field. The page works without this file as a plain form.
const form = document.getElementById("entry");
const words = form.dataset;
const token = form.elements.namedItem("csrf_token").value;
const states = document.getElementById("save-states");
const names = JSON.parse(words.names);
const shelf = `entry ${words.state}`; // what could not be saved is kept in this browser, by State and version

const cells = () => [...form.querySelectorAll(".cell")];
const rowOf = (cell) => cell.closest("[data-row]");
const fieldOf = (cell) => cell.name.slice(2);
const make = (tag, className, text) => {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
};

// ---- what could not be saved
const kept = () => {
  try { return JSON.parse(localStorage.getItem(shelf) || "{}"); } catch { return {}; }
};
const keep = (field, value) => {
  const all = kept();
  if (value === null) delete all[field];
  else all[field] = value;
  try { localStorage.setItem(shelf, JSON.stringify(all)); } catch { /* the row still shows it */ }
};

// ---- save states, in the row and summed up in the bar
const status = new Map();
function mark(cell, state) {
  const label = rowOf(cell).querySelector(".mx-label");
  label.querySelectorAll(".save").forEach((node) => node.remove());
  if (state === "saved") status.delete(fieldOf(cell));
  else status.set(fieldOf(cell), state);
  const shown = { saving: ["save save-ing", words.saving], conflict: ["save save-conf", words.conflict], failed: ["save save-fail", words.failed] }[state];
  if (shown) label.append(make("span", ...shown));
  summarise(state);
}
function summarise(last) {
  const count = (state) => [...status.values()].filter((each) => each === state).length;
  states.replaceChildren();
  if (count("saving")) states.append(make("span", "save save-ing", `${words.saving} ${count("saving")}`));
  else if (last === "saved") states.append(make("span", "save", `${words.saved} ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`));
  if (count("conflict")) states.append(make("span", "save save-conf", `${words.conflict} ${count("conflict")}`));
  if (count("failed")) {
    const again = make("button", "btn btn-s", words.retry);
    again.type = "button";
    again.addEventListener("click", () => cells().filter((cell) => status.get(fieldOf(cell)) === "failed").forEach(save));
    states.append(make("span", "save save-fail", `${words.failed} ${count("failed")}`), again);
  }
}

// ---- saving: one field after another, the newest choice of each
let queue = Promise.resolve();
function save(cell) {
  mark(cell, "saving");
  queue = queue.then(() => send(cell));
  return queue;
}
async function send(cell) {
  const option = cell.value;
  if (option === cell.dataset.was) { keep(fieldOf(cell), null); mark(cell, "saved"); return; }
  const body = new URLSearchParams({ csrf_token: token, field: fieldOf(cell), option, revision: cell.dataset.revision });
  let answer, told;
  try {
    answer = await fetch(words.save, { method: "POST", body, headers: { Accept: "application/json" } });
    told = await answer.json();
  } catch {
    return failed(cell, option, "");
  }
  if (answer.ok) {
    cell.dataset.revision = told.revision;
    cell.dataset.was = option;
    form.elements.namedItem(`was:${fieldOf(cell)}`).value = `${told.revision}|${option}`;
    keep(fieldOf(cell), null);
    changed(cell);
    mark(cell, "saved");
  } else if (answer.status === 409) {
    mark(cell, "conflict");
    conflict(cell, option, told);
  } else {
    failed(cell, option, answer.status === 401 ? words.signIn : told.sentence);
  }
}
function failed(cell, option, sentence) {
  keep(fieldOf(cell), { option, revision: cell.dataset.revision });
  mark(cell, "failed");
  if (sentence) states.append(make("span", "err", sentence));
}
function changed(cell) {
  const holder = cell.parentElement;
  if (!holder.querySelector(".mk-ch")) {
    holder.append(make("span", "mk mk-ch", ""));
    holder.lastChild.setAttribute("aria-hidden", "true");
    cell.setAttribute("aria-label", `${cell.getAttribute("aria-label")}, ${words.changed}`);
    const count = document.querySelector("[data-count=changed]");
    count.textContent = Number(count.textContent) + 1;
  }
}

// ---- two people saved the same field: both values, neither is lost
function beneath(cell, className) {
  const row = rowOf(cell);
  const added = document.createElement("tr");
  added.className = className;
  const place = document.createElement("td");
  place.className = "mx-panel";
  place.colSpan = [...row.children].reduce((sum, each) => sum + each.colSpan, 0);
  added.append(place);
  row.after(added);
  return place;
}
function conflict(cell, option, told) {
  const place = beneath(cell, "mx-confrow");
  place.classList.add("mx-conf");
  const box = make("div", "conf", "");
  const side = (title, text, className) => {
    const part = make("div", className, "");
    part.append(make("p", "lbl", title), make("p", "", text));
    return part;
  };
  const nameOf = (value) => names[value];
  const acts = make("p", "acts", "");
  const choose = (text, act) => {
    const button = make("button", "btn", text);
    button.type = "button";
    button.addEventListener("click", () => { place.parentElement.remove(); act(); cell.focus(); });
    acts.append(button);
  };
  choose(words.keep, () => {
    cell.value = cell.dataset.was = told.option;
    cell.dataset.revision = told.revision;
    form.elements.namedItem(`was:${fieldOf(cell)}`).value = `${told.revision}|${told.option}`;
    keep(fieldOf(cell), null);
    mark(cell, "saved");
  });
  choose(words.mine, () => {
    cell.dataset.was = told.option;
    cell.dataset.revision = told.revision;
    cell.value = option;
    save(cell);
  });
  box.append(side(words.yours, nameOf(option), "conf-mine"), side(`${words.theirs}: ${[told.by, told.at].filter(Boolean).join(", ")}`, nameOf(told.option), ""), acts);
  place.append(make("h2", "", words.two), box);
  acts.firstChild.focus();
}

// ---- the panel of a field, fetched from its own page
function close() {
  const open = form.querySelector(".mx-open");
  if (!open) return;
  const row = open.previousElementSibling;
  open.remove();
  row.classList.remove("is-open");
  const cell = row.querySelector(".cell[aria-current]");
  cell?.removeAttribute("aria-current");
  (cell || row.querySelector(".cell")).focus();
}
async function open(cell) {
  close();
  await queue;
  const answer = await fetch(`${words.field.replace("FIELD", fieldOf(cell))}?panel=1`);
  if (!answer.ok) { location.assign(words.field.replace("FIELD", fieldOf(cell))); return; }
  rowOf(cell).classList.add("is-open");
  cell.setAttribute("aria-current", "true");
  const place = beneath(cell, "mx-open");
  fill(place, await answer.text());
}
function fill(place, html) {
  // The fragment comes from our own server, escaped there.
  const part = new DOMParser().parseFromString(`<template>${html}</template>`, "text/html").querySelector("template").content;
  place.replaceChildren(part);
  const shut = make("button", "btn btn-s btn-quiet", words.close);
  shut.type = "button";
  shut.addEventListener("click", close);
  place.querySelector(".panel-head").append(shut);
  (place.querySelector("input:checked") || place.querySelector("input, textarea, a"))?.focus();
}
document.addEventListener("submit", async (event) => {
  const sent = event.target;
  if (sent.id !== "field-form" || !sent.closest(".mx-panel")) return;
  event.preventDefault();
  const place = sent.closest(".mx-panel");
  const address = sent.getAttribute("action");
  const answer = await fetch(`${address}?panel=1`, { method: "POST", body: new URLSearchParams(new FormData(sent)), headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) {
    const key = place.closest("tr").previousElementSibling.querySelector(".cell[aria-current]").id;
    location.hash = "";
    location.replace(`${location.pathname}${location.search}#${key}`);
    location.reload();
  } else if (answer && answer.headers.get("Content-Type")?.includes("html")) {
    fill(place, await answer.text());
  } else {
    place.querySelector(".panel-head").append(make("p", "err", answer?.status === 401 ? words.signIn : words.failed));
  }
}, true); // captured: a form inside a form does not let its submission rise

// ---- keys
const keys = { x: "X", "?": "?", n: "NA", " ": "", delete: "-" };
form.addEventListener("keydown", (event) => {
  const cell = event.target.closest(".cell");
  if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
  const row = rowOf(cell);
  const rows = [...form.querySelectorAll("[data-row]")];
  const column = [...row.querySelectorAll(".cell")].indexOf(cell);
  const onward = getComputedStyle(form).direction === "rtl" ? -1 : 1;
  const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowRight: [0, onward], ArrowLeft: [0, -onward] }[event.key];
  const option = event.key === "X" && event.shiftKey ? "XA" : keys[event.key.toLowerCase()];
  if (step) {
    const target = rows[rows.indexOf(row) + step[0]]?.querySelectorAll(".cell")[column + step[1]];
    target?.focus();
  } else if (event.key === "Enter") {
    open(cell);
  } else if (option !== undefined) {
    cell.value = option;
    cell.dispatchEvent(new Event("change", { bubbles: true }));
  } else {
    return;
  }
  event.preventDefault();
});
form.addEventListener("change", (event) => {
  if (event.target.matches(".cell")) save(event.target);
});
form.addEventListener("click", (event) => {
  const link = event.target.closest("[data-open]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(document.getElementById(`c-${link.dataset.open}`));
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, [contenteditable]");
  if (event.key === "Escape") close();
  else if (event.key === "/" && !typing) { event.preventDefault(); document.getElementById("jump").focus(); }
  else if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !typing) { event.preventDefault(); queue.then(() => document.getElementById("undo").click()); }
});
addEventListener("beforeunload", (event) => { if ([...status.values()].includes("saving")) event.preventDefault(); });

// ---- what an earlier visit could not save is shown again, and saved once more
for (const [field, value] of Object.entries(kept())) {
  const cell = document.getElementById(`c-${field}`);
  if (!cell) continue;
  cell.value = value.option;
  if (value.revision) cell.dataset.revision = value.revision;
  save(cell);
}
if (location.hash.startsWith("#c-")) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.focus();
