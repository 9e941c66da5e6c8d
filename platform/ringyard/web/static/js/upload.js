// How much of a file has gone up: htmx tells, the form's own <progress> shows. An upload that broke off is said so.
document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = document.getElementById("upload-progress");
  if (!bar || !event.detail.lengthComputable) return;
  bar.value = (event.detail.loaded / event.detail.total) * 100;
});

// A browser ends the request itself when the file was changed, cut or taken away while it went up.
for (const broken of ["htmx:sendError", "htmx:sendAbort", "htmx:timeout"]) {
  document.addEventListener(broken, (event) => {
    const form = event.target.closest?.("[data-upload]");
    const field = form?.querySelector("input[type=file]");
    if (!field) return;
    let error = document.getElementById("e-file");
    if (!error) {
      error = document.createElement("div");
      error.id = "e-file";
      error.className = "invalid-feedback d-block";
      error.setAttribute("role", "alert");
      field.after(error);
    }
    error.textContent = form.dataset.broken;
    field.classList.add("is-invalid");
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", "e-file");
  });
}
