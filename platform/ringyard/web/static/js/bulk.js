// Ticks on a list of contacts, kept over the pages of a search, or "all of this search"; a dialog then asks for the rest.
// The list is brought anew by htmx, with the bar at its head: everything is looked up when it is needed.
const MOST = 10000;
const ticked = new Set();
let everything = false;
let search;

const bar = () => document.getElementById("bulk");
const dialog = () => document.getElementById("bulk-dialog");
const boxes = () => [...document.querySelectorAll("#list input[name=ids]")];

dressed();
document.addEventListener("htmx:afterSettle", () => bar() && dressed());
document.addEventListener("htmx:afterSwap", asked);
document.addEventListener("click", clicked);
document.addEventListener("change", ({ target }) => {
  if (target.matches("#list input[name=ids]")) tick([target], target.checked);
  if (target.matches("[data-tick-page]")) tick(boxes(), target.checked);
  if (target.name === "format" && dialog()?.contains(target)) shownForFormat(target.form);
});

// Another search is another choice; another page of the same one is not.
function dressed() {
  if (!bar()) return;
  if (bar().dataset.selection !== search) {
    ticked.clear();
    everything = false;
    search = bar().dataset.selection;
  }
  outOfTheList();
  addTickAll();
  drawn();
}

// The list is a form of its own, and forms do not stand in forms; the dialog also outlives a list that is brought anew.
function outOfTheList() {
  const came = document.querySelector("#list #bulk-dialog");
  if (!came) return;
  if (document.querySelector("body > #bulk-dialog")) came.remove();
  else document.body.append(came);
}

function addTickAll() {
  const head = document.querySelector("#list thead .tick-cell");
  if (!head || head.querySelector("[data-tick-page]")) return;
  const box = Object.assign(document.createElement("input"), { type: "checkbox", className: "form-check-input" });
  box.dataset.tickPage = "";
  box.setAttribute("aria-label", bar().dataset.tickAll);
  head.replaceChildren(box);
}

function tick(some, on) {
  if (everything) choose(false);
  for (const box of some) on && ticked.size < MOST ? ticked.add(box.value) : ticked.delete(box.value);
  drawn();
}

function choose(all) {
  ticked.clear();
  everything = all;
  drawn();
}

function drawn() {
  const all = boxes();
  for (const box of all) box.checked = everything || ticked.has(box.value);
  const head = document.querySelector("#list [data-tick-page]");
  const on = all.filter((box) => box.checked).length;
  if (head) Object.assign(head, { checked: on > 0 && on === all.length, indeterminate: on > 0 && on < all.length });
  const none = !everything && ticked.size === 0;
  bar().hidden = false;
  for (const part of bar().querySelectorAll("[data-bulk-some]")) part.hidden = none;
  bar().querySelector("[data-bulk-count]").textContent = said();
  bar().querySelector("[data-bulk-everything]").hidden = everything;
}

function said() {
  if (!everything && !ticked.size) return "";
  if (everything) return bar().dataset.everything;
  const text = ticked.size === 1 ? bar().dataset.one : bar().dataset.many;
  return text.replace("{n}", ticked.size.toLocaleString(document.documentElement.lang));
}

function clicked({ target }) {
  const kind = target.closest("[data-bulk-kind]")?.dataset.bulkKind;
  if (kind) open(kind);
  if (target.closest("[data-bulk-everything]")) choose(true);
  if (target.closest("[data-bulk-clear]")) choose(false);
  if (target.closest("[data-bulk-close]")) dialog().close();
  const columns = target.closest("[data-bulk-columns]");
  if (columns) for (const box of columns.form.querySelectorAll("[name=columns]")) box.checked = true;
}

async function open(kind) {
  const step = document.getElementById("bulk-step");
  step.replaceChildren();
  await htmx.ajax("GET", `/operations/new?kind=${kind}`, { target: "#bulk-step" });
  if (step.children.length) dialog().showModal();
}

function asked({ detail }) {
  const form = detail.target?.id === "bulk-step" && document.querySelector("[data-bulk-form]");
  if (!form) return;
  form.elements.selection.value = selection();
  form.querySelector("[data-bulk-said]").textContent = said();
  shownForFormat(form);
}

function selection() {
  const { sort } = bar().dataset;
  return JSON.stringify(everything ? { search, sort } : { ids: [...ticked], sort });
}

// Encoding and separator say nothing about an Excel file.
function shownForFormat(form) {
  const part = form.querySelector("[data-bulk-csv]");
  if (part) part.hidden = form.elements.format.value !== "csv";
}
