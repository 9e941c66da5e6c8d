// Parts of a form that belong to one choice: data-shown-when="kind=ip register" beside a select with data-shows="kind".
for (const select of document.querySelectorAll("[data-shows]")) {
  select.addEventListener("change", () => show(select));
  show(select);
}

function show(select) {
  for (const part of document.querySelectorAll(`[data-shown-when^="${select.dataset.shows}="]`)) {
    const wanted = part.dataset.shownWhen.split("=")[1].split(" ");
    part.hidden = !wanted.includes(select.value);
  }
}
