"""The look holds together: colours that can be read, one place for colours, nothing that a strict policy would refuse."""

import itertools
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOKENS = (ROOT / "site/static/site/css/tokens.css").read_text()

STYLE_SHEETS = sorted(sheet for sheet in ROOT.glob("*/static/**/*.css") if sheet.relative_to(ROOT).parts[0] != "var")
HOMES_OF_COLOURS = {"tokens.css", "colours.css"}
HARD_COLOUR = re.compile(r"(?<![\w&-])#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b(?![\w-])|\b(?:rgb|hsl|oklch)a?\(", re.IGNORECASE)
TEMPLATES = sorted([*(ROOT / "templates").glob("**/*.html"), *ROOT.glob("*/templates/**/*.html")])
PAGES = [template for template in TEMPLATES if "email" not in template.parts]
PICTURES = sorted((ROOT / "site/static/site/img").glob("*.svg")) + sorted((ROOT / "site/demo/media").glob("*.svg"))

GROUNDS = ["paper", "surface", "surface-2"]
TEXT_PAIRS = [
    *itertools.product(["ink", "ink-soft", "accent", "accent-strong", "leaf", "danger", "success", "warning"], GROUNDS),
    *((ink, f"{ink}-soft") for ink in ["danger", "success", "warning", "leaf", "accent"]),
    *(("ink", f"{ground}-soft") for ground in ["danger", "success", "warning", "leaf", "accent"]),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("accent-strong", "accent-soft"),
]
EDGE_PAIRS = list(itertools.product(["focus", "line-strong"], GROUNDS))


def colours(block: str) -> dict[str, str]:
    """The six-digit colours that a block of tokens declares, by name."""
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def block_after(selector: str) -> str:
    """The declarations that follow the last appearance of a selector before print's."""
    start = TOKENS.index(selector)
    return TOKENS[start : TOKENS.index("}", start)]


SAME_IN_BOTH = {"on-band", "white", "black"}
LIGHT = {name: colour for name, colour in colours(block_after(":root {")).items() if name not in SAME_IN_BOTH}
DARK_BY_DEVICE = colours(block_after(':root:not([data-scheme="light"])'))
DARK_BY_CHOICE = colours(block_after(':root[data-scheme="dark"] {'))


def luminance(colour: str) -> float:
    """WCAG's relative luminance."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK_BY_DEVICE], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground(scheme, ink, ground):
    assert contrast(scheme[ink], scheme[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK_BY_DEVICE], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_edges_of_controls_and_focus_stand_out(scheme, edge, ground):
    assert contrast(scheme[edge], scheme[ground]) >= 3


def test_dark_is_the_same_by_device_and_by_choice():
    assert DARK_BY_DEVICE == DARK_BY_CHOICE
    assert DARK_BY_DEVICE.keys() == LIGHT.keys()


@pytest.mark.parametrize("sheet", STYLE_SHEETS, ids=lambda path: path.name)
def test_colours_are_written_in_the_tokens_only(sheet):
    if sheet.name in HOMES_OF_COLOURS:
        return

    assert HARD_COLOUR.findall(sheet.read_text()) == []


@pytest.mark.parametrize("sheet", STYLE_SHEETS, ids=lambda path: path.name)
def test_style_sheets_ask_nothing_of_another_host(sheet):
    assert re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", sheet.read_text()) == []


def test_style_sheets_use_only_tokens_that_exist():
    declared, used = set(), set()
    for sheet in STYLE_SHEETS:
        text = sheet.read_text()
        declared |= set(re.findall(r"(--[\w-]+)\s*:", text))
        used |= {name for name in re.findall(r"var\((--[\w-]+)\)", text) if not name.startswith("--w-")}

    assert used - declared == set()


@pytest.mark.parametrize("template", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_obey_the_strict_policy(template):
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", template.read_text(), flags=re.DOTALL)

    assert re.findall(r"<style\b", text) == []
    assert re.findall(r"<[^>]*\sstyle\s*=", text) == []
    assert re.findall(r"<[a-z][^>]*\son[a-z]+\s*=", text) == []
    assert re.findall(r"<script(?![^>]*\b(?:src|type=\"application/(?:ld\+)?json\"))", text) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_load_nothing_from_another_host(template):
    assert re.findall(r"<(?:script|link|img|iframe|source|video)[^>]*\s(?:src|href|srcset)=[\"'](?:https?:)?//", template.read_text()) == []


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.name)
def test_pictures_are_small_and_self_contained(picture):
    text = picture.read_text()

    assert len(text.encode()) <= 15_000
    assert re.findall(r"<script|<image|href=|url\((?!#)|\son\w+=", text) == []


def test_one_small_font_is_fetched():
    fonts = list((ROOT / "site/static").glob("**/*.woff2"))

    assert len(fonts) == 1
    font = fonts[0]
    assert font.stat().st_size <= 60_000
    assert "SIL Open Font License" in (font.parent / "LICENSE.txt").read_text()


def test_a_chosen_scheme_is_kept_and_comes_back_to_the_page(client, db):
    response = client.post("/apparence/", {"scheme": "dark", "next": "/compte/login/"})

    assert response.headers["Location"] == "/compte/login/"
    assert 'data-scheme="dark"' in client.get("/compte/login/").content.decode()


@pytest.mark.parametrize("address", ["https://ailleurs.example/", "//ailleurs.example/", "javascript:alert(1)", "\x00", ""])
def test_a_chosen_scheme_never_leads_elsewhere(client, db, address):
    response = client.post("/apparence/", {"scheme": "dark", "next": address})

    assert response.headers["Location"] == "/"


def test_any_other_scheme_follows_the_device(client, db):
    client.cookies["scheme"] = "dark"

    response = client.post("/apparence/", {"scheme": "\x00<script>"})

    assert response.cookies["scheme"]["max-age"] == 0


@pytest.mark.parametrize(
    "address",
    ["/compte/login/", "/compte/signup/", "/compte/password/reset/", "/compte/password/reset/done/", "/compte/confirm-email/"],
)
def test_pages_before_signing_in_wear_our_frame(client, db, address):
    page = client.get(address).content.decode()

    assert '<main id="contenu"' in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("address", ["/compte/email/", "/compte/logout/", "/compte/2fa/"])
def test_pages_of_the_account_wear_our_frame(client, reader, address):
    client.force_login(reader)

    page = client.get(address).content.decode()

    assert 'class="account__menu"' in page
    assert page.count("<h1") == 1


def test_a_missing_page_says_so_in_our_frame(client, db):
    response = client.get("/rien/du/tout/")

    assert response.status_code == 404
    assert "Personne sous cet arbre" in response.content.decode()


def test_a_refused_form_gives_the_text_back(db):
    from django.test import Client

    text = "Un long texte, « écrit » avec soin.\n<script>alert(1)</script>"

    response = Client(enforce_csrf_checks=True).post("/compte/login/", {"comment": text, "password": "secret-secret", "login": "a@b.fr"})

    page = response.content.decode()
    assert response.status_code == 403
    assert "Un long texte, « écrit » avec soin." in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "secret-secret" not in page


def test_the_page_of_a_breakdown_needs_nothing(rf):
    from config.views import server_error

    response = server_error(rf.get("/"))

    assert response.status_code == 500
    assert "Le site a un problème" in response.content.decode()


def test_robots_are_told_what_not_to_index(client, db):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /admin/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text
