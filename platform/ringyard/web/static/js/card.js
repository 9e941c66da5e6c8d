// The client card's keys and clocks. Delegated, so forms that htmx brings in work too.
document.addEventListener("keydown", (event) => {
  const form = event.target.closest("form");
  if (!form) return;
  if (event.key === "Escape") {
    const giveUp = form.querySelector("[data-give-up]");
    if (!giveUp) return;
    event.preventDefault();
    giveUp.click();
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea")) {
    event.preventDefault();
    form.requestSubmit();
  }
});

// The time of day where each number is, while the card stands open.
const MINUTE_MS = 60_000;
setInterval(() => {
  for (const clock of document.querySelectorAll("[data-clock]")) {
    clock.textContent = new Intl.DateTimeFormat("en-GB", {
      timeZone: clock.dataset.clock, hour: "2-digit", minute: "2-digit",
    }).format(new Date());
  }
}, MINUTE_MS);
