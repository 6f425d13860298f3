"""From WordPress's texts to the blocks of a page."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.blocks import ArticleBody, StandardBody
from articles.models import GuideDocument, GuideImage
from wordpress.blocks import ARTICLE_BLOCKS, STANDARD_BLOCKS, Assembly
from wordpress.comment_html import comment_html
from wordpress.texts import read_text


class Shelf:
    """A library with one picture and one file."""

    def image(self, number, address):
        return 1 if address.endswith("plan.png") or number == "4" else None

    def alt(self, number, address):
        return "Un plan" if number == "4" else ""

    def document(self, address):
        return 1 if address.endswith("etude.pdf") else None


@pytest.fixture
def library(db):
    GuideImage.objects.create(pk=1, title="Plan", file="plan.png", width=10, height=10)
    GuideDocument.objects.create(pk=1, title="Étude", file="etude.pdf")
    return Shelf()


class Converted:
    def __init__(self, text, library=None, allowed=ARTICLE_BLOCKS):
        self.warnings = []
        link = {"/page/": {"linktype": "page", "id": "3"}}
        pieces = read_text(
            text,
            link=lambda href: link.get(href, {"href": href}),
            image_address=lambda number: "https://b.example.org/plan.png" if number == "4" else "",
            reusable=lambda number: "<!-- wp:paragraph --><p>Repris</p><!-- /wp:paragraph -->" if number == "9" else "",
            warn=self.warnings.append,
        )
        self.blocks = Assembly(library or Shelf(), self.warnings.append, "seed", allowed, "Titre").body(pieces)

    @property
    def kinds(self):
        return [block["type"] for block in self.blocks]

    def value(self, number=0):
        return self.blocks[number]["value"]


def plain(block):
    """A block's value without the keys of its paragraphs."""
    return re.sub(r' data-block-key="\w{5}"', "", json.dumps(block["value"], ensure_ascii=False))


CASES = {
    "heading": ("<!-- wp:heading --><h2>Titre &amp; suite</h2><!-- /wp:heading -->", ["heading"]),
    "columns": (
        "<!-- wp:columns --><div><!-- wp:column --><p>Un</p><ul><li>Deux</li></ul><!-- /wp:column --></div><!-- /wp:columns -->",
        ["text", "list"],
    ),
    "quote": ("<!-- wp:quote --><blockquote><p>Ainsi</p><cite>Une voix</cite></blockquote><!-- /wp:quote -->", ["quote"]),
    "pullquote": ("<figure class='wp-block-pullquote'><blockquote><p>Ainsi</p></blockquote></figure>", ["quote"]),
    "picture": ('<figure class="wp-block-image"><img src="/plan.png" alt="Plan"/><figcaption>Vu</figcaption></figure>', ["picture"]),
    "linked picture": ('<p>Avant <a href="/plan.png"><img src="/plan.png" alt="x"></a> après</p>', ["text", "picture", "text"]),
    "lost picture": ('<img src="https://b.example.org/lost.png" alt="Perdue">', ["text"]),
    "gallery": ("[gallery ids='4,5']", ["picture"]),
    "caption": ('[caption id="a_4" width="3"]<img src="/plan.png" alt="x"> Une légende[/caption]', ["picture"]),
    "table": (
        "<figure><table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td><b>2</b></td></tr></tbody></table></figure>",
        ["table"],
    ),
    "ragged table": ("<table><tr><td>1</td></tr><tr><td>2</td><td>3</td><td>4</td></tr></table>", ["table"]),
    "empty table": ("<table><tr><td></td></tr></table>", []),
    "folds": ("<details><summary>Q1</summary><p>R1</p></details><details><summary>Q2</summary><p>R2</p></details>", ["accordion"]),
    "fold with picture": ("<details><summary>Q</summary><p>R</p><img src='/plan.png' alt='x'></details>", ["accordion", "picture"]),
    "youtube": ('<!-- wp:embed {"url":"https://youtu.be/abcdefghijk"} /-->', ["video"]),
    "youtube frame": ('<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>', ["video"]),
    "address alone": ("https://vimeo.com/76979871", ["video"]),
    "embed shortcode": ("[embed]https://vimeo.com/76979871[/embed]", ["video"]),
    "unknown embed": ("[embed]https://tweets.example.org/1[/embed]", ["resources"]),
    "file": (
        '<!-- wp:file --><div class="wp-block-file"><a href="/etude.pdf">Étude</a><a href="/etude.pdf">↓</a></div><!-- /wp:file -->',
        ["resources"],
    ),
    "sources": (
        '<h2>Toutes les sources</h2><div class="wp-block-file"><a href="/etude.pdf">É</a></div><p><a href="https://e.example.org/">E</a></p>',
        ["sources"],
    ),
    "sources twice": ('<h2>Sources</h2><p><a href="https://e.example.org/">E</a></p>' * 2, ["sources", "heading", "text"]),
    "nested list": ("<ul><li>a<ul><li>b</li></ul></li></ul>", ["text"]),
    "classic": ("Un paragraphe\nsur deux lignes\n\nUn <b>autre</b>\n\n<h3>Titre</h3>\nSuite", ["text", "heading", "text"]),
    "reusable": ('<!-- wp:block {"ref":9} /-->', ["text"]),
    "lost reusable": ('<!-- wp:block {"ref":8} /-->', []),
    "plugin's block": ("<!-- wp:acme/box --><div><p>Dans la boîte</p></div><!-- /wp:acme/box -->", ["text"]),
    "dynamic block": ('<!-- wp:latest-posts {"n":3} /-->', []),
    "unknown shortcode": ('Avant [contact-form-7 id="4"] après', ["text"]),
    "brackets": ("Il a dit [sic] et [1]", ["text"]),
    "unclosed": ("<!-- wp:group --><div><!-- wp:paragraph --><p>Seul", ["text"]),
    "closed too often": ("<p>a</p><!-- /wp:group --><!-- /wp:group --><p>b</p>", ["text"]),
    "bad attributes": ("<!-- wp:heading {broken --><h2>a</h2><!-- /wp:heading -->", ["heading"]),
    "empty": ("", []),
    "blank": ("<!-- wp:paragraph --><p> </p><!-- /wp:paragraph --><p>&nbsp;</p>", []),
    "first heading deep": ("<h4>Bas</h4><p>x</p><h2>Haut</h2><h5>Bas</h5>", ["heading", "text", "heading", "heading"]),
    "long heading": (f"<h2>{'mot ' * 100}</h2>", ["text"]),
    "long everything": (
        f"<figure><img src='/plan.png' alt='{'a' * 2000}'><figcaption>{'b' * 2000}</figcaption></figure>",
        ["picture", "text"],
    ),
    "preformatted": ("<pre>a\n  b</pre>", ["text"]),
    "comment marks": ("<p>a <!--more--> b</p><!--nextpage--><p>c</p>", ["text"]),
}


@pytest.mark.parametrize("name", CASES)
def test_a_text_becomes_blocks(name, library):
    text, kinds = CASES[name]

    converted = Converted(text, library)

    assert converted.kinds == kinds
    body = ArticleBody(required=False)
    assert body.clean(body.to_python(converted.blocks)) is not None


def test_words_keep_their_emphasis_and_their_links():
    html = '<p class="x"><strong>Gras</strong>, <em>penché</em>, <a href="/page/" onclick="x()">lien</a>, 1<sup>er</sup><br>fin</p>'

    value = Converted(html).value()

    assert "<b>Gras</b>, <i>penché</i>" in value
    assert '<a linktype="page" id="3">lien</a>, 1<sup>er</sup><br/>fin</p>' in value
    assert "onclick" not in value


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>mot",
        "<p onmouseover=alert(1)>mot</p>",
        '<a href="javascript:alert(1)">mot</a>',
        '<img src="x" onerror="alert(1)">mot',
        "<svg><script>alert(1)</script></svg>mot",
        '<iframe srcdoc="<script>alert(1)</script>"></iframe>mot',
        "<!-- wp:html --><script>alert(1)</script><style>p{}</style>mot<!-- /wp:html -->",
        '<form action="/alert(1)"><input value="alert(1)">mot</form>',
        '<a href="data:text/html,alert(1)">mot</a>',
    ],
)
def test_what_could_run_is_dropped_and_words_are_kept(text):
    written = json.dumps(Converted(text).blocks)

    assert "mot" in written
    assert "alert(1)" not in written


def test_the_same_text_always_gets_the_same_ids_and_others_none_of_them():
    text = "<h2>Un</h2><p>mot</p><h2>Deux</h2><p>mot</p><ul><li>x</li></ul>"

    first, again, more = Converted(text), Converted(text), Converted("<h2>Zéro</h2>" + text)
    ids = [block["id"] for block in first.blocks]

    assert first.blocks == again.blocks
    assert len(set(ids)) == len(ids)
    assert set(ids) <= {block["id"] for block in more.blocks}
    assert 'data-block-key="' in first.value(1)


def test_a_page_takes_what_an_article_would_show_otherwise(library):
    text = "<blockquote><p>Ainsi</p></blockquote>https://vimeo.com/76979871\n\n<h2>Toutes les sources</h2>" + CASES["file"][0]

    converted = Converted(text, library, STANDARD_BLOCKS)

    assert set(converted.kinds) <= STANDARD_BLOCKS
    body = StandardBody(required=False)
    assert body.clean(body.to_python(converted.blocks))


def test_what_cannot_be_kept_is_said():
    assert "latest-posts" in Converted(CASES["dynamic block"][0]).warnings[0]
    assert "acme/box" in Converted(CASES["plugin's block"][0]).warnings[0]
    assert "contact-form-7" in Converted(CASES["unknown shortcode"][0]).warnings[0]
    assert "reusable block 8" in Converted(CASES["lost reusable"][0]).warnings[0]
    assert not Converted(CASES["brackets"][0]).warnings


def test_five_hundred_nested_elements_are_read():
    for name in ("div", "blockquote", "ul><li", "b", "details", "table><tr><td"):
        last = name.split(">")[-1].strip("<")
        text = f"<{name}>" * 500 + "fond" + f"</{last}>" * 500

        assert "fond" in json.dumps(Converted(text).blocks), name


def test_a_block_that_holds_itself_ends():
    pieces = read_text(
        '<!-- wp:block {"ref":1} /-->',
        link=lambda href: {},
        image_address=lambda number: "",
        reusable=lambda number: 'a <!-- wp:block {"ref":1} /-->',
        warn=lambda sentence: None,
    )

    assert len(pieces) == 1


_FRAGMENTS = st.sampled_from(
    [
        *(text for text, _ in CASES.values() if text),
        *[
            "<ul>",
            "</ul>",
            "<li>",
            "<p>",
            "</p>",
            "<table>",
            "<tr>",
            "<td>",
            "</table>",
            "<figure>",
            "<details>",
            "<summary>",
            "<blockquote>",
            "<cite>",
        ],
        *[
            "<a href='/page/'>",
            "</a>",
            "<a href='http://[x'>",
            "<h2>",
            "<h6>",
            "<!-- wp:x/y ",
            "{",
            "}",
            " -->",
            "<!-- /wp:",
            "[caption]",
            "[/caption]",
        ],
        *[
            "[gallery",
            "]",
            "\n\n",
            "<pre>",
            "&amp;",
            "&#x27;",
            "<img src='/plan.png'>",
            "<img>",
            "<iframe src='https://youtu.be/x'>",
            "\x85",
            "<b>",
            "<!--",
        ],
    ]
)


@settings(max_examples=150, deadline=None)
@given(parts=st.lists(st.one_of(_FRAGMENTS, st.text(max_size=20)), max_size=12), article=st.booleans())
def test_any_text_becomes_a_body_an_editor_can_save(parts, article):
    converted = Converted("".join(parts), _Empty(), ARTICLE_BLOCKS if article else STANDARD_BLOCKS)

    body = ArticleBody(required=False) if article else StandardBody(required=False)
    body.clean(body.to_python(converted.blocks))


NAMES = "div p ul ol li table tr td th thead caption figure figcaption details summary blockquote cite h2 h3 pre span b a dl dt section"
_ELEMENTS = st.sampled_from(NAMES.split())


@st.composite
def _trees(draw, depth=0):
    """Elements in any order and nesting, with a word of its own at each place."""
    number = draw(st.integers(0, 10**9))
    if depth > 4:
        return f"mot{number}z "
    children = draw(st.lists(_trees(depth + 1), max_size=3))
    name = draw(_ELEMENTS)
    return f"<{name}>mot{number}z {''.join(children)}</{name}>"


@settings(max_examples=200, deadline=None)
@given(trees=st.lists(_trees(), max_size=3))
def test_no_word_is_lost_wherever_it_stands(trees):
    text = "".join(trees)

    written = json.dumps(Converted(text, _Empty()).blocks)

    assert [word for word in re.findall(r"mot\d+z", text) if word not in written] == []


class _Empty(Shelf):
    """A library without anything, so that no test of words needs a database."""

    def image(self, number, address):
        return None

    def document(self, address):
        return None


@settings(max_examples=100, deadline=None)
@given(
    text=st.lists(
        st.one_of(st.text(max_size=30), st.sampled_from(["<b>", "</a>", "<a href='javascript:x'>", "<script>", "<", ">", "\n\n", "<p"])),
        max_size=8,
    )
)
def test_any_comment_becomes_safe_html(text):
    html = comment_html("".join(text))

    assert "<script" not in html.lower()
    assert "javascript:" not in html.split('href="')[-1].split('"')[0] or "href" not in html


def test_a_long_comment_is_shown_to_its_limit_in_no_time():
    html = comment_html("<em>mot</em> " * 80_000)

    assert html.count("mot") < 1000
    assert html.endswith("[…]</p>")
