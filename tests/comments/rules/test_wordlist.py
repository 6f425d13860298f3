"""Which words are found: whole ones, whatever their case, accents and disguises; patterns, in no more than their time."""

import time

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from comments.models import ListedWord
from comments.rules import wordlist
from comments.rules.folding import fold
from comments.rules.seen import see
from comments.rules.wordlist import TEXT_SECONDS, WordList, compiled, key_of
from networks.markup import render

HOSTILE = ["a" * 10_000 + "!", "a " * 5_000, "<" * 10_000, "é\u0301" * 5_000, "casin\u200b" * 2_000, "[](" * 3_000]
CATASTROPHIC = ["(a+)+$", "(a|aa)+$", "(.*a){30}!$", r"(\w+\s?)*$", "(?:a+a+)+b", "(?:a?){200}a{200}b", ".{0,400}b"]
MONSTROUS = ["((a{1,1000}){1,1000}){1,1000}", "(((((a{99}){99}){99}){99}){99})", "((((.{50}){50}){9}){9})"]


def hits(text, *entries, kind="word"):
    listed = [ListedWord(pk=number, text=entry, kind=kind) for number, entry in enumerate(entries)]
    return [hit.entry.text for hit in WordList(listed).hits(see(render(text)))]


@pytest.mark.parametrize(
    "text",
    [
        "Venez au casino !",
        "CASINO",
        "Casíno",
        "l’ancien casino, là",
        "cas**i**no",
        "ca\u00adsi\u200bno",
        "ｃａｓｉｎｏ",
        "𝐜𝐚𝐬𝐢𝐧𝐨",
        "[ici](https://casino.example/)",
        "> casino",
    ],
)
def test_a_word_is_found_in_its_disguises(text):
    assert hits(text, "casino") == ["casino"]


@pytest.mark.parametrize("text", ["les casinos", "Casinoville", "occasino", "cas ino", "c a s i n o"])
def test_only_whole_words_are_found(text):
    assert hits(text, "casino") == []


@pytest.mark.parametrize(
    ("listed", "text"), [("œuvre", "Une OEUVRE"), ("Été", "l'ete"), ("gain rapide", "Gain\n\nrapide"), ("c’est", "c'est")]
)
def test_case_accents_and_ligatures_are_folded_on_both_sides(listed, text):
    assert hits(text, listed) == [listed]


def test_words_of_two_paragraphs_are_two_words():
    assert hits("cas\n\nino", "casino") == []


def test_a_phrase_is_found_as_a_whole():
    assert hits("du gain trop rapide", "gain rapide") == []
    assert hits("un gain rapide, gain", "gain rapide", "gain") == ["gain rapide", "gain"]


def test_the_name_of_a_guest_is_looked_at():
    assert [hit.entry.text for hit in WordList([ListedWord(text="casino")]).hits(see("<p>Bonjour</p>", "Casino en ligne"))] == ["casino"]


def test_a_pattern_looks_past_case_and_accents():
    assert hits("Gagnez 500€ par Été", r"\d+ ?€ par ete", kind="pattern") == [r"\d+ ?€ par ete"]
    assert hits("Oui", "é", kind="pattern") == []
    assert hits("Bébé", "bébé", kind="pattern") == ["bébé"]


def test_what_is_no_pattern_is_left_out():
    assert hits("(", "(", "b", kind="pattern") == []


@pytest.mark.parametrize("text", HOSTILE)
def test_patterns_take_no_more_than_their_time(text):
    listed = WordList([ListedWord(pk=number, text=pattern, kind="pattern") for number, pattern in enumerate(CATASTROPHIC * 20)])
    seen = see(f"<p>{text}</p>")
    began = time.process_time()

    listed.hits(seen)

    assert time.process_time() - began < TEXT_SECONDS + 1


def test_a_pattern_for_which_no_time_is_left_is_said_and_refuses_nobody(monkeypatch):
    monkeypatch.setattr(wordlist, "TEXT_SECONDS", -1)

    (hit,) = WordList([ListedWord(text="casino", kind="pattern", effect="refuse")]).hits(see("<p>casino</p>"))

    assert hit.too_slow
    assert not hit.refuses


@pytest.mark.parametrize("pattern", MONSTROUS)
def test_a_pattern_that_would_take_all_memory_is_none(pattern):
    with pytest.raises(re2.error):
        compiled(pattern)


@pytest.mark.parametrize("text", HOSTILE)
def test_thousands_of_words_cost_no_more_than_the_text(text):
    listed = WordList(ListedWord(pk=number, text=f"mot{number} interdit") for number in range(5_000))
    seen = see(f"<p>{text}</p>")
    began = time.process_time()

    assert listed.hits(seen) == []

    assert time.process_time() - began < 1


@given(st.text(max_size=60))
def test_folding_is_done_once_for_all(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_looked_at(text):
    seen = see(render(text))

    WordList([ListedWord(text="casino")]).hits(seen)
    assert len(seen.links) <= 60


def test_links_are_counted_and_addresses_of_people_are_not():
    assert see(render("[a](https://a.example) b.org https://c.example ecrire@d.org")).links == (
        "https://a.example",
        "http://b.org",
        "https://c.example",
    )


def test_two_entries_that_look_for_the_same_are_one():
    assert key_of("word", "Été  chaud") == key_of("word", "ete-CHAUD")
    assert key_of("pattern", "Été") != key_of("pattern", "ete")
    with pytest.raises(re2.error):
        compiled("(")
