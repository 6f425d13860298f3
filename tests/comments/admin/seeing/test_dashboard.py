"""The dashboard: numbers of a small world that are known, whose they are, what they cost, how they are drawn."""

import csv
import io
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.users.models import UserProfile

from comments import services
from comments.figures.charts import Chart, Series, duration
from comments.figures.dashboard import figures
from comments.figures.periods import LONGEST, MOST_PARTS, Period, midnight
from comments.figures.scope import Scope
from comments.models import Handled
from comments.states import Action, ReportKind, Status

ADDRESS = "/admin/moderation/dashboard/"
MOST_QUERIES = 15


@pytest.fixture
def decided(moderator):
    """`decided(comment, waited, at)`: an approval after so many seconds, on a day."""

    def _decided(comment, waited, at=None):
        at = at or timezone.now()
        day = timezone.localdate(at, timezone.get_default_timezone()).toordinal()
        network_id = comment.discussion.network_id
        return Handled.objects.create(comment=comment, network_id=network_id, kind="approve", by=moderator, at=at, day=day, waited=waited)

    return _decided


def whole(period_days=7):
    return Period.ending_today(period_days)


# Times


@pytest.mark.parametrize(("days", "width", "parts"), [(1, 1, 1), (7, 1, 7), (60, 1, 60), (61, 7, 9), (365, 7, 53), (3000, 91, 33)])
def test_a_time_is_cut_into_equal_parts_that_cover_it(days, width, parts):
    period = whole(days)

    assert (period.days, period.width, len(period.parts)) == (days, width, parts)
    assert (period.parts[0][0], period.parts[-1][1]) == (period.first, period.last)
    assert all(end == following[0] for (_start, end), following in zip(period.bounds, period.bounds[1:], strict=False))
    assert (period.bounds[0][0], period.bounds[-1][1]) == (period.start, period.end)
    assert len(Period(date(2000, 1, 1), date(2000, 1, 1) + LONGEST - timedelta(days=1)).parts) == MOST_PARTS


def test_a_day_is_one_of_the_sites_time_zone():
    period = Period(date(2026, 3, 28), date(2026, 3, 30))

    assert [str(start.astimezone(timezone.get_fixed_timezone(0)))[:16] for start, _end in period.bounds] == [
        "2026-03-27 23:00",
        "2026-03-28 23:00",
        "2026-03-29 22:00",
    ]


# Numbers


def test_what_is_posted_decided_and_reported_is_counted_on_its_day(moderator, say, article):
    comment = say(article, "Un avis", Status.PUBLISHED)
    say(article, "Un autre")
    old = say(article, "Ancien")
    old.submit_date = timezone.now() - timedelta(days=3)
    old.save(update_fields=["submit_date"])
    services.report(comment, by=services.Reporter(key="x"), kind=ReportKind.ABUSE)
    services.dismiss_reports(comment, by=moderator)
    services.report(comment, by=services.Reporter(key="y"), kind=ReportKind.ILLEGAL)
    services.moderate(comment, Action.HIDE, by=moderator, reason="abuse")

    found = figures(Scope(moderator), whole())

    assert found.posted == [0, 0, 0, 1, 0, 0, 2]
    assert {kind: values[-1] for kind, values in found.decided.items() if any(values)} == {"approve": 1, "dismiss": 1, "hide": 1}
    assert {kind: values[-1] for kind, values in found.reported.items() if any(values)} == {"abuse": 1, "illegal": 1}
    assert (found.decisions, found.reports) == (3, 2)
    (share,) = found.shares
    assert (share.network, share.decisions, share.restrictions, share.reports) == (None, 3, 1, 2)
    assert (share.published, share.pending) == (0, 2)


def test_who_proved_no_address_posted_nothing_yet(moderator, say, article):
    from comments.services import Author

    say(article, "Un avis")
    say(article, "Pas prouvé", status=Status.AWAITING_EMAIL, author=Author(name="Ève", email="eve@example.org"))

    assert sum(figures(Scope(moderator), whole()).posted) == 1


@pytest.mark.parametrize(
    ("seconds", "median", "nearly_all"), [([9], 9, 9), ([1, 2], 1, 2), ([5, 1, 3], 3, 5), (list(range(1, 21)), 10, 19), ([7] * 40, 7, 7)]
)
def test_half_and_nearly_all_of_the_waiting_times(moderator, here, decided, seconds, median, nearly_all):
    for waited in seconds:
        decided(here, waited)
    decided(here, None)
    decided(here, 1000, at=timezone.now() - timedelta(days=2))

    found = figures(Scope(moderator), whole())

    assert (found.median[-1], found.nearly_all[-1]) == (median, nearly_all)
    assert (found.median[-3], found.median[-2]) == (1000, None)


def test_what_lies_outside_of_the_time_is_not_counted(moderator, here, decided):
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    inside = midnight(today) + timedelta(seconds=1)
    decided(here, 1, at=inside)
    decided(here, 1, at=inside - timedelta(seconds=2))

    assert figures(Scope(moderator), Period(today, today)).decisions == 1


# Whose


@pytest.mark.parametrize(("person", "number"), [("admin", 3), ("moderator", 3), ("network_moderator", 1), ("other_moderator", 1)])
def test_each_counts_what_they_moderate(request, here, elsewhere, public, admin, person, number):
    for comment in [here, elsewhere, public]:
        published = services.moderate(comment, Action.APPROVE, by=admin)
        services.report(published, by=services.Reporter(key="x"), kind=ReportKind.ABUSE)

    found = figures(Scope(request.getfixturevalue(person)), whole())

    assert (sum(found.posted), found.decisions, found.reports) == (number, number, number)
    assert (len(found.shares), sum(share.published for share in found.shares)) == (number, number)


def test_a_network_is_asked_for_and_never_another_ones(client, network_moderator, moderator, here, elsewhere, network, other_network):
    client.force_login(moderator)
    assert sum(client.get(ADDRESS, {"network": network.pk}).context["figures"].posted) == 1
    client.force_login(network_moderator)
    response = client.get(ADDRESS, {"network": other_network.pk})

    assert sum(response.context["figures"].posted) == 1
    assert "Union des jardins" not in response.text
    assert "Seul ce que vous modérez" in response.text


@pytest.mark.parametrize("person", [None, "reader", "member", "facilitator", "editor"])
def test_nobody_else_sees_figures(client, request, here, person):
    if person:
        client.force_login(request.getfixturevalue(person))

    assert client.get(ADDRESS).status_code == 302
    assert client.get(ADDRESS, {"export": "csv"}).status_code == 302


# The page


@pytest.fixture
def busy(moderator, say, article, decided):
    comment = say(article, "Un avis", Status.PUBLISHED)
    for day in range(5):
        decided(comment, 60 * (day + 1), at=timezone.now() - timedelta(days=day))
    services.report(comment, by=services.Reporter(key="x"), kind=ReportKind.ABUSE)


@pytest.mark.parametrize(("language", "word"), [("fr", "Commentaires déposés"), ("en", "Comments posted")])
def test_each_chart_has_a_text_and_its_table(client, moderator, busy, language, word):
    UserProfile.objects.create(user=moderator, preferred_language=language)
    client.force_login(moderator)

    text = client.get(ADDRESS).text

    charts = [f"<svg{part.partition('</svg>')[0]}</svg>" for part in text.split("<svg")[1:] if 'role="img"' in part.partition(">")[0]]
    assert len(charts) == 4 == text.count('<details class="chart__table">')
    assert word in text
    for chart in charts:
        drawn = ElementTree.fromstring(chart)
        assert drawn.find("title").text
        assert drawn.findall("rect") or drawn.findall("circle")
    assert " style=" not in "".join(charts)


def test_an_empty_time_says_so(client, moderator):
    client.force_login(moderator)

    assert client.get(ADDRESS).text.count("Rien pendant cette période.") == 4


@pytest.mark.parametrize(
    ("params", "days"),
    [
        ({}, 30),
        ({"period": "7"}, 7),
        ({"period": "365"}, 365),
        ({"from": "2026-01-01", "to": "2026-01-31"}, 31),
        ({"from": "2026-01-31", "to": "2026-01-01"}, 30),
        ({"from": "2026-01-31"}, 30),
        ({"from": "1000-01-01", "to": "9999-12-31"}, 30),
        ({"from": "2026-99-99", "to": "'"}, 30),
        ({"period": "x" * 3000}, 30),
        ({"network": "9" * 40}, 30),
        ({"network": "\x00"}, 30),
    ],
)
def test_a_time_is_chosen_and_nonsense_is_said_at_its_field(client, moderator, params, days):
    client.force_login(moderator)

    response = client.get(ADDRESS, params)

    assert response.status_code == 200
    assert response.context["figures"].period.days == days
    assert bool(response.context["form"].errors) == (days == 30 and bool(params))


def test_the_numbers_are_taken_away(client, moderator, busy):
    client.force_login(moderator)

    response = client.get(ADDRESS, {"period": "7", "export": "csv"})

    head, *rows = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert response["Content-Disposition"].startswith('attachment; filename="moderation-')
    assert len(rows[0]) == len(head)
    assert [row[head.index("Attente médiane, en heures")] for row in rows[:7]] == ["", "", "0.08", "0.07", "0.05", "0.03", "0.0"]
    assert rows[8][0] == "Réseau"


@pytest.mark.parametrize("person", ["moderator", "network_moderator"])
def test_the_page_asks_the_same_for_one_row_and_for_many(client, request, say, topic, admin, person):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(ADDRESS, {"period": "365"}).status_code == 200
        return len(captured)

    def one_more(number):
        comment = say(topic, f"Avis {number}", Status.PUBLISHED)
        services.report(comment, by=services.Reporter(key=f"x{number}"), kind=ReportKind.ABUSE)
        services.dismiss_reports(comment, by=admin)

    one_more(0)
    client.force_login(request.getfixturevalue(person))
    client.get("/admin/moderation/discussions/")
    with CaptureQueriesContext(connection) as bare:
        client.get("/admin/moderation/rules/spaces/")
    once = asked()
    for number in range(1, 8):
        one_more(number)

    assert asked() == once <= len(bare) + MOST_QUERIES


# Drawing


def test_bars_stand_on_each_other_and_reach_no_higher_than_the_scale(db):
    chart = Chart("x", "X", whole(), [Series("a", [3, 0, 0, 0, 0, 0, 1]), Series("b", [4, 0, 0, 0, 0, 0, 0])])

    lower, last, upper = sorted(chart.bars, key=lambda bar: (bar.series, bar.x))
    assert round(upper.y + upper.height, 1) == lower.y
    assert upper.y >= Chart.TOP
    assert last.x + last.width <= Chart.LEFT + Chart.WIDTH
    assert chart.step == 2


def test_a_line_breaks_where_nothing_is_known(db):
    chart = Chart("x", "X", whole(), [Series("a", [60, 120, None, 60, None, None, 90])], is_lines=True, told=duration)

    assert len(chart.lines) == 1
    assert len(chart.points) == 4


@pytest.mark.parametrize(("seconds", "told"), [(0, "0 min"), (90, "2 min"), (3600, "1 h"), (5400, "1,5 h"), (86400 * 3, "3 jours")])
def test_a_time_is_told_in_one_unit(db, seconds, told):
    assert duration(seconds) == told
