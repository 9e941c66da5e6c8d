// From one contact to the next of the list it was opened from: the list leaves its order in this tab, the card walks it.
const KEY = "walk";
const path = (link) => new URL(link.href).pathname;

document.addEventListener("click", (event) => {
  const list = event.target.closest("a[href^='/contacts/']")?.closest("#list");
  if (!list) return;
  const order = [...new Set([...list.querySelectorAll("tbody a.contact-name")].map(path))];
  sessionStorage.setItem(KEY, JSON.stringify(order));
});

const walk = document.querySelector("[data-walk]");
const order = JSON.parse(sessionStorage.getItem(KEY) || "[]");
const place = order.indexOf(location.pathname);
if (walk && place >= 0 && order.length > 1) {
  show(walk.querySelector("[data-walk-previous]"), order[place - 1]);
  show(walk.querySelector("[data-walk-next]"), order[place + 1]);
  walk.hidden = false;
}

function show(link, to) {
  if (to) link.href = to;
  link.classList.toggle("disabled", !to);
  link.setAttribute("aria-disabled", String(!to));
}
