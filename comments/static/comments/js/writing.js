// Helps to write: says how much may still be written once it matters, and quotes what is answered.

import { adopted, FAILURES } from "./drafts.js";

// How much may still be written --------------------------------------------------------------------------------------------

const SAID_FROM = 0.8;
const BREATH = 1500;
const numbers = new Intl.NumberFormat(document.documentElement.lang);
const announcements = new WeakMap();

// As the server counts: characters of the composed text, without the space around it and without more than one empty line.
const lengthOf = (text) => [...text.normalize("NFC").replace(/\n{3,}/g, "\n\n").trim()].length;

function count(field) {
  const limit = Number(field.dataset.limit);
  const shown = field.form.querySelector("[data-count]");
  const said = field.form.querySelector("[data-count-said]");
  if (!shown || !said) return;
  const left = limit - lengthOf(field.value);
  shown.hidden = left > limit * (1 - SAID_FROM);
  shown.textContent = shown.hidden ? "" : `${left < 0 ? said.dataset.over : said.dataset.left} ${numbers.format(Math.abs(left))}`;
  shown.classList.toggle("writing-help__count--over", left < 0);
  clearTimeout(announcements.get(said));
  announcements.set(
    said,
    setTimeout(() => (said.textContent = shown.textContent), BREATH),
  );
}

function countAll(within) {
  for (const field of within.querySelectorAll("textarea[data-limit]")) count(field);
}

document.addEventListener("input", (event) => event.target.matches("textarea[data-limit]") && count(event.target));
document.addEventListener("htmx:load", (event) => countAll(event.detail.elt));
countAll(document);

// Quoting ------------------------------------------------------------------------------------------------------------------

const MAX_QUOTED = 500;

function asQuote(text) {
  const words = text.trim();
  const kept = words.length > MAX_QUOTED ? `${words.slice(0, MAX_QUOTED).replace(/\s+\S*$/, "")}…` : words;
  return `${kept
    .split("\n")
    .map((line) => `> ${line}`.trimEnd())
    .join("\n")}\n\n`;
}

// Where one was writing: selecting words elsewhere makes a field forget it.
const carets = new WeakMap();
for (const moved of ["input", "keyup", "click", "focusout"]) {
  document.addEventListener(moved, ({ target }) => {
    if (target.matches("textarea[data-limit]")) carets.set(target, [target.selectionStart, target.selectionEnd]);
  });
}

function gapAfter(text) {
  if (text.trim() === "" || text.endsWith("\n\n")) return "";
  return text.endsWith("\n") ? "\n" : "\n\n";
}

function insert(form, quote) {
  const field = form.elements.namedItem("comment");
  const [start, end] = carets.get(field) ?? [field.value.length, field.value.length];
  field.setRangeText(gapAfter(field.value.slice(0, start)) + quote, start, end, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  field.focus();
}

const answerOf = (comment) =>
  comment.matches(".comment--quoted")
    ? document.querySelector("main form[data-comment-form]")
    : comment.querySelector(":scope > .comment__answering form[data-comment-form]");
const replyLinkOf = (comment) => comment.querySelector(':scope > .comment__actions [hx-get*="reply_to="]');

// The form of a reply, once it stands there; nothing where the server did not give it.
function openAnswer(comment) {
  const place = comment.querySelector(":scope > .comment__answering");
  const link = replyLinkOf(comment);
  return new Promise((settle) => {
    const over = new AbortController();
    const end = (form) => {
      over.abort();
      settle(form);
    };
    place.addEventListener("htmx:afterSettle", () => end(answerOf(comment)), { signal: over.signal });
    for (const failure of FAILURES) {
      link.addEventListener(failure, () => end(null), { signal: over.signal });
    }
    link.click();
  });
}

async function quote(comment, text) {
  const form = answerOf(comment) ?? (await openAnswer(comment));
  if (!form) return;
  await adopted(form);
  insert(form, asQuote(text));
}

// The button of a reply's form: the server has written the quote.
document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest("[data-quote]");
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    insert(button.form, button.dataset.quote);
  },
  true,
);

// The button beside words that were selected.
let selected = null;

function quotable() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.toString().trim() === "") return null;
  const start = selection.anchorNode.parentElement?.closest(".comment__text");
  const comment = start?.closest(".comment");
  if (!comment || !start.contains(selection.focusNode) || !(answerOf(comment) || replyLinkOf(comment))) return null;
  return { comment, words: start, text: selection.toString(), place: selection.getRangeAt(0).getBoundingClientRect() };
}

function offerQuote() {
  const button = document.querySelector("[data-quote-selection]");
  if (!button || document.activeElement === button) return;
  selected = quotable();
  button.hidden = !selected;
  if (!selected) return;
  place(button, selected);
}

// Among what else can be done with the comment; beside the words where that is out of sight.
function place(button, { comment, words, place: chosen }) {
  const actions = comment.querySelector(":scope > .comment__actions");
  const floats = !actions || actions.getBoundingClientRect().bottom > innerHeight;
  button.classList.toggle("quote-selection--beside", floats);
  if (!floats) return actions.append(button);
  words.after(button);
  const frame = comment.getBoundingClientRect();
  button.style.left = `${Math.max(0, Math.min(chosen.left - frame.left, frame.width - button.offsetWidth))}px`;
  button.style.top = `${chosen.bottom - frame.top + comment.scrollTop + 6}px`;
}

let soon = 0;
document.addEventListener("selectionchange", () => {
  clearTimeout(soon);
  soon = setTimeout(offerQuote, 200);
});

document.addEventListener("mousedown", (event) => event.target.closest("[data-quote-selection]") && event.preventDefault());
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-quote-selection]");
  if (!button || !selected) return;
  const { comment, text } = selected;
  selected = null;
  button.hidden = true;
  document.getSelection().removeAllRanges();
  quote(comment, text);
});
