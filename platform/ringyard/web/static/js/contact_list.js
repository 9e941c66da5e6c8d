// Lists of contacts: columns are moved by their buttons, and filters are folded on a phone.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (button) move(button);
  for (const box of document.querySelectorAll(".popover-box[open]")) if (!box.contains(event.target)) box.open = false;
});

document.addEventListener("keydown", (event) => {
  const box = event.key === "Escape" && event.target.closest?.(".popover-box[open]");
  if (!box) return;
  box.open = false;
  box.querySelector("summary").focus();
});

function move(button) {
  const row = button.closest("li");
  const up = button.dataset.move === "up";
  const other = up ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (up) other.before(row);
  else other.after(row);
  button.focus();
}

const narrow = matchMedia("(max-width: 575px)");
for (const box of document.querySelectorAll("[data-more-filters]")) if (narrow.matches) box.open = false;

// A new sort stays when a filter is changed after it.
document.addEventListener("htmx:pushedIntoHistory", () => {
  const kept = document.querySelector(".filters input[name=sort]");
  const sort = new URLSearchParams(location.search).get("sort");
  if (kept && sort) kept.value = sort;
});
