// The reader's place: what they look at stays where it is on the screen, whatever is added above it or put in its stead.

// The field one writes in, else the first comment in view below the thread's start, else that start, which no comment moves.
function landmark() {
  const active = document.activeElement;
  if (active?.matches("input, textarea, select") && inView(active)) return active;
  const thread = document.querySelector("[data-thread]");
  if (thread?.getBoundingClientRect().top < 0) {
    const comment = [...thread.querySelectorAll(".comment")].find(inView);
    if (comment) return comment;
    return document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  }
  return thread;
}

function inView(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

// Do `change`, which leaves the landmark in the page.
export function keepPlace(change) {
  const root = document.documentElement;
  const mark = landmark();
  root.style.overflowAnchor = "none"; // a browser that keeps the place itself would do it twice; measuring lets it take note
  const before = mark?.getBoundingClientRect().top;
  change();
  if (mark?.isConnected) moveBy(mark.getBoundingClientRect().top - before);
  requestAnimationFrame(() => { root.style.overflowAnchor = ""; });
}

function moveBy(pixels) {
  if (Math.abs(pixels) >= 1) scrollBy({ top: pixels, behavior: "instant" });
}

// A comment was sent and the section comes anew: what was answered, or the form, stays in its place, and the reader is led to the
// notice by the focus alone, unless it is out of sight.
let sent = null;

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, requestConfig } = event.detail;
  if (target?.id !== "commentaires") return;
  const place = requestConfig.elt.closest(".comment") ?? document.getElementById("laisser-un-commentaire");
  sent = place && { id: place.id, top: place.getBoundingClientRect().top };
});

function standAgain() {
  const place = sent && document.getElementById(sent.id);
  if (place) moveBy(place.getBoundingClientRect().top - sent.top);
}

document.addEventListener("htmx:afterSwap", standAgain);

document.addEventListener("htmx:afterSettle", () => {
  if (!sent) return;
  standAgain();
  sent = null;
  const notice = document.querySelector("#commentaires .discussion__notice");
  notice?.focus({ preventScroll: true });
  notice?.scrollIntoView({ block: "nearest", behavior: "instant" });
});
