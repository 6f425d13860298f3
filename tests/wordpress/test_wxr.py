"""Reading exports: any WordPress's, and files that only look like one."""

import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.wordpress.conftest import HEAD, TAIL, attachment, author, comment, item, meta, term
from wordpress.records import Author, Item, Site
from wordpress.survey import survey_of
from wordpress.wxr import ExportError, read


def records(path, kind):
    return [record for record in read(path) if isinstance(record, kind)]


def test_an_export_is_read_with_its_authors_items_and_site(export):
    path = export(author(), item(10, "Texte", extra=meta("_thumbnail_id", "4") + comment(7, "Oui") + term("Plaidoyer")))

    [person], [post], [site] = records(path, Author), records(path, Item), records(path, Site)

    assert (person.login, person.name, person.author_id) == ("redaction", "La rédaction", "2")
    assert (post.post_id, post.content, post.meta["_thumbnail_id"], post.terms[0].name) == ("10", "Texte", "4", "Plaidoyer")
    assert [(c.comment_id, c.content, c.approved) for c in post.comments] == [("7", "Oui", "1")]
    assert site.url == "https://blog.example.org"


def test_an_item_knows_its_line_even_under_blank_lines(export):
    path = export(item(10), head="\n\n" + HEAD)

    [post] = records(path, Item)

    assert path.read_text().split("\n")[post.line - 1] == "<item>"


def test_an_export_without_namespaces_is_read(export):
    bare = '<?xml version="1.0"?>\n<rss>\n<channel>\n<title>Vieux blog</title>\n<link>http://vieux.example.org</link>\n'

    [post] = records(export(item(10, "Texte"), head=bare), Item)

    assert (post.post_id, post.content) == ("10", "Texte")


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-8", "ISO-8859-1"),
        ("cp1252", "ISO-8859-1"),
        ("utf-16", "UTF-16"),
        ("utf-8", "klingon"),
    ],
)
def test_the_bytes_decide_on_the_encoding_before_the_declaration(export, encoding, declared):
    path = export(item(10, "Été « œuvré »"), head=HEAD.replace("UTF-8", declared), encoding=encoding)

    [post] = records(path, Item)

    assert post.content == "Été « œuvré »"


def test_one_stray_byte_spoils_no_other_letter(export):
    path = export(item(10, "Été STRAY là"))
    path.write_bytes(path.read_bytes().replace(b"STRAY", b"d\xe9cid\xe9"))

    [post] = records(path, Item)

    assert post.content == "Été décidé là"


def test_characters_that_xml_forbids_are_dropped_and_lines_are_kept(export):
    path = export(item(10, "un\x00 \x0bdeux\n\x1ftrois \ufffe&#8;", title="T&#0;"), item(11))
    path.write_text(path.read_text().replace("<title><![CDATA[T&#0;]]></title>", "<title>T&#0;&#x1F;</title>"))

    first, second = records(path, Item)

    assert (first.content, first.title) == ("un deux\ntrois ", "T")
    assert path.read_text().split("\n")[second.line - 1] == "<item>"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty", "", "Line 1: the file ends too early"),
        ("cut", HEAD + item(10)[:300], "the file ends too early"),
        ("no XML", "Warning: foo() on line 3\n" + HEAD + TAIL, "Line 1: this is not the XML of a WordPress export"),
        ("crossed", HEAD + "\n<item><title>a</item>" + TAIL, "Line 14: this is not the XML of a WordPress export (mismatched tag)"),
        ("other XML", "<html><body/></html>", "holds no channel"),
        ("document type", '<!DOCTYPE rss [<!ENTITY a "b">]>\n<rss><channel>&a;</channel></rss>', "declares a document type"),
        ("outside", '<!DOCTYPE rss SYSTEM "file:///etc/passwd">\n<rss><channel/></rss>', "declares a document type"),
        ("unknown entity", HEAD + "<item><title>a&nbsp;b</title></item>" + TAIL, "undefined entity"),
        ("deep", HEAD + "<a>" * 500 + "</a>" * 500 + TAIL, "nested more than"),
    ],
)
def test_a_broken_file_is_one_sentence_with_its_line(tmp_path, name, content, sentence):
    path = tmp_path / "broken.xml"
    path.write_text(content)

    with pytest.raises(ExportError) as refusal:
        list(read(path))

    assert sentence in str(refusal.value)
    assert str(refusal.value).startswith("Line ")
    assert "\n" not in str(refusal.value)


def test_entities_are_never_multiplied(tmp_path):
    path = tmp_path / "bomb.xml"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel>&b;</channel></rss>'
    )

    with pytest.raises(ExportError):
        list(read(path))


def test_memory_does_not_grow_with_the_number_of_items(export):
    path = export(*(item(number, "mot " * 5000) for number in range(600)))

    tracemalloc.start()
    count = sum(1 for record in read(path) if isinstance(record, Item))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 600
    assert peak < path.stat().st_size / 3


def test_the_survey_finds_items_by_any_form_of_their_address(export):
    survey = survey_of(export(item(10, post_name="été"), attachment(4, "2023/01/plan.png")))

    for address in (
        "https://blog.example.org/%C3%A9t%C3%A9/",
        "http://www.blog.example.org/été",
        "/été/",
        "https://blog.example.org/?p=10",
    ):
        assert survey.entry_at(address).key == "10", address
    assert survey.entry_at("https://elsewhere.example.org/été/") is None
    assert survey.upload_at("https://elsewhere.example.org/wp-content/uploads/2023/01/plan.png") == ""
    assert survey.entry_at("http://[broken") is None


def _outcome(path):
    try:
        list(read(path))
    except ExportError as refusal:
        return str(refusal)
    return "read"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    noise=st.lists(
        st.one_of(st.text(max_size=40), st.sampled_from(["<item>", "</item>", "<wp:comment>", "]]>", "<![CDATA[", "&#0;", "&"])), max_size=8
    )
)
def test_any_content_is_read_or_refused_in_a_sentence(tmp_path, noise):
    path = tmp_path / "noise.xml"
    path.write_text(HEAD + "".join(noise) + item(10) + TAIL, encoding="utf-8", errors="surrogatepass")

    assert _outcome(path) == "read" or _outcome(path).startswith("Line ")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_a_sentence(tmp_path, content):
    path = tmp_path / "bytes.xml"
    path.write_bytes(content)

    with pytest.raises(ExportError, match=r"^Line \d+: "):
        list(read(path))
