"""What is read from what was typed."""

import pytest

from search.queries import MAX_LENGTH, MAX_TERMS, Term, parse


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("réseaux", ["reseau"]),
        ("les réseaux de l’éducation", ["reseau", "educ"]),
        ('"têtes de réseau"', ["tet reseau"]),
        ("« têtes de réseau » influence", ["tet reseau", "influenc"]),
        ('"réseau', ["reseau"]),
        ('réseau" influence "', ["influenc", "reseau"]),
        ("réseau réseaux RESEAU", ["reseau"]),
        ("-réseau +loi", ["reseau", "loi"]),
        ("réseau OR loi", ["reseau", "or", "loi"]),
        ("title_stems:loi", ["titl", "stem", "loi"]),
        ("", []),
        ('""', []),
        ("de la", []),
    ],
)
def test_parse_reads_words_and_phrases(typed, terms):
    assert [term.stems for term in parse(typed).terms] == terms


def test_parse_cuts_a_long_question_and_says_so():
    query = parse("réseau " * 2_000)

    assert query.was_cut
    assert len(query.text) <= MAX_LENGTH
    assert query.terms == (Term("reseau"),)


def test_parse_keeps_the_first_terms_of_many_and_says_so():
    query = parse(" ".join(f"mot{number}" for number in range(30)))

    assert query.was_cut
    assert len(query.terms) == MAX_TERMS


def test_a_short_question_is_not_cut():
    assert not parse("réseau").was_cut


def test_loosened_asks_for_beginnings_of_each_word_but_the_shortest():
    loosened = parse('"têtes de réseau" ia').loosened()

    assert loosened.terms == (Term("tet", beginning=True), Term("reseau", beginning=True), Term("ia"))
    assert not loosened.needs_all
