// Who has stayed with a discussion for some seconds has read it: the form that says so, for accounts, is sent for them.

const STAY = 5_000;
const sent = new WeakSet();
let inView = false;
let timer;

function arm() {
  clearTimeout(timer);
  const form = document.querySelector("[data-mark-read]");
  if (form && inView && !document.hidden && !sent.has(form)) timer = setTimeout(send, STAY, form);
}

function send(form) {
  sent.add(form);
  fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" }).catch(() => sent.delete(form));
}

const watcher = new IntersectionObserver(([{ isIntersecting }]) => {
  inView = isIntersecting;
  arm();
}, { rootMargin: "-30% 0px" });

function watch() {
  watcher.disconnect();
  const section = document.getElementById("commentaires");
  if (section) watcher.observe(section);
}

document.addEventListener("visibilitychange", arm);
document.addEventListener("htmx:afterSettle", watch);
watch();
