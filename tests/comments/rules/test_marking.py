"""The words that a rule found are marked for moderators, and whatever surrounds them stays harmless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.rules.findings import Finding, for_author, for_moderators, read
from comments.rules.marking import marked
from networks.markup import render, sanitise

CASINO = [Finding("word", "casino", 1)]


def test_the_word_is_marked_as_it_was_written():
    assert marked("<p>Au Casíno !</p>", CASINO) == "<p>Au <mark>Casíno</mark> !</p>"


@pytest.mark.parametrize(
    "html",
    ["<p>Rien</p>", '<p><a href="https://casino.example" title="casino &gt; <b>">ici</a></p>', "<p>cas<strong>ino</strong></p>"],
)
def test_tags_and_other_words_stay_as_they_are(html):
    assert marked(html, CASINO) == html


def test_without_a_word_found_nothing_changes():
    assert marked("<p>casino</p>", [Finding("links", "2")]) == "<p>casino</p>"


@given(st.text(alphabet="casino <>&\"'/é[]()*:.", max_size=80))
def test_marking_adds_nothing_but_marks(text):
    html = render(text)

    with_marks = str(marked(html, CASINO))

    assert "<script" not in with_marks
    assert sanitise(with_marks.replace("<mark>", "").replace("</mark>", "")) == sanitise(html)


@pytest.mark.parametrize(
    "rule",
    ["word", "pattern", "pattern_slow", "newcomer", "watched", "space", "address", "domain", "machines", "silenced", "flood", "akismet"],
)
def test_every_rule_has_its_sentence(rule):
    sentence = for_moderators(Finding(rule, "essai"))

    assert sentence
    assert "%" not in sentence
    assert rule not in sentence or rule in {"word", "domain", "akismet"} or "essai" in sentence


def test_links_are_counted_and_what_a_later_version_found_is_named():
    assert "2" in for_moderators(Finding("links", "2"))
    assert "2" in for_author(Finding("links", "2"))
    assert "3" in for_moderators(Finding("reports", "3"))
    assert "mystère" in for_moderators(Finding("mystère"))


def test_findings_are_read_as_they_were_stored():
    found = [Finding("word", "casino", 12), Finding("newcomer"), Finding("links", "3")]

    assert read([finding.as_data() for finding in found]) == found
