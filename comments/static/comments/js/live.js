// A discussion that is being read says when something was published in it, and shows it in its place when the reader asks.
// It asks less and less often while nothing comes, and not at all while nobody looks. Nothing moves, and no form is touched.

import { keepPlace } from "./place.js";
import "./seen.js";

const MOST_PAGES = 10;

const slot = () => document.querySelector("[data-live]");
const section = () => document.getElementById("commentaires");
const seconds = (name) => Number(slot().dataset[name]) * 1_000;

let delay = 0;
let timer;
let lastAsked = Date.now();
let validator = "";
let over = false;
let waiting = 0; // how many new comments the reader is told of
let latest = null;
let shownSection = section();
let firstPage = location.pathname + location.search;

// Asking ---------------------------------------------------------------------------------------------------------------

function schedule() {
  clearTimeout(timer);
  if (over || !slot() || document.hidden || !navigator.onLine) return;
  const rest = delay - (Date.now() - lastAsked);
  timer = setTimeout(ask, Math.max(rest, 0) * (0.9 + Math.random() / 5));
}

async function ask() {
  lastAsked = Date.now();
  let slower = true;
  try {
    const headers = validator ? { "If-None-Match": validator } : {};
    const answer = await fetch(slot().dataset.live, { headers, cache: "no-store" });
    if ([403, 404, 410].includes(answer.status)) over = true;
    if (answer.ok) {
      validator = answer.headers.get("ETag") ?? "";
      slower = !tell(await answer.json());
    }
  } catch {
    // nobody answers: asked again later
  }
  delay = slower ? Math.min(delay * 1.5, seconds("longest")) : seconds("every");
  schedule();
}

function comeBack() {
  if (!slot()) return;
  delay = seconds("every");
  schedule();
}

// Telling --------------------------------------------------------------------------------------------------------------

// Says how many are new, once for each number; returns whether the number is another than before.
function tell(state) {
  const count = Math.max(0, state.publications - Number(section().dataset.publications));
  if (count === waiting) return false;
  waiting = count;
  latest = state.latest;
  if (count) say(button(phrase(count)));
  else slot().replaceChildren();
  return true;
}

const phrase = (count) => (count === 1 ? slot().dataset.one : slot().dataset.many.replace("{count}", count.toLocaleString(document.documentElement.lang)));

function button(text) {
  const old = slot().querySelector("button");
  const made = old ?? document.createElement("button");
  made.type = "button";
  made.className = "button button--primary discussion__news";
  made.textContent = text;
  if (!old) made.addEventListener("click", show);
  return made;
}

function link(text, address) {
  const made = document.createElement("a");
  made.href = address;
  made.textContent = text;
  made.addEventListener("click", () => setTimeout(() => slot()?.replaceChildren()));
  return made;
}

function sentence(text) {
  const made = document.createElement("span");
  made.textContent = text;
  return made;
}

// The focus, where it was on what is replaced, goes to what replaces it.
function say(...parts) {
  if (parts.every((part) => part.parentElement === slot())) return;
  const hadFocus = slot().contains(document.activeElement);
  slot().replaceChildren(...parts);
  if (hadFocus) slot().querySelector("a, button")?.focus({ preventScroll: true });
}

// Showing --------------------------------------------------------------------------------------------------------------

async function show(event) {
  const asked = event.currentTarget;
  const expected = waiting;
  asked.setAttribute("aria-disabled", "true");
  asked.removeEventListener("click", show);
  try {
    const pages = await fetchPages();
    const arrived = [];
    keepPlace(() => arrived.push(...insert(pages)));
    const words = slot().dataset;
    const parts = [sentence(arrived.length ? words.shown : words.elsewhere)];
    if (arrived.length) parts.push(link(words.first, `#${arrived[0].id}`));
    if (arrived.length < expected && latest) parts.push(link(words.latest, words.permalink.replace("/0/", `/${latest}/`)));
    waiting = 0;
    say(...parts);
  } catch {
    asked.removeAttribute("aria-disabled");
    asked.addEventListener("click", show);
  }
}

// The section as the server shows it now, page after page, as far as the reader has read it.
async function fetchPages() {
  const shown = comments(document);
  const last = hasMore(document) ? shown.at(-1)?.id : null;
  const pages = [];
  let address = firstPage;
  while (address && pages.length < MOST_PAGES) {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("commentaires")) throw new Error("no discussion");
    pages.push(page);
    const past = last && page.getElementById(last);
    if (past) leaveOutAfter(page, past);
    address = past ? null : hasMore(page)?.getAttribute("href");
  }
  return pages;
}

const comments = (root) => [...root.querySelectorAll("[data-thread] .thread__item > .comment")];
const hasMore = (root) => root.querySelector("[data-thread] a[rel=next]");
const itemOf = (comment) => comment?.closest(".thread__item");

function leaveOutAfter(page, last) {
  const all = comments(page);
  for (const comment of all.slice(all.indexOf(last) + 1)) itemOf(comment).remove();
}

// Puts in its place what is not here yet; returns the comments that arrived.
function insert(pages) {
  const newest = pages[0].getElementById("commentaires");
  section().dataset.publications = newest.dataset.publications;
  section().dataset.version = newest.dataset.version;
  document.getElementById("commentaires-titre").textContent = pages[0].getElementById("commentaires-titre").textContent;
  if (!comments(document).length) return insertThread(pages[0]);
  const arrived = [];
  let root = null; // the last thread that is in its place
  for (const page of pages) {
    for (const comment of comments(page)) {
      const here = document.getElementById(comment.id);
      if (!here) {
        arrived.push(...place(itemOf(comment), root));
      } else if (here.matches(".comment--tombstone, .comment--pending") && !comment.matches(".comment--tombstone, .comment--pending")) {
        const fresh = document.importNode(comment, true);
        here.replaceWith(fresh);
        arrived.push(...welcome([fresh]));
      }
      root = outermost(itemOf(document.getElementById(comment.id)));
    }
  }
  return arrived;
}

function outermost(item) {
  const above = item.parentElement.closest(".thread__item");
  return above ? outermost(above) : item;
}

function insertThread(page) {
  const thread = document.importNode(page.querySelector("[data-thread]"), true);
  section().querySelector(".empty")?.remove();
  slot().before(thread);
  return welcome([...thread.querySelectorAll(".comment")]);
}

function place(item, root) {
  const previous = item.previousElementSibling?.querySelector(".comment");
  const parent = item.parentElement.closest(".thread__item");
  const beside = itemOf(previous && document.getElementById(previous.id));
  if (!beside && parent) return placeFirstReply(item, parent);
  const added = document.importNode(item, true);
  if (beside) beside.after(added);
  else if (root) root.after(added);
  else document.querySelector("[data-thread] .thread__list").prepend(added);
  return welcome([...added.querySelectorAll(".comment")]);
}

function placeFirstReply(item, parent) {
  const here = itemOf(document.getElementById(parent.querySelector(".comment").id));
  const list = [...here.querySelectorAll(".thread__list")].find((found) => itemOf(found) === here);
  let added;
  if (list) {
    added = document.importNode(item, true);
    list.prepend(added);
  } else {
    const replies = [...parent.children].find((child) => child.contains(item));
    added = document.importNode(replies, true);
    here.append(added);
  }
  return welcome([...added.querySelectorAll(".comment")]);
}

function welcome(arrived) {
  for (const comment of arrived) {
    comment.classList.add("comment--arrived");
    const header = comment.querySelector(".comment__header");
    if (header && !header.querySelector(".comment__new")) {
      const badge = sentence(slot().dataset.new);
      badge.className = "badge comment__new";
      header.append(badge);
    }
    globalThis.htmx?.process(comment);
  }
  return arrived;
}

// A section that comes anew has everything in it ----------------------------------------------------------------------

document.addEventListener("htmx:afterSettle", () => {
  if (section() === shownSection) return;
  shownSection = section();
  firstPage = location.pathname + location.search;
  waiting = 0;
  comeBack();
});

document.addEventListener("visibilitychange", comeBack);
addEventListener("online", comeBack);
comeBack();
