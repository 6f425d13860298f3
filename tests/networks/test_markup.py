"""The markup people write: exactly its subset, safe whatever is typed, and nothing typed disappears."""

import re

import pytest

from networks.markup import MAX_LENGTH, clean_text, is_blank, render, sanitise

LINK = 'rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("**gras** et *italique*", "<p><strong>gras</strong> et <em>italique</em></p>"),
        ("une ligne\nune autre", "<p>une ligne<br>\nune autre</p>"),
        ("- un\n- deux", "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>"),
        ("3. trois\n4. quatre", '<ol start="3">\n<li>trois</li>\n<li>quatre</li>\n</ol>'),
        ("> cité", "<blockquote>\n<p>cité</p>\n</blockquote>"),
        ("[texte](https://a.fr)", f'<p><a href="https://a.fr" {LINK}>texte</a></p>'),
        ("voir https://a.fr/?x=1&y=2", f'<p>voir <a href="https://a.fr/?x=1&amp;y=2" {LINK}>https://a.fr/?x=1&amp;y=2</a></p>'),
        ("www.federation.fr", f'<p><a href="http://www.federation.fr" {LINK}>www.federation.fr</a></p>'),
        ("a@exemple.fr", f'<p><a href="mailto:a@exemple.fr" {LINK}>a@exemple.fr</a></p>'),
        (r"\*pas italique\*", "<p>*pas italique*</p>"),
    ],
)
def test_the_subset_is_rendered(typed, html):
    assert render(typed).strip() == html


@pytest.mark.parametrize(
    "typed",
    [
        "# titre",
        "`code`",
        "---",
        "| a | b |",
        "<b>gras</b>",
        "<script>alert(1)</script>",
        "&eacute; &amp;",
        "~~barré~~",
        "C’est fini.Il pleut",
    ],
)
def test_anything_else_is_shown_as_typed(typed):
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    assert render(typed).strip() == f"<p>{escaped}</p>"


def test_a_picture_is_shown_as_typed_and_loads_nothing():
    html = render("![suivi](https://pisteur.example/p.gif)")

    assert "<img" not in html
    assert html.startswith("<p>![suivi](")


@pytest.mark.parametrize(
    "typed",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html,<script>)",
        "<a href='javascript:x'>",
        '[x](https://a.fr "><script>")',
        "<img src=x onerror=alert(1)>",
        "[x](vbscript:x)",
        "[x](\x01javascript:alert(1))",
    ],
)
def test_no_script_gets_through(typed):
    html = render(typed)

    assert not re.search(r"<(script|img|svg|iframe)", html)
    assert not re.search(r'href="\s*(javascript|data|vbscript)', html, re.IGNORECASE)
    assert not re.search(r"<[^>]* on\w+=", html)


HOSTILE = {
    "stars": "*",
    "quotes": ">",
    "spaced quotes": "> ",
    "brackets": "[",
    "empty links": "[](",
    "pictures": "![",
    "list marks": "- ",
    "numbers": "1. ",
    "open emphasis": "**a",
    "under": "_a",
    "mixed": "*_",
    "addresses": "http://",
    "mails": "a@",
    "tags": "<a ",
    "backslashes": "\\",
    "lines": "a\n",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_hostile_repetition_is_rendered_safely_and_the_same_again(unit):
    html = render(unit * (MAX_LENGTH // len(unit)))

    assert sanitise(html) == html
    assert len(html) < 20 * MAX_LENGTH


@pytest.mark.parametrize("depth", [10, 30, 100, 500])
@pytest.mark.parametrize("mark", ["> ", "- ", "1. "])
def test_what_nests_too_deep_is_shown_as_typed_and_not_lost(mark, depth):
    assert "au fond" in render(mark * depth + "au fond")


def test_a_text_longer_than_the_limit_is_cut_before_it_is_parsed():
    assert len(render("a" * MAX_LENGTH * 3)) == MAX_LENGTH + len("<p></p>\n")


def test_text_is_kept_without_the_characters_that_nobody_types():
    assert clean_text("a\x00b\u202ec\ud800d\r\ne\n\n\n\n\nf ") == "abcd\ne\n\nf"
    assert clean_text("👩‍👩‍👧 Élan") == "👩‍👩‍👧 Élan"


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u200d\ufeff", "\u3164", "\u2800", "\u00ad"])
def test_a_text_without_a_shape_is_blank(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", ".", "👍", "\u200bé"])
def test_a_text_with_a_shape_is_not_blank(text):
    assert not is_blank(text)
