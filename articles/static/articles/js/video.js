/** Puts a video of another site in its place once the reader has agreed; nothing of that site loads before. */

function show(button) {
  const frame = document.createElement("iframe");
  frame.src = button.dataset.videoFrame;
  frame.title = button.dataset.videoTitle;
  frame.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
  frame.referrerPolicy = "strict-origin-when-cross-origin"; // YouTube refuses to play for a site it is not told of
  frame.className = "video__screen";
  button.closest("[data-video]").replaceWith(frame);
  frame.focus();
}

for (const button of document.querySelectorAll("[data-video-frame]")) {
  button.hidden = false;
  button.addEventListener("click", () => show(button));
}
