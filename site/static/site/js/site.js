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
