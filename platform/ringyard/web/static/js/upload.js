// How much of a file has gone up: htmx tells, the form's own <progress> shows.
document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = document.getElementById("upload-progress");
  if (!bar || !event.detail.lengthComputable) return;
  bar.value = (event.detail.loaded / event.detail.total) * 100;
});
