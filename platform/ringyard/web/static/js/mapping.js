// Columns of a file mapped by drag: a role is dropped on a column's head, whose select then says it, as by hand.
let dragged = null;

document.addEventListener("dragstart", (event) => {
  const chip = event.target.closest?.("[data-role]");
  if (!chip) return;
  dragged = chip.dataset.role;
  event.dataTransfer.setData("text/plain", chip.textContent);
  event.dataTransfer.effectAllowed = "copy";
});

document.addEventListener("dragend", () => {
  dragged = null;
  mark(null);
});

document.addEventListener("dragover", (event) => {
  const head = dragged && headAt(event);
  mark(head);
  if (head) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const head = dragged && headAt(event);
  if (!head) return;
  event.preventDefault();
  const select = head.querySelector("select");
  select.value = dragged;
  select.dispatchEvent(new Event("change", { bubbles: true }));
});

// A role that only one column can have leaves the column that had it; heard before htmx sends the form.
document.addEventListener(
  "change",
  (event) => {
    const select = event.target;
    if (select.name !== "columns" || select.selectedOptions[0]?.dataset.once === undefined) return;
    for (const other of select.form.querySelectorAll("select[name=columns]")) {
      if (other !== select && other.value === select.value) other.value = "skip";
    }
  },
  true,
);

// The whole column takes a role, not only its head.
function headAt(event) {
  const cell = event.target.closest?.(".preview-table th, .preview-table td");
  const head = cell?.closest("table").tHead.rows[0].cells[cell.cellIndex];
  return head?.dataset.column === undefined ? null : head;
}

function mark(head) {
  for (const other of document.querySelectorAll(".preview-table .drop-here")) if (other !== head) other.classList.remove("drop-here");
  head?.classList.add("drop-here");
}

// Without this module the chips would do nothing, so they are shown by it.
function showChips() {
  for (const chips of document.querySelectorAll("[data-roles]")) chips.hidden = false;
}
showChips();
document.addEventListener("htmx:afterSettle", showChips);
