"""The queue: whose comments it lists, how it is narrowed, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comments import services
from comments.admin_views import queue
from comments.services import Author
from comments.states import MODERATION_ACTIONS, TRANSITIONS, Action, Status
from networks.models import Membership, Role
from tests.comments.admin.conftest import STATUSES

INDEX = "/admin/moderation/"


def shown(client, user, **params):
    client.force_login(user)
    response = client.get(INDEX, params)
    assert response.status_code == 200
    return {card.comment.comment for card in response.context["object_list"]}


def test_the_queue_lists_what_waits_to_a_global_moderator(client, moderator, here, elsewhere, public):
    assert shown(client, moderator) == {here.comment, elsewhere.comment, public.comment}


def test_the_queue_lists_only_their_network_to_a_network_moderator(client, network_moderator, here, elsewhere, public):
    assert shown(client, network_moderator) == {here.comment}


def test_the_counts_stop_at_the_network_too(client, network_moderator, here, elsewhere, public):
    client.force_login(network_moderator)
    response = client.get(INDEX)

    assert {tab["label"]: tab["count"] for tab in response.context["tabs"] if tab["count"]} == {"En attente": 1}
    assert response.context["items_count"] == 1


@pytest.mark.parametrize("person", ["reader", "member", "facilitator"])
def test_people_who_moderate_nothing_are_sent_away(client, request, person, here):
    client.force_login(request.getfixturevalue(person))

    response = client.get(INDEX)

    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")


def test_an_editor_without_the_right_to_moderate_is_refused(client, editor, here):
    client.force_login(editor)

    response = client.get(INDEX, follow=True)

    assert here.comment not in response.text
    assert response.redirect_chain[0][0] == reverse("wagtailadmin_home")


def test_visitors_are_asked_to_sign_in(client, here):
    assert client.get(INDEX).url.startswith("/admin/login/")


def test_the_queue_closes_with_the_membership(client, network_moderator, here):
    assert shown(client, network_moderator) == {here.comment}

    Membership.objects.filter(user=network_moderator, role=Role.MODERATOR).update(role=Role.MEMBER)

    assert client.get(INDEX).status_code == 302


def test_an_address_not_proven_yet_is_nobodys_to_read(client, admin, say, article):
    comment = say(article, "Pas encore prouvé", status=Status.AWAITING_EMAIL, author=Author(name="Ève", email="eve@example.org"))

    for status in ["pending", "all", "awaiting_email"]:
        assert comment.comment not in shown(client, admin, status=status)
    assert client.get(reverse("moderation:inspect", args=[comment.pk])).status_code == 404


@pytest.mark.parametrize("status", STATUSES)
def test_each_tab_lists_one_status(client, moderator, say, article, status):
    comments = {each: say(article, f"Texte {each}", status=each) for each in STATUSES}

    client.force_login(moderator)
    response = client.get(INDEX, {"status": status})

    assert [card.pk for card in response.context["object_list"]] == [comments[status].pk]


def test_the_filters_narrow_the_queue(client, moderator, say, here, elsewhere, public, network):
    guest = say(public.discussion.target, "Une invitée", author=Author(name="Ève", email="eve@example.org", language="en"))

    assert shown(client, moderator, network=network.pk) == {here.comment}
    assert shown(client, moderator, discussion=elsewhere.discussion_id) == {elsewhere.comment}
    assert shown(client, moderator, author="guest") == {guest.comment}
    assert shown(client, moderator, language="en") == {guest.comment}
    assert shown(client, moderator, author_of=guest.pk) == {guest.comment}
    assert shown(client, moderator, q="potager") == {elsewhere.comment}
    assert shown(client, moderator, q="Ève") == {guest.comment}
    assert shown(client, moderator, submit_date_from="2000-01-01", submit_date_to="2000-12-31") == set()


def test_the_filters_offer_nothing_of_other_networks(client, network_moderator, here, elsewhere):
    client.force_login(network_moderator)

    text = client.get(INDEX).text

    assert "Les prêts de jeux" in text
    assert "Semences secrètes" not in text
    assert "Union des jardins" not in text


def test_parameters_never_open_another_network(client, network_moderator, here, elsewhere, other_network):
    for params in [{"discussion": elsewhere.discussion_id}, {"network": other_network.pk}, {"author_of": elsewhere.pk}, {"q": "potager"}]:
        assert elsewhere.comment not in shown(client, network_moderator, status="all", **params)


HOSTILE = [
    "\x00",
    "\ud800".encode("utf-8", "surrogatepass"),
    "x" * 5000,
    "-1",
    "1e400",
    "9" * 30,
    "9" * 5000,
    "٣",
    "' OR 1=1 --",
    "[]",
    "<script>",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_nonsense_in_any_parameter_is_forgiven(client, moderator, here, value):
    client.force_login(moderator)
    names = ["p", "q", "status", "discussion", "network", "author", "author_of", "submit_date_from", "language", "ordering", "export"]
    for name in names:
        for address in [INDEX, f"{INDEX}results/"]:
            assert client.get(address, {name: value}).status_code == 200, (name, address)


def test_repeated_parameters_are_forgiven(client, moderator, here):
    client.force_login(moderator)

    assert client.get(f"{INDEX}?status=pending&status=spam&p=1&p=2&discussion=1&discussion=x").status_code == 200


def test_what_waits_longest_comes_first(client, moderator, say, article):
    first, second = say(article, "Premier"), say(article, "Second")
    client.force_login(moderator)

    response = client.get(INDEX)
    assert [card.pk for card in response.context["object_list"]] == [first.pk, second.pk]


def test_a_row_says_what_a_decision_needs(client, moderator, say, article, reader):
    parent = say(article, "Le commentaire du dessus", status=Status.PUBLISHED)
    say(article, "Refusé", status=Status.REJECTED)
    say(article, "Une **réponse**", parent=parent)
    client.force_login(moderator)

    text = client.get(INDEX).text

    assert "<strong>réponse</strong>" in text
    assert "Le commentaire du dessus" in text
    assert article.title in text
    assert reader.display_name in text
    card = client.get(INDEX).context["object_list"][0]
    assert (card.record.published, card.record.refused) == (1, 1)


def test_a_record_counts_only_what_the_moderator_may_see(client, network_moderator, say, here, other_topic):
    say(other_topic, "Ailleurs", status=Status.REJECTED)
    client.force_login(network_moderator)

    assert client.get(INDEX).context["object_list"][0].record.is_new


@pytest.mark.parametrize("status", STATUSES)
def test_a_row_offers_exactly_the_actions_of_its_status(client, moderator, say, article, status):
    comment = say(article, "Texte", status=status)
    client.force_login(moderator)

    text = client.get(INDEX, {"status": status}).text

    offered = {action for action in Action if f"/admin/moderation/decide/{comment.pk}/{action}/" in text}
    assert offered == {action for action in MODERATION_ACTIONS if status in TRANSITIONS[action].sources}


def test_the_queue_costs_the_same_for_two_comments_and_a_full_page(client, moderator, say, article, topic):
    client.force_login(moderator)
    parent = say(article, "Parent", status=Status.PUBLISHED)
    say(article, "Seul", parent=parent)
    say(article, "Seule", author=Author(name="Ève", email="eve@example.org"))
    client.get(INDEX)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(INDEX)

    for number in range(24):
        say(topic if number % 2 else article, f"Texte {number}", parent=None if number % 2 else parent)
        say(article, f"Mot {number}", author=Author(name="Ève", email=f"eve{number}@example.org"))
    with CaptureQueriesContext(connection) as many:
        response = client.get(INDEX)

    assert len(response.context["object_list"]) == queue.QueueView.paginate_by
    assert len(many) == len(few)
    assert len(many) <= 15


def test_the_queue_pages_no_further_than_its_bound(client, moderator, say, article, monkeypatch):
    monkeypatch.setattr(queue.BoundedPaginator, "LIMIT", 3)
    for number in range(5):
        say(article, f"Texte {number}")
    client.force_login(moderator)

    response = client.get(INDEX)

    assert response.context["items_count"] == 3
    assert response.context["paginator"].is_bounded


def test_hostile_words_are_shown_not_run(client, moderator, say, article):
    say(article, "<script>alert(1)</script> <img src=x onerror=alert(2)>", author=Author(name="<b>Ève</b>", email="eve@example.org"))
    client.force_login(moderator)

    text = client.get(INDEX).text

    assert "<script>alert(1)" not in text
    assert "<img src=x" not in text
    assert "<b>Ève</b>" not in text


def test_services_stay_the_only_door(here, elsewhere, network_moderator):
    with pytest.raises(services.Refused):
        services.moderate(elsewhere, Action.APPROVE, by=network_moderator)
    assert services.moderate(here, Action.APPROVE, by=network_moderator).status == Status.PUBLISHED


@pytest.mark.parametrize("day", ["0001-01-01", "1000-01-01", "9999-12-31", "2026-13-45"])
def test_dates_at_the_ends_of_the_calendar_narrow_nothing(client, moderator, here, day):
    client.force_login(moderator)
    asked = {
        "/admin/moderation/": "submit_date",
        "/admin/moderation/register/": "decided_at",
        "/admin/moderation/register/reports/": "reported_at",
        f"/admin/moderation/history/{here.pk}/": "timestamp",
        "/admin/bulk/comments/threadcomment/hide/": "submit_date",
    }

    for address, name in asked.items():
        for end in ("from", "to"):
            assert client.get(address, {"id": "all", f"{name}_{end}": day}).status_code == 200
    assert client.get("/admin/moderation/", {"submit_date_from": "1900-01-01", "submit_date_to": "9998-12-31"}).context["items_count"] == 1
