"""Lists of people to invite, as spreadsheets write them."""

import pytest

from networks.invitation_lists import decode, read_lines, with_outcomes, written_lines
from networks.services import Invited
from networks.states import InviteOutcome, Role


@pytest.mark.parametrize(
    ("written", "email", "role"),
    [
        ("nina@example.org", "nina@example.org", Role.MEMBER),
        ("nina@example.org;Nina Simone", "nina@example.org", Role.MEMBER),
        ("nina@example.org;Nina Simone;animatrice", "nina@example.org", Role.FACILITATOR),
        ("nina@example.org,Nina,Animateur·rice", "nina@example.org", Role.FACILITATOR),
        ("nina@example.org\tNina\tModératrice", "nina@example.org", Role.MODERATOR),
        ('"Simone, Nina";nina@example.org;membre', "nina@example.org", Role.MEMBER),
        ("nina@example.org; moderator", "nina@example.org", Role.MODERATOR),
        ("Nina Simone <nina@example.org>", "nina@example.org", Role.MEMBER),
        ('"nina@example.org";"Nina ""la"" Simone"', "nina@example.org", Role.MEMBER),
    ],
)
def test_a_line_is_an_address_perhaps_a_name_perhaps_a_role(written, email, role):
    (line,) = read_lines(written)

    assert (line.email, line.role, line.outcome) == (email, role, None)


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("nina", InviteOutcome.INVALID),
        ("nina@", InviteOutcome.INVALID),
        ("@example.org;x", InviteOutcome.INVALID),
        (f"{'n' * 250}@example.org", InviteOutcome.INVALID),
        ("nina@example.org;Nina;présidente", InviteOutcome.UNKNOWN_ROLE),
        ('nina@example.org";"', InviteOutcome.INVALID),
    ],
)
def test_what_is_not_understood_keeps_its_text(written, outcome):
    (line,) = read_lines(written)

    assert (line.text, line.outcome) == (written, outcome)


def test_an_address_that_stands_twice_is_read_once():
    lines = list(read_lines("nina@example.org\n\nNINA@example.org\nmax@example.org"))

    assert [(line.number, line.outcome) for line in lines] == [(1, None), (3, InviteOutcome.DUPLICATE), (4, None)]


def test_headings_and_empty_lines_are_passed_over():
    assert written_lines("Adresse e-mail;Nom;Rôle\n;;\n  \nnina@example.org;Nina") == [(4, "nina@example.org;Nina")]
    assert [line for _number, line in written_lines("nina@example.org")] == ["nina@example.org"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_read_in_whatever_a_spreadsheet_saves(encoding):
    (line,) = read_lines(decode("nina@example.org;Zoé Zèbre;Modératrice".encode(encoding)))

    assert (line.email, line.role) == ("nina@example.org", Role.MODERATOR)


def test_bytes_that_are_no_text_are_no_fault():
    assert all(line.outcome == InviteOutcome.INVALID for line in read_lines(decode(bytes(range(256)) * 20)))


def test_what_became_of_each_line_stands_at_it():
    lines = list(read_lines("nina@example.org\nquoi\nmax@example.org"))

    report = with_outcomes(lines, [Invited(InviteOutcome.INVITED), Invited(InviteOutcome.MEMBER)])

    assert [line.outcome for line in report] == [InviteOutcome.INVITED, InviteOutcome.INVALID, InviteOutcome.MEMBER]


@pytest.mark.parametrize(
    "line",
    [
        "nina@example.org, luc@example.org",
        "nina@example.org;luc@example.org;",
        'Nina <nina@example.org>, "Luc" <luc@example.org>',
    ],
)
def test_a_line_of_nothing_but_addresses_is_one_for_each(line):
    """As people paste them from their mail program: none is taken for a name and forgotten."""
    found = list(read_lines(f"{line}\nada@example.org;Ada"))

    assert [(each.number, each.email) for each in found] == [(1, "nina@example.org"), (1, "luc@example.org"), (2, "ada@example.org")]
    assert all(each.outcome is None for each in found)


def test_addresses_of_one_line_are_counted_as_lines():
    assert len(written_lines(", ".join(f"p{number}@example.org" for number in range(30)))) == 30


@pytest.mark.parametrize("line", ['"Le Gall, Nina" <nina@example.org>', "Le Gall, Nina <nina@example.org>"])
def test_a_name_with_a_comma_before_an_address_is_a_name(line):
    [found] = read_lines(line)

    assert (found.email, found.outcome) == ("nina@example.org", None)


@pytest.mark.parametrize("line", ["(" * 5_000 + "<nina@example.org>", '"' * 4_999 + "<a@", "<" * 5_000 + "@>", "a@b <" + "\\" * 5_000])
def test_no_line_is_too_twisted_to_be_reported(line):
    assert len(list(read_lines(line))) == 1
