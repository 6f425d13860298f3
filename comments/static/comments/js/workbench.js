// The keys of the moderators' queue: walking through the comments, deciding in place, taking back. Without this script every act is a
// button or a page of its own, and with it they still are.

const SWITCH = "palabre-moderation-keys";
const panel = document.querySelector("[data-keys]");
let undoAddress = "";
let decided = Promise.resolve();

const cards = () => [...document.querySelectorAll(".moderation-queue [data-card]")];
const current = () => document.activeElement?.closest?.("[data-card]") ?? document.querySelector("[data-card][data-current]");
const keysAreOn = () => localStorage.getItem(SWITCH) !== "off";

const choose = (card) => {
  for (const other of document.querySelectorAll("[data-current]")) other.removeAttribute("data-current");
  if (!card) return;
  card.setAttribute("data-current", "");
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
};

const step = (by) => {
  const all = cards();
  const place = all.indexOf(current());
  choose(all[place < 0 ? 0 : Math.max(0, Math.min(all.length - 1, place + by))]);
};

const say = (sentence) => {
  if (panel) panel.querySelector("[data-said]").textContent = sentence;
};

// Ask the site in the queue's name; it answers in JSON, or with a form to be filled in first.
const ask = async (address, data) => {
  const options = { headers: { "X-Palabre-Queue": "1" }, credentials: "same-origin" };
  const response = await fetch(address, data ? { ...options, method: "POST", body: data } : options);
  if (response.redirected) throw new Error("signed out");
  const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
  return isJson ? response.json() : { form: await response.text() };
};

const take = (card, answer) => {
  if (answer.form) return openForm(card, answer.form);
  if (answer.problem) return say(answer.problem);
  undoAddress = answer.undo ?? "";
  const all = cards();
  const next = all[all.indexOf(card) + 1] ?? all[all.indexOf(card) - 1];
  (card.closest("tr") ?? card).remove();
  choose(next);
  say([answer.done, undoAddress && panel?.dataset.doneUndo, next ? "" : panel?.dataset.empty].filter(Boolean).join(" "));
};

const send = (card, address, data) => {
  decided = decided
    .then(() => ask(address, data))
    .then((answer) => take(card, answer))
    .catch(() => say(panel?.dataset.failed ?? ""));
  return decided;
};

const openForm = (card, html) => {
  const place = card.querySelector("[data-form-place]");
  place.innerHTML = html;
  place.hidden = false;
  const form = place.querySelector("form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(card, form.action, new FormData(form));
  });
  place.querySelector("[data-cancel]").addEventListener("click", (event) => {
    event.preventDefault();
    place.hidden = true;
    place.replaceChildren();
    choose(card);
  });
  (form.querySelector("[aria-invalid=true]") ?? form.querySelector("select, textarea"))?.focus();
};

const act = (card, key) => {
  const control = card?.querySelector(`[data-act="${key}"]`);
  if (!control) return;
  if (key === "c") return control.requestSubmit();
  if (control instanceof HTMLFormElement) return send(card, control.action, new FormData(control));
  send(card, control.href);
};

const undo = () => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!undoAddress || !token) return;
  const data = new FormData();
  data.set("csrfmiddlewaretoken", token);
  decided = decided
    .then(() => ask(undoAddress, data))
    .then((answer) => (answer.problem ? say(answer.problem) : location.reload()))
    .catch(() => say(panel?.dataset.failed ?? ""));
};

const tick = (card) => card?.closest("tr")?.querySelector("input[type=checkbox]")?.click();
const open = (card) => card?.querySelector(".moderation-card__author a")?.click();
const help = () => panel?.querySelector("[data-keys-help]").showModal();

const isTyping = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open]");

document.addEventListener("keydown", (event) => {
  if (!panel || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "?") {
    event.preventDefault();
    return help();
  }
  if (!keysAreOn()) return;
  const moves = { j: () => step(1), k: () => step(-1), x: () => tick(current()), o: () => open(current()), u: undo };
  const doIt = moves[event.key] ?? ("advrhesc".includes(event.key) && event.key.length === 1 && (() => act(current(), event.key)));
  if (!doIt) return;
  event.preventDefault();
  doIt();
});

// Words of a canned answer go into the field at once, where they can still be changed.
document.addEventListener("change", (event) => {
  const select = event.target.closest?.("[data-canned]");
  const text = select && select.form.querySelector(`[data-canned-text="${CSS.escape(select.value)}"]`)?.content.textContent;
  if (!text) return;
  const words = select.form.elements.words;
  words.value = [text, words.value].filter(Boolean).join("\n\n");
  select.value = "";
  words.focus();
});

if (panel) {
  panel.hidden = false;
  const box = panel.querySelector("[data-keys-on]");
  box.checked = keysAreOn();
  box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"));
  panel.querySelector("[data-open-keys]").addEventListener("click", help);
  panel.querySelector("[data-close-keys]").addEventListener("click", () => panel.querySelector("dialog").close());
}
