// Keeps what people write in this browser until the server says that it is stored.
//
// Each form says what its draft is called (data-draft) and whose it is (data-draft-owner, empty for visitors). Each tab has an
// entry of its own for it in localStorage, so that two tabs never overwrite each other; a tab holds a lock named after itself as
// long as it lives, and the entries of tabs that are gone are offered to the next form of that name. A notice that says
// data-stored lets go of exactly the text that was sent. The name of a guest is kept along, the address never.

const PREFIX = "palabre:draft:";
const SENT = "palabre:sent:";
const TAB = "palabre:tab";
const LIFETIME = 30 * 24 * 60 * 60 * 1000;
const PAUSE = 250;
const PATIENCE = 1000;
export const FAILURES = ["htmx:sendError", "htmx:timeout", "htmx:responseError"];
const RECENT = 60 * 1000;

const adoptions = new WeakMap();
const settled = new WeakSet();
const discarded = new WeakMap();
const waiting = new Map();

// Storage: a browser may refuse it, or have no room left ---------------------------------------------------------------

function attempt(act) {
  try {
    return act();
  } catch {
    return null;
  }
}

const read = (key) => attempt(() => JSON.parse(localStorage.getItem(key)));
const write = (key, draft) => attempt(() => localStorage.setItem(key, JSON.stringify(draft)));
const remove = (key) => attempt(() => localStorage.removeItem(key));
const entries = (start) => attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(start))) ?? [];
const lastSent = (place) => attempt(() => sessionStorage.getItem(SENT + place));

const startOf = (place) => `${PREFIX}${place}|`;
const tabOf = (key) => key.slice(key.lastIndexOf("|") + 1);
const newName = () => `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;

// This tab, and those that live ------------------------------------------------------------------------------------------

let tab = null;
let letGo = null;

function claim(name) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((settle) => {
    const held = () => {
      settle(true);
      return new Promise((release) => (letGo = release));
    };
    navigator.locks.request(`${TAB}:${name}`, { signal: AbortSignal.timeout(PATIENCE) }, held).catch(() => settle(false));
  });
}

// A tab that was duplicated carries its original's name: whoever cannot claim it takes another.
async function takeName() {
  const name = attempt(() => sessionStorage.getItem(TAB)) ?? newName();
  const granted = await claim(name);
  tab ??= granted ? name : newName();
  if (tab !== name) await claim(tab);
  attempt(() => sessionStorage.setItem(TAB, tab));
}

const named = takeName();
const ownKey = (place) => startOf(place) + (tab ??= newName());

async function livingTabs() {
  if (!navigator.locks) return null;
  const { held } = await navigator.locks.query();
  return new Set(held.map((lock) => lock.name.slice(TAB.length + 1)));
}

async function leftBehind(place) {
  const living = await livingTabs();
  const isGone = (key) => (living ? !living.has(tabOf(key)) : Date.now() - read(key).at > RECENT);
  return entries(startOf(place)).filter((key) => key !== ownKey(place) && read(key) && isGone(key));
}

// Writing ----------------------------------------------------------------------------------------------------------------

const fieldOf = (form) => form.elements.namedItem("comment");
const isUntouched = (form) => fieldOf(form).value === "" || ("untouched" in form.dataset && fieldOf(form).value === fieldOf(form).defaultValue);

// What this tab kept for a form that now says something else, for the next form of that name.
function setAside(place, text) {
  const own = read(ownKey(place));
  if (own && own.text !== text) write(startOf(place) + newName(), own);
}

function save(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  const { draft: place, draftOwner: owner } = form.dataset;
  const text = fieldOf(form).value;
  if (!settled.has(form)) setAside(place, text);
  if (text.trim() === "" || isUntouched(form)) {
    remove(ownKey(place));
  } else {
    write(ownKey(place), { text, name: form.elements.namedItem("name")?.value ?? "", owner, at: Date.now() });
  }
}

function saveSoon(form) {
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => adopted(form).then(() => waiting.has(form) && save(form)), PAUSE));
}

function saveNow() {
  for (const form of [...waiting.keys()]) save(form);
}

// Whoever signs out takes along what was typed a moment before, too (site.js removes what is kept already).
function keepNothingMore() {
  for (const timer of waiting.values()) clearTimeout(timer);
  waiting.clear();
}

function noteSent(form) {
  if (waiting.has(form)) save(form);
  attempt(() => sessionStorage.setItem(SENT + form.dataset.draft, fieldOf(form).value));
}

// Giving back ------------------------------------------------------------------------------------------------------------

function say(form, name) {
  for (const note of form.querySelectorAll("[data-draft-note]")) note.hidden = note.dataset.draftNote !== name;
}

function fill(form, { text, name }) {
  const field = fieldOf(form);
  const author = form.elements.namedItem("name");
  field.value = text;
  if (author && !author.value) author.value = name;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  save(form);
}

const mayBeShown = (draft, form) => !draft.owner || !form.dataset.draftOwner || draft.owner === form.dataset.draftOwner;

async function newestLeftBehind(form) {
  const found = (await leftBehind(form.dataset.draft)).map((key) => [key, read(key)]);
  const shown = found.filter(([, draft]) => draft && mayBeShown(draft, form));
  return shown.sort(([, one], [, other]) => other.at - one.at)[0]?.[0];
}

// Once for each form: whatever this tab, or one that is gone, had written for it comes back, unless the form says something else.
async function adopt(form) {
  await named;
  const place = form.dataset.draft;
  const field = fieldOf(form);
  const own = read(ownKey(place));
  const key = own && mayBeShown(own, form) ? ownKey(place) : await newestLeftBehind(form);
  const draft = key && read(key);
  if (!draft || !form.isConnected) return;
  const isOwn = key === ownKey(place);
  if (field.value === draft.text) {
    save(form);
  } else if (isUntouched(form)) {
    fill(form, draft);
    say(form, "restored");
  } else if (isOwn && field.value === lastSent(place)) {
    fill(form, draft); // written while the server looked at what was sent
  } else {
    if (isOwn) setAside(place, field.value);
    if (isOwn) remove(key);
    return;
  }
  if (!isOwn) remove(key);
}

// Resolves once a form holds what was kept for it.
export function adopted(form) {
  if (!adoptions.has(form)) adoptions.set(form, adopt(form).then(() => settled.add(form)));
  return adoptions.get(form);
}

async function forgetStored(place) {
  await named;
  const sent = lastSent(place);
  attempt(() => sessionStorage.removeItem(SENT + place));
  for (const key of [ownKey(place), ...(await leftBehind(place))]) {
    if (read(key)?.text === sent) remove(key);
  }
}

async function welcome(added) {
  const within = (selector) => [...(added.matches?.(selector) ? [added] : []), ...added.querySelectorAll(selector)];
  for (const notice of within("[data-stored]")) await forgetStored(notice.dataset.stored);
  for (const form of within("form[data-draft]")) adopted(form);
}

function dropOld() {
  for (const key of entries(PREFIX)) {
    if (!(Date.now() - read(key)?.at < LIFETIME)) remove(key);
  }
}

// Events -----------------------------------------------------------------------------------------------------------------

const draftForm = (element) => element.closest?.("form[data-draft]");

document.addEventListener("input", (event) => {
  const form = draftForm(event.target);
  if (form) saveSoon(form);
});

document.addEventListener("submit", (event) => draftForm(event.target) && noteSent(event.target), true);
document.addEventListener("submit", (event) => event.target.matches("[data-signs-out]") && keepNothingMore());
document.addEventListener("htmx:configRequest", (event) => {
  const form = draftForm(event.detail.elt);
  if (form) noteSent(form);
});
document.addEventListener("htmx:beforeSwap", saveNow);
document.addEventListener("visibilitychange", () => document.hidden && saveNow());
addEventListener("pagehide", () => {
  saveNow();
  letGo?.();
});
addEventListener("pageshow", (event) => event.persisted && claim(tab));

for (const failure of FAILURES) {
  document.addEventListener(failure, (event) => {
    const form = draftForm(event.detail.elt);
    if (!form) return;
    form.dataset.failure = failure;
    say(form, "unsent");
  });
}

function tryAgain(form) {
  say(form, null);
  if (form.dataset.failure !== "htmx:responseError") return form.requestSubmit();
  noteSent(form);
  return form.submit(); // the server has something to say, on a page of its own
}

function discard(form) {
  discarded.set(form, read(ownKey(form.dataset.draft)));
  fill(form, { text: "untouched" in form.dataset ? fieldOf(form).defaultValue : "", name: "" });
  say(form, "discarded");
  fieldOf(form).focus();
}

function bringBack(form) {
  const draft = discarded.get(form);
  if (draft) fill(form, draft);
  say(form, "restored");
  fieldOf(form).focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-draft-retry], [data-draft-discard], [data-draft-undo]");
  if (!button) return;
  const act = "draftRetry" in button.dataset ? tryAgain : "draftDiscard" in button.dataset ? discard : bringBack;
  act(button.form);
});

document.addEventListener("htmx:load", (event) => welcome(event.detail.elt));

dropOld();
welcome(document);
