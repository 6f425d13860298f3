"""The browser: Debian's Chromium, in French, that fails a test on any error of the page's scripts or of its policy."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories import home_page

# Playwright keeps an event loop in this thread, and Django would refuse the database to it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
PATIENCE = 20_000  # milliseconds for what is waited for, on a machine that does much else
expect.set_options(timeout=PATIENCE)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES_OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""Those that find another answer in the dark; the others look at what stands on a page and what it is called."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": "/usr/bin/chromium", "args": ["--no-sandbox", "--disable-gpu"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "fr-FR", "viewport": DESKTOP, "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def base_url(live_server):
    """Where relative addresses lead (the plugin's own fixture of this name warns under pytest 9)."""
    return live_server.url


@pytest.fixture(autouse=True)
def site(live_server):
    """A site with its home, served."""
    return home_page()


@pytest.fixture
def context(new_context):
    """A reader's browser; a script's error or a refusal of the content policy fails the test."""
    return _watched(new_context())


@pytest.fixture
def without_javascript(new_context):
    """A page of a browser that runs no script."""
    return _watched(new_context(java_script_enabled=False)).new_page()


@pytest.fixture
def phone(new_context):
    """A page of a browser as wide as a small phone."""
    page = _watched(new_context()).new_page()
    page.set_viewport_size(PHONE)
    return page


@pytest.fixture(autouse=True)
def page_faults():
    """What the pages of this test complained about; anything fails the test, unless the test takes it out of the list."""
    _faults.clear()
    yield _faults
    assert _faults == []


_faults: list[str] = []


def _watched(context):
    context.set_default_timeout(PATIENCE)
    context.on("weberror", lambda error: _faults.append(str(error.error)))
    context.on("console", _note_console)
    context.on("requestfailed", _note_request)
    return context


def _note_console(message):
    """Keep errors only; the browser's own word on an answer of 4xx is the test's business, not a fault."""
    if message.type == "error" and "Failed to load resource" not in message.text:
        _faults.append(message.text)


def _note_request(request):
    """A request that failed for another reason than the person's leaving the page."""
    if "ERR_ABORTED" not in (request.failure or ""):
        _faults.append(f"{request.url}: {request.failure}")


@pytest.fixture
def signed_in(client, live_server):
    """`signed_in(page, user)`: the page belongs to that person from now on, and is returned."""

    def sign_in(page, user):
        client.force_login(user)
        page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        return page

    return sign_in


@pytest.fixture
def assert_accessible():
    """`assert_accessible(page)`: the axe rules find nothing to say, nor those of colour in the dark."""

    def check(page):
        found = []
        for scheme, rules in [("light", RULES), ("dark", RULES_OF_COLOUR)]:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            results = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
            found += [_sentence(scheme, violation) for violation in results.response["violations"]]
        assert not found, "\n".join(found)

    return check


def _sentence(scheme, violation):
    nodes = "; ".join(f"{' '.join(map(str, node['target']))} ({node['failureSummary']})" for node in violation["nodes"][:3])
    return f"{scheme}: {violation['id']}: {violation['help']}: {nodes}"
