"""The registers of decisions and of reports: who finds what in them, how they are narrowed, what they cost."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.users.models import UserProfile

from comments import services
from comments.models import Discussion, Report, Statement
from comments.services import Author
from comments.states import Action, ReportKind, Status

REGISTER = "/admin/moderation/register/"
REPORTS = "/admin/moderation/register/reports/"
LISTS = [REGISTER, REPORTS]


def listed(client, user, address=REGISTER, **params):
    client.force_login(user)
    response = client.get(address, params)
    assert response.status_code == 200
    return {str(row) for row in response.context["object_list"]}


def exported(client, form, address=REGISTER, **params):
    body = b"".join(client.get(address, {"export": form, **params}).streaming_content)
    if form == "csv":
        return list(csv.reader(io.StringIO(body.decode())))
    return [list(row) for row in load_workbook(io.BytesIO(body)).active.iter_rows(values_only=True)]


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        ("admin", {"here", "elsewhere", "public"}),
        ("moderator", {"here", "elsewhere", "public"}),
        ("network_moderator", {"here"}),
        ("other_moderator", {"elsewhere"}),
    ],
)
def test_each_finds_the_decisions_and_reports_of_what_they_moderate(client, request, statements, person, seen):
    user = request.getfixturevalue(person)

    assert listed(client, user) == {statements[place].reference for place in seen}
    assert listed(client, user, REPORTS) == {Report.objects.get(statement=statements[place]).reference for place in seen}
    for place, statement in statements.items():
        assert client.get(f"{REGISTER}{statement.pk}/").status_code == (200 if place in seen else 404)
    for form in ["csv", "xlsx"]:
        assert {row[0] for row in exported(client, form)[1:]} == {statements[place].reference for place in seen}
        assert len(exported(client, form, REPORTS)) == 1 + len(seen)


@pytest.mark.parametrize("person", [None, "reader", "member", "facilitator", "editor"])
def test_nobody_else_finds_a_register(client, request, statements, person):
    if person:
        client.force_login(request.getfixturevalue(person))

    for address in [*LISTS, f"{REGISTER}results/", f"{REPORTS}results/", f"{REGISTER}{statements['here'].pk}/"]:
        response = client.get(address)
        assert response.status_code == 302
        assert "raillerie" not in response.text


def test_no_address_of_anybody_is_in_a_register(client, admin, hidden, article):
    statement = hidden(article, "Des mots", author=Author(name="Ève", email="eve@example.org"))
    services.sanction(statement.comment, "ban", by=admin, reason="abuse", everywhere=True)
    client.force_login(admin)

    pages = [client.get(address).text for address in [*LISTS, f"{REGISTER}{statement.pk}/"]]
    cells = [str(cell) for address in LISTS for form in ["csv", "xlsx"] for row in exported(client, form, address) for cell in row]

    assert "Ève" in pages[0]
    assert not any(address in text for text in [*pages, *cells] for address in ["eve@example.org", "temoin@example.org", "Témoin"])


def test_cells_are_run_by_no_spreadsheet(client, admin, hidden, article):
    hidden(article, "=HYPERLINK(0)")
    client.force_login(admin)

    for form in ["csv", "xlsx"]:
        assert "'=HYPERLINK(0)" in exported(client, form)[1]


def test_the_page_of_a_decision_tells_all_of_it(client, network_moderator, moderator, statements):
    statement = statements["here"]
    appeal = services.appeal(statement, text="Je ne raillais pas")
    services.decide_appeal(appeal, overturn=True, by=moderator, words="Vous avez raison")
    client.force_login(network_moderator)

    text = client.get(f"{REGISTER}{statement.pk}/").text

    for word in [statement.reference, "Pas de raillerie", "Je ne raillais pas", "Vous avez raison", "Signalements à l’origine"]:
        assert word in text
    assert Report.objects.get(statement=statement).reference in text
    assert f"/admin/moderation/inspect/{statement.comment_id}/" in text


def test_what_was_said_where_another_network_is_at_home_now_is_no_longer_told_of_here(
    client, network_moderator, moderator, statements, topic, other_network
):
    statement = statements["here"]
    Discussion.objects.filter(pk=statement.comment.discussion_id).update(network=other_network)

    client.force_login(network_moderator)
    for address in [REGISTER, f"{REGISTER}{statement.pk}/"]:
        text = client.get(address).text
        assert statement.reference in text
        assert "Lectrice" not in text
        assert topic.title not in text
    assert topic.title not in str(exported(client, "csv"))
    client.force_login(moderator)
    assert topic.title in client.get(REGISTER).text


def test_the_register_is_narrowed(client, moderator, statements, say, article, network):
    spam = services.moderate(say(article, "Achetez"), Action.SPAM, by=moderator)
    spam = Statement.objects.get(comment=spam)
    services.appeal(statements["public"], text="Mais non")
    services.moderate(statements["elsewhere"].comment, Action.RESTORE, by=moderator)
    held = services.statuses.hold_reported(say(article, "Repris", Status.PUBLISHED))
    held = Statement.objects.get(comment=held)
    here, elsewhere, public = (statements[place].reference for place in ["here", "elsewhere", "public"])
    everything = {here, elsewhere, public, spam.reference, held.reference}

    for params, seen in [
        ({"restriction": "spam"}, {spam.reference}),
        ({"reason": spam.reason_id}, {spam.reference}),
        ({"basis": "law"}, set()),
        ({"automated": "yes"}, {held.reference}),
        ({"automated": "no"}, everything - {held.reference}),
        ({"reported": "yes"}, {here, elsewhere, public}),
        ({"network": network.pk}, {here}),
        ({"decided_at_from": "2000-01-01", "decided_at_to": "2000-12-31"}, set()),
        ({"appeal": "waiting"}, {public}),
        ({"appeal": "none"}, everything - {public}),
        ({"holds": "no"}, {elsewhere}),
        ({"holds": "yes"}, everything - {elsewhere}),
        ({"q": here}, {here}),
        ({"q": f"d{statements['here'].pk}"}, {here}),
        ({"q": str(statements["here"].pk)}, {here}),
        ({"q": "MENACE"}, {elsewhere}),
    ]:
        assert listed(client, moderator, **params) == seen, params


def test_a_suspension_is_in_effect_until_its_end(client, moderator, statements):
    sanction = services.sanction(
        statements["public"].comment, "suspend", by=moderator, reason="abuse", until=timezone.now() + timedelta(days=1), everywhere=True
    )
    assert sanction.statement.reference in listed(client, moderator, holds="yes")

    Statement.objects.filter(sanction=sanction).update(until=timezone.now() - timedelta(hours=1))

    assert sanction.statement.reference not in listed(client, moderator, holds="yes")
    assert "son temps est écoulé" in client.get(f"{REGISTER}{sanction.statement.pk}/").text


def test_the_register_of_reports_is_narrowed(client, moderator, statements, say, article, network):
    open_one = services.report(
        say(article, "Autre chose", Status.PUBLISHED), by=services.Reporter(key="y"), kind=ReportKind.SPAM, words="Une réclame"
    ).report

    for params, seen in [
        ({"kind": "spam"}, {open_one.reference}),
        ({"verdict": "open"}, {open_one.reference}),
        ({"network": network.pk}, {Report.objects.get(statement=statements["here"]).reference}),
        ({"q": open_one.reference}, {open_one.reference}),
        ({"q": "réclame"}, {open_one.reference}),
    ]:
        assert listed(client, moderator, REPORTS, **params) == seen, params


def test_the_filters_offer_nothing_of_other_networks(client, network_moderator, statements, other_network):
    for address in LISTS:
        listed(client, network_moderator, address)
        text = client.get(address).text
        assert "Union des jardins" not in text
        assert "Réseau des ludothèques" in text
        assert listed(client, network_moderator, address, network=other_network.pk) <= listed(client, network_moderator, address)


@pytest.mark.parametrize("value", ["\x00", "x" * 3000, "-1", "9" * 30, "٣", "' OR 1=1 --", "[]", "D-", "<script>"])
def test_nonsense_in_any_parameter_is_forgiven(client, moderator, statements, value):
    client.force_login(moderator)
    for name in [
        "p",
        "q",
        "restriction",
        "reason",
        "automated",
        "network",
        "decided_at_from",
        "appeal",
        "holds",
        "kind",
        "ordering",
        "export",
    ]:
        for address in LISTS:
            assert client.get(address, {name: value}).status_code == 200, (name, address)


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("person", ["moderator", "network_moderator"])
def test_a_register_asks_the_same_with_one_row_and_with_many(client, request, hidden, topic, person, address):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    hidden(topic, "Une fois")
    client.force_login(request.getfixturevalue(person))
    client.get(address)
    once = asked()
    for number in range(6):
        hidden(topic, f"Encore {number}")

    assert asked() == once


def test_the_registers_speak_both_languages(client, moderator, statements):
    client.force_login(moderator)

    for language, words in [("fr", "Registre des décisions"), ("en", "Register of decisions")]:
        UserProfile.objects.update_or_create(user=moderator, defaults={"preferred_language": language})
        for address in LISTS:
            assert words in client.get(address).text
