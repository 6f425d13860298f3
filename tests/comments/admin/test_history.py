"""What is written down, and how it reads; what a moderator finds on the admin's home."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import ModelLogEntry

from comments import services
from comments.admin_permissions import CommentPermissionPolicy
from comments.models import Discussion, ThreadComment
from comments.states import Action, Mode, Status


@pytest.fixture
def other_entry(elsewhere, admin):
    """A decision in the other network, with words in its note."""
    services.moderate(elsewhere, Action.REJECT, by=admin, reason="other", words="Propos sur le compost")
    return ModelLogEntry.objects.get(action="comments.reject")


def test_a_comments_page_tells_its_whole_history(client, network_moderator, say, topic):
    comment = say(topic, "Bonjour", status=Status.HIDDEN)
    client.force_login(network_moderator)

    response = client.get(reverse("moderation:inspect", args=[comment.pk]))

    assert [entry.action for entry in response.context["history"]] == ["comments.hide", "comments.approve", "comments.post"]


def test_a_comments_page_shows_what_it_said_before_to_its_moderators(client, network_moderator, other_moderator, say, topic, reader):
    comment = say(topic, "Un mot <b>de trop</b>")
    services.edit(comment, by=reader, text="Un mot juste")
    address = reverse("moderation:inspect", args=[comment.pk])
    client.force_login(network_moderator)

    response = client.get(address)

    assert [earlier.text for earlier in response.context["earlier_texts"]] == ["Un mot <b>de trop</b>"]
    assert "Un mot &lt;b&gt;de trop&lt;/b&gt;" in response.text
    assert "Un mot juste" in response.text
    client.force_login(other_moderator)
    assert client.get(address).status_code == 404


def test_the_rows_read_as_sentences(say, topic, admin, article):
    comment = say(topic, "Bonjour")
    services.moderate(comment, Action.REJECT, by=admin, reason="other", words="Double de la page 3")
    discussion = services.discussion_of(article)
    services.configure(discussion, Discussion(mode=Mode.READ_ONLY, posters=discussion.posters), by=admin)

    messages = [str(entry.message) for entry in ModelLogEntry.objects.order_by("pk")]

    assert any("Double de la page 3" in message for message in messages)
    assert all(message and "comments." not in message for message in messages)


@pytest.mark.parametrize("data", [{}, {"reason": "of another time", "to": "gone"}, {"reason": None, "note": None, "to": None}])
@pytest.mark.parametrize(
    "action", ["post", "import", "configure", "prove_email", "approve", "reject", "spam", "hide", "restore", "remove", "edit"]
)
def test_a_row_of_another_time_is_still_readable(db, data, action):
    entry = ModelLogEntry(action=f"comments.{action}", data=data, content_type=ContentType.objects.get_for_model(ThreadComment))

    assert str(entry.message)


def test_the_site_history_is_for_those_who_moderate_everything(client, admin, moderator, network_moderator, other_entry):
    address = reverse("wagtailadmin_reports:site_history")

    for person in [admin, moderator]:
        client.force_login(person)
        response = client.get(address)
        assert "Propos sur le compost" in response.text
        assert reverse("moderation:inspect", args=[other_entry.object_id]) in response.text
    client.force_login(network_moderator)
    assert client.get(address).status_code == 302


def test_an_editor_finds_no_comment_in_the_site_history(client, editor, other_entry):
    client.force_login(editor)

    response = client.get(reverse("wagtailadmin_reports:site_history"), follow=True)

    assert "Propos sur le compost" not in response.text


def test_links_to_a_comment_are_given_to_its_moderators(here, network_moderator, other_moderator, admin):
    address = reverse("moderation:inspect", args=[here.pk])

    assert AdminURLFinder(network_moderator).get_edit_url(here) == address
    assert AdminURLFinder(admin).get_edit_url(here) == address
    assert AdminURLFinder(other_moderator).get_edit_url(here) is None


def test_the_home_counts_what_waits_for_this_moderator(client, network_moderator, moderator, here, elsewhere, public):
    for person, number in [(network_moderator, 1), (moderator, 3)]:
        client.force_login(person)
        panels = [panel for panel in client.get("/admin/").context["panels"] if panel.name == "moderation"]
        (line,) = panels[0].get_context_data({"request": type("Request", (), {"user": person})})["lines"]
        assert (line["name"], line["number"]) == ("pending", number)


def test_the_home_shows_editors_no_panel(client, editor, here):
    client.force_login(editor)

    assert "moderation" not in [panel.name for panel in client.get("/admin/").context["panels"]]


@pytest.mark.parametrize(
    "person", ["reader", "member", "facilitator", "network_moderator", "other_moderator", "moderator", "admin", "editor"]
)
def test_the_policy_agrees_with_the_scope(request, here, elsewhere, public, person):
    user = request.getfixturevalue(person)
    policy = CommentPermissionPolicy(ThreadComment)
    moderated = set(ThreadComment.objects.moderatable_by(user))

    for comment in [here, elsewhere, public]:
        assert policy.user_has_permission_for_instance(user, "moderate", comment) == (comment in moderated)
        assert (user in policy.users_with_any_permission_for_instance(["moderate"], comment)) == (comment in moderated)
    assert set(policy.instances_user_has_permission_for(user, "view")) == moderated
    assert (user in policy.users_with_permission("view")) == policy.user_has_permission(user, "view") == bool(moderated)
    for action in ["add", "change", "delete"]:
        assert not policy.user_has_permission(user, action)
        assert not policy.user_has_permission_for_instance(user, action, here)
