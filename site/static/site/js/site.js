// What every page gains from JavaScript: the colours change in place.

const SCHEMES = ["light", "dark"];
const YEAR = 365 * 24 * 60 * 60;

function applyScheme(scheme) {
  if (SCHEMES.includes(scheme)) {
    document.documentElement.dataset.scheme = scheme;
  } else {
    delete document.documentElement.dataset.scheme;
  }
}

function rememberScheme(scheme) {
  const lifetime = SCHEMES.includes(scheme) ? YEAR : 0;
  document.cookie = `scheme=${scheme}; path=/; max-age=${lifetime}; samesite=lax`;
}

for (const form of document.querySelectorAll("[data-scheme-switch]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = event.submitter.value;
    applyScheme(chosen);
    rememberScheme(chosen);
    for (const button of form.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button === event.submitter));
    }
  });
}

// Whoever signs out leaves no draft of theirs on a computer that others use (comments/js/drafts.js keeps them).
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-signs-out]")) return;
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith("palabre:draft:")) localStorage.removeItem(key);
  } catch {
    // A browser that refuses its storage has kept nothing.
  }
});
