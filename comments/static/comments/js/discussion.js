// What plain links and htmx cannot do: leave a reply one had begun, go on reading where a new page of comments starts, and unfold
// the thread of a comment that an address leads to.
// Runs once, whatever is swapped afterwards; without it every form still works.

import "./drafts.js";
import "./proof.js";
import "./writing.js";

const openers = new WeakMap();

document.addEventListener("htmx:beforeRequest", (event) => {
  const place = event.detail.target;
  if (place.matches(".comment__answering")) openers.set(place, event.detail.elt);
});

document.addEventListener("click", (event) => {
  const cancel = event.target.closest("[data-cancel-reply]");
  if (!cancel) return;
  const place = cancel.closest(".comment__answering");
  place.replaceChildren();
  openers.get(place)?.focus();
});

document.addEventListener("htmx:afterSettle", (event) => {
  const added = event.detail.elt;
  for (const cancel of added.querySelectorAll("[data-cancel-reply]")) cancel.hidden = false;
  if (added.matches("[data-thread]")) added.querySelector(".comment")?.focus();
});

function unfold() {
  const comment = document.getElementById(location.hash.slice(1));
  if (!comment?.matches(".comment")) return;
  const folded = [];
  for (let thread = comment.closest("details"); thread; thread = thread.parentElement.closest("details")) {
    if (!thread.open) folded.push(thread);
  }
  for (const thread of folded) thread.open = true;
  if (folded.length) comment.scrollIntoView();
  comment.focus({ preventScroll: true });
}

addEventListener("hashchange", unfold);
unfold();
