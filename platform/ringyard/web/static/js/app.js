// What every page needs: theme switch, confirmations, toasts. Delegated, so parts that htmx brings in work too.
import { confirmed } from "./confirm.js";

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-theme-switch]")) switchTheme();
  const copy = event.target.closest("[data-copy]");
  if (copy) copyText(copy);
  const close = event.target.closest("[data-toast] .btn-close");
  if (close) close.closest("[data-toast]").remove();
});

function switchTheme() {
  const root = document.documentElement;
  const theme = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
  localStorage.setItem("theme", theme);
  root.setAttribute("data-bs-theme", theme);
  document.dispatchEvent(new CustomEvent("theme-changed", { detail: theme }));
}

async function copyText(button) {
  await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).value);
  button.classList.add("copied");
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.confirm || form.dataset.confirmedOnce) return;
  event.preventDefault();
  if (!(await confirmed(form.dataset.confirm, form.dataset.confirmLabel))) return;
  form.dataset.confirmedOnce = "yes";
  form.requestSubmit();
});

document.addEventListener("htmx:confirm", async (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  if (await confirmed(event.detail.question)) event.detail.issueRequest(true);
});

const SHOWN_MS = 8000;
const fade = (toast) => setTimeout(() => toast.remove(), SHOWN_MS);
const toasts = document.getElementById("toasts");
toasts.querySelectorAll("[data-toast]").forEach(fade);
new MutationObserver((changes) => {
  for (const change of changes) for (const node of change.addedNodes) if (node.dataset?.toast !== undefined) fade(node);
}).observe(toasts, { childList: true });

// A link that is to be followed as soon as it appears: the step from the apex into the new workspace.
document.addEventListener("htmx:afterSwap", (event) => event.detail.target?.querySelector("[data-go]")?.click());
