"""The passage shown of a text, and what is marked in it."""

import pytest

from search.passages import LENGTH, marked, passage
from search.queries import parse


def written(pieces):
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Les RÉSEAUX d’éducation", "reseau education", "Les [RÉSEAUX] d’[éducation]"),
        ("L’œuvre des têtes", "oeuvres tete", "L’[œuvre] des [têtes]"),
        ("Le réseau en tête", '"tête de réseau"', "Le [réseau] en [tête]"),
        ("Rien à voir", "réseau", "Rien à voir"),
        ("", "réseau", ""),
        ("<script>réseau</script>", "réseau", "<script>[réseau]</script>"),
    ],
)
def test_marks_stand_on_the_words_as_they_are_written(text, typed, expected):
    assert written(marked(text, parse(typed))) == expected


def test_a_beginning_is_marked_where_the_question_was_loosened():
    assert written(marked("Une concertation", parse("concer").loosened())) == "Une [concertation]"


def test_a_passage_shows_where_most_words_of_the_question_stand_together():
    text = "réseau " + "et ainsi de suite " * 40 + "le réseau influence la loi " + "puis le silence " * 40

    shown = written(passage(text, parse("réseau influence loi")))

    assert "[réseau] [influence] la [loi]" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < LENGTH + 30


def test_a_passage_of_a_text_found_by_its_title_is_its_beginning():
    text = "Au commencement. " + "et ainsi de suite " * 40

    assert written(passage(text, parse("réseau"))).startswith("Au commencement.")


def test_a_passage_of_one_endless_word_is_cut():
    assert len(written(passage("x" * 5_000, parse("réseau")))) < LENGTH + 10
