"""Scores pages with Lighthouse, as a phone sees them: `scripts/lighthouse.py ADDRESS…`; fails where a category is under 98.

Needs Node.js, whose `npx` fetches Lighthouse, and Chromium (CHROME_PATH names it). Nothing else here needs either.
"""

import json
import subprocess
import sys

LIGHTHOUSE = "lighthouse@12.8.2"
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run"
LEAST = 98


def report(address: str) -> dict:
    """Return what Lighthouse says of a page, on its phone profile."""
    options = ["--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={FLAGS}"]
    answer = subprocess.run(["npx", "--yes", LIGHTHOUSE, address, *options], check=True, stdout=subprocess.PIPE)  # noqa: S603, S607
    return json.loads(answer.stdout)


def main(addresses: list[str]) -> int:
    """Print a line for each page, and what keeps a category back; return 1 when one is."""
    failures = 0
    for address in addresses:
        found = report(address)
        scores = {name: round(100 * (found["categories"][name]["score"] or 0)) for name in CATEGORIES}
        moments = [found["audits"][name]["displayValue"] for name in ["first-contentful-paint", "largest-contentful-paint"]]
        print(address, *(f"{name} {score}" for name, score in scores.items()), "first paint {}, largest {}".format(*moments), sep=" · ")  # noqa: T201
        for name, score in scores.items():
            if score < LEAST:
                failures += 1
                references = found["categories"][name]["auditRefs"]
                lacking = [ref["id"] for ref in references if ref["weight"] and (found["audits"][ref["id"]]["score"] or 0) < 1]
                print(f"  {name}:", *lacking)  # noqa: T201
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
