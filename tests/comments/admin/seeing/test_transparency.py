"""The yearly report: numbers of a small world that are known, whose they are, and the forms it is taken away in."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.users.models import UserProfile

from comments import services
from comments.figures.scope import Scope
from comments.figures.transparency import numbers, year_to_report
from comments.models import Appeal, Handled, Report, Statement, ThreadComment
from comments.services.statuses import hold_reported
from comments.states import Action, ReportKind, Status

ADDRESS = "/admin/moderation/transparency/"
YEAR = timezone.localdate(timezone=timezone.get_default_timezone()).year


@pytest.fixture
def year_of_work(statements, say, article, admin, moderator, network_moderator, other_moderator):
    """Three comments hidden after notices, one rejected of one's own accord, one held by a rule and let go, one undone, an appeal."""
    services.moderate(say(article, "Hors sujet"), Action.REJECT, by=moderator, reason="off_topic")
    held = hold_reported(say(article, "Repris", Status.PUBLISHED))
    services.moderate(held, Action.APPROVE, by=moderator)
    services.undo(services.moderate(say(article, "Vite"), Action.REJECT, by=moderator, reason="abuse"), by=moderator)
    services.moderate(say(article, "Privé", Status.PUBLISHED), Action.HIDE, by=moderator, reason="personal_data")
    fine = say(article, "Rien de grave", Status.PUBLISHED)
    services.report(fine, by=services.Reporter(key="z"), kind=ReportKind.ABUSE)
    services.dismiss_reports(fine, by=moderator)
    services.report(fine, by=services.Reporter(key="zz"), kind=ReportKind.SPAM)
    services.sanction(statements["public"].comment, "warn", by=admin, reason="abuse", everywhere=True)
    appeal = services.appeal(statements["public"], text="Non")
    services.decide_appeal(appeal, overturn=True, by=moderator, words="Soit")
    return statements


def test_a_year_is_counted(moderator, year_of_work):
    found = numbers(Scope(moderator), YEAR)

    by_kind = {each.kind: each for each in found.notices}
    illegal = by_kind["illegal"]
    assert (illegal.received, illegal.upheld, illegal.by_law, illegal.by_charter) == (3, 3, 0, 3)
    assert (by_kind["abuse"].received, by_kind["abuse"].dismissed) == (1, 1)
    assert (by_kind["spam"].received, by_kind["spam"].waiting) == (1, 1)
    assert {kind: found.count(restriction=kind) for kind in ["hide", "reject", "hold", "warn", "spam"]} == {
        "hide": 4,
        "reject": 1,
        "hold": 1,
        "warn": 1,
        "spam": 0,
    }
    assert (found.count(basis="law"), found.count(basis="charter")) == (1, 6)
    assert (found.count(reported=True), found.count(automated=True), found.count(automated=True, ended_because="lifted")) == (4, 1, 1)
    assert (found.appeals["overturned"], found.appeals["upheld"], found.appeals["waiting"]) == (1, 0, 0)
    assert found.decisions["hide"] == 4
    assert (found.people, found.deciders) == (4, 2)


def test_medians_are_of_what_was_answered(moderator, statements):
    moments = timezone.now()
    for hours, statement in zip([1, 5, 9], statements.values(), strict=True):
        Report.objects.filter(statement=statement).update(reported_at=moments - timedelta(hours=hours), decided_at=moments)
        Statement.objects.filter(pk=statement.pk).update(waited=timedelta(hours=hours))
        Handled.objects.filter(comment=statement.comment, kind="hide").update(waited=hours * 3600)
        Handled.objects.filter(comment=statement.comment, kind="approve").update(waited=None)
    Appeal.objects.create(statement=statement, text="Non", outcome="upheld", made_at=moments - timedelta(days=2), decided_at=moments)

    found = numbers(Scope(moderator), YEAR)

    five = timedelta(hours=5)
    assert [found.notice_median, found.illegal_median, found.restriction_median, found.decision_median] == [five] * 4
    assert found.appeal_median == timedelta(days=2)


def test_another_year_is_another_report(client, moderator, year_of_work):
    last_year = timezone.now() - timedelta(days=366)
    Statement.objects.filter(pk=year_of_work["here"].pk).update(decided_at=last_year)
    Report.objects.filter(statement=year_of_work["here"]).update(reported_at=last_year)

    assert numbers(Scope(moderator), YEAR).count(restriction="hide") == 3
    assert numbers(Scope(moderator), last_year.year).count(restriction="hide") == 1
    assert sum(each.received for each in numbers(Scope(moderator), last_year.year).notices) == 1


def test_the_last_full_year_is_reported_where_there_is_one(moderator, year_of_work):
    assert year_to_report(Scope(moderator), YEAR) == YEAR
    Handled.objects.filter(comment=year_of_work["here"].comment).update(day=timezone.localdate().toordinal() - 366)
    assert year_to_report(Scope(moderator), YEAR) == YEAR - 1


@pytest.mark.parametrize(
    ("person", "restricted", "people"), [("admin", 4, 4), ("moderator", 4, 4), ("network_moderator", 1, 1), ("other_moderator", 1, 1)]
)
def test_each_reports_on_what_they_moderate_and_the_page_says_so(client, request, year_of_work, person, restricted, people):
    user = request.getfixturevalue(person)
    found = numbers(Scope(user), YEAR)
    client.force_login(user)

    assert (found.count(restriction="hide"), found.people) == (restricted, people)
    for params in [{}, {"download": "html"}]:
        text = client.get(ADDRESS, {"year": YEAR, **params}).text
        assert ("tout le site" in text) == (restricted == 4)
        assert ("Réseau des ludothèques" in text.partition("<h2")[2] or bool(params)) or person != "network_moderator"
        assert "Union des jardins" not in text or person != "network_moderator"


def test_no_parameter_opens_another_network(client, network_moderator, year_of_work, other_network, network):
    client.force_login(network_moderator)

    asked = client.get(ADDRESS, {"network": other_network.pk, "download": "csv"}).content
    own = client.get(ADDRESS, {"network": network.pk, "download": "csv"}).content

    assert asked == client.get(ADDRESS, {"download": "csv"}).content == own


@pytest.mark.parametrize("person", [None, "reader", "member", "facilitator", "editor"])
def test_nobody_else_reads_a_report(client, request, year_of_work, person):
    if person:
        client.force_login(request.getfixturevalue(person))

    for params in [{}, {"download": "csv"}, {"download": "html"}]:
        assert client.get(ADDRESS, params).status_code == 302


@pytest.mark.parametrize(("language", "words"), [("fr", "La modération en"), ("en", "Moderation in")])
def test_the_report_is_a_page_for_the_site_without_script_style_or_names(client, moderator, year_of_work, language, words):
    UserProfile.objects.create(user=moderator, preferred_language=language)
    client.force_login(moderator)

    page = client.get(ADDRESS, {"year": YEAR, "download": "html"})

    assert f"{words} {YEAR}" in page.text
    assert f"{words} {YEAR}" in client.get(ADDRESS, {"year": YEAR}).text
    assert page["Content-Disposition"] == f'attachment; filename="moderation-{YEAR}.html"'
    assert not any(word in page.text for word in ["<script", "style=", "http", "Lectrice", "Modération</td>", "@"])
    assert page.text.count("<table>") == 8


def test_the_report_is_a_file_of_numbers(client, moderator, year_of_work):
    client.force_login(moderator)

    rows = list(csv.reader(io.StringIO(client.get(ADDRESS, {"year": YEAR, "download": "csv"}).content.decode("utf-8-sig"))))

    assert ["plus affiché", "4", "1", "3"] in rows or any(row[1:] == ["4", "1", "3"] for row in rows)
    assert ["Total", "6", "1", "5"] in rows


@pytest.mark.parametrize("value", ["\x00", "x" * 3000, "-1", "9" * 30, "٣", "1999", "99999", "[]"])
def test_nonsense_is_forgiven(client, moderator, value):
    client.force_login(moderator)
    for name in ["year", "network", "download"]:
        assert client.get(ADDRESS, {name: value}).status_code == 200


@pytest.mark.parametrize("person", ["moderator", "network_moderator"])
def test_the_report_asks_the_same_for_one_row_and_for_many(client, request, hidden, topic, person):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(ADDRESS, {"year": YEAR}).status_code == 200
        return len(captured)

    def one_more(number):
        statement = hidden(topic, f"Avis {number}")
        services.decide_appeal(services.appeal(statement, text="Non"), overturn=False, by=request.getfixturevalue("moderator"), words="Non")

    one_more(0)
    client.force_login(request.getfixturevalue(person))
    client.get(ADDRESS)
    once = asked()
    for number in range(1, 6):
        one_more(number)

    assert asked() == once
    assert ThreadComment.objects.moderatable_by(request.getfixturevalue(person)).count() == 6
