// What plain links and htmx cannot do: leave a reply one had begun, and go on reading where a new page of comments starts.
// Runs once, whatever is swapped afterwards; without it every form still works.

document.addEventListener("click", (event) => {
  const cancel = event.target.closest("[data-cancel-reply]");
  if (!cancel) return;
  const place = cancel.closest(".comment__answering");
  const link = place.parentElement.querySelector("[hx-get]");
  place.replaceChildren();
  link?.focus();
});

document.addEventListener("htmx:afterSettle", (event) => {
  const added = event.detail.elt;
  for (const cancel of added.querySelectorAll("[data-cancel-reply]")) cancel.hidden = false;
  if (added.matches("[data-thread]")) added.querySelector(".comment")?.focus();
});
