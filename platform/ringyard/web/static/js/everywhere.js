// The search box of the top bar: a combobox over a list that htmx fills as one types.
const form = document.querySelector("[data-everywhere]");
if (form) begin(form.querySelector("input"), form.querySelector("[role=listbox]"));

function begin(input, list) {
  const options = () => [...list.querySelectorAll("a[role=option]")];
  let chosen = -1;

  function choose(index) {
    const all = options();
    if (!all.length) return;
    chosen = (index + all.length) % all.length;
    all.forEach((one, at) => one.setAttribute("aria-selected", String(at === chosen)));
    input.setAttribute("aria-activedescendant", all[chosen].id);
    all[chosen].scrollIntoView({ block: "nearest" });
  }

  function forget() {
    chosen = -1;
    options().forEach((one) => one.setAttribute("aria-selected", "false"));
    input.removeAttribute("aria-activedescendant");
  }

  function open(yes) {
    list.hidden = !yes;
    input.setAttribute("aria-expanded", String(yes));
    if (!yes) forget();
  }

  list.addEventListener("htmx:afterSwap", () => {
    forget();
    open(list.childElementCount > 0 && document.activeElement === input);
  });
  input.addEventListener("focus", () => open(list.childElementCount > 0 && input.value.trim().length > 1));
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || open(false));

  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (list.hidden) input.blur();
      else open(false);
      event.preventDefault();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden && list.childElementCount) open(true);
      choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
      event.preventDefault();
    } else if (event.key === "Enter" && chosen >= 0 && !list.hidden) {
      event.preventDefault();
      options()[chosen].click();
    }
  });

  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const control = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if (!control && !(slash && !typing)) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}
