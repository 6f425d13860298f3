// While the site is flooded, a guest's browser calculates something small before a comment is sent (comments/rules/proofs.py).
// The browser's own cryptography does it, beside the page: no worker, no file of somebody else's. Whatever fails, the comment is sent as
// it is, and waits for a moderator.

const PATIENCE = 5000;
const LONGEST = 60000;
const AT_ONCE = 16;
const busy = new WeakSet();
const ready = new WeakSet();

const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function derived({ nonce, salt, cost, keyLength }, counter) {
  const password = new Uint8Array([...bytes(nonce), counter >>> 24, counter >>> 16, counter >>> 8, counter]);
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
  return hex(await crypto.subtle.deriveBits(how, key, keyLength * 8));
}

async function solution(challenge) {
  const asked = challenge.parameters;
  const until = performance.now() + LONGEST;
  for (let start = 0; performance.now() < until; start += AT_ONCE) {
    const counters = Array.from({ length: AT_ONCE }, (_, step) => start + step);
    const keys = await Promise.all(counters.map((counter) => derived(asked, counter)));
    const found = keys.findIndex((key) => key.startsWith(asked.keyPrefix));
    if (found >= 0) return btoa(JSON.stringify({ challenge, solution: { counter: start + found, derivedKey: keys[found] } }));
  }
  return "";
}

async function proof(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
  return answer.status === 200 ? solution(await answer.json()) : "";
}

function write(form, value) {
  form.querySelector("input[name=proof]")?.remove();
  if (!value) return;
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "proof";
  field.value = value;
  form.append(field);
}

async function send(form, submitter) {
  busy.add(form);
  form.setAttribute("aria-busy", "true");
  try {
    write(form, await proof(form.dataset.proof));
  } catch {
    write(form, "");
  }
  form.removeAttribute("aria-busy");
  busy.delete(form);
  if (!form.isConnected) return;
  ready.add(form);
  form.requestSubmit(submitter?.form === form ? submitter : null);
  ready.delete(form);
}

// Before anybody else hears of it, htmx and the keeper of drafts included.
addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.dataset.proof || ready.has(form) || event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!busy.has(form)) send(form, event.submitter);
  },
  true,
);
