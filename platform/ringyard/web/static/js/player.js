// One player for all recordings of a page: a button with data-play opens its sound in it.
const player = document.getElementById("player");
const audio = player.querySelector("audio");

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-play]");
  if (button) listen(button.dataset.play, button.dataset.playTitle);
  if (event.target.closest("[data-player-close]")) close();
});

function listen(source, title) {
  player.querySelector("[data-player-title]").textContent = title;
  player.hidden = false;
  if (audio.getAttribute("src") !== source) audio.src = source;
  audio.play();
}

function close() {
  audio.pause();
  player.hidden = true;
}
