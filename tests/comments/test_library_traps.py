"""What django-comments-xtd and django-contrib-comments would do by themselves, and must not."""

import pytest
from django.apps import apps
from django.db.models.signals import post_save, pre_save
from django.template.loader import get_template
from django.urls import get_resolver
from django_comments import get_form, get_model
from django_comments.signals import comment_was_posted

from comments import services
from comments.forms import CommentForm
from comments.models import ThreadComment
from comments.states import Status


def test_no_receiver_of_the_libraries_listens_to_comments():
    for signal in (pre_save, post_save, comment_was_posted):
        listeners = [receiver for receivers in signal._live_receivers(ThreadComment) for receiver in receivers]
        assert not [listener for listener in listeners if listener.__module__.startswith("django_comments")]


def test_the_libraries_start_without_their_receivers():
    assert apps.get_app_config("django_comments_xtd").__class__.__name__ == "XtdWithoutReceivers"


def test_no_address_of_the_libraries_is_served():
    modules = {str(getattr(pattern.callback, "__module__", "")) for pattern in _patterns(get_resolver())}

    assert not [module for module in modules if module.startswith(("django_comments", "rest_framework"))]


def _patterns(resolver):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _patterns(pattern)
        else:
            yield pattern


def test_the_libraries_find_our_model_and_our_form():
    assert get_model() is ThreadComment
    assert get_form() is CommentForm


def test_saving_a_parent_publishes_none_of_its_replies(say):
    parent = say("Parent")
    replies = [say(parent=parent, to=status) for status in (Status.PENDING, Status.REJECTED, Status.SPAM)]

    parent.save()

    for reply in replies:
        before = reply.status
        reply.refresh_from_db()
        assert (reply.status, reply.is_public) == (before, False)


def test_a_new_reply_renumbers_nobody(say):
    first = say("Un")
    later = say("Deux")

    say("Réponse", parent=first)

    later.refresh_from_db()
    assert (later.order, later.sequence) == (2, 2)


def test_a_refused_reply_leaves_no_row_behind(discussion, reader):
    with pytest.raises(services.Refused):
        services.post(discussion, author=services.Author(user=reader), text="Réponse", parent_id=999_999)

    assert not ThreadComment.objects.exists()


@pytest.mark.parametrize("status", Status)
def test_the_libraries_flags_follow_the_status(discussion, say, guest_comment, status):
    comment = guest_comment if status == Status.AWAITING_EMAIL else say(to=status)

    assert comment.is_public == (status == Status.PUBLISHED)
    assert comment.is_removed == (status == Status.REMOVED)


def test_other_apps_hear_of_a_comment_by_the_librarys_signal_and_their_failure_is_theirs(client, discussion):
    heard = []

    def listener(comment, **kwargs):
        heard.append(comment.pk)
        raise RuntimeError("a third party's bug")

    comment_was_posted.connect(listener)
    try:
        form = client.get(f"/discussions/{discussion.pk}/commenter/").context["form"]
        fields = {name: form.initial[name] for name in ("content_type", "object_pk", "timestamp", "security_hash")}
        response = client.post(
            f"/discussions/{discussion.pk}/commenter/", fields | {"name": "Ève", "email": "eve@example.org", "comment": "Bonjour"}
        )
    finally:
        comment_was_posted.disconnect(listener)

    assert response.status_code == 302
    assert heard == [ThreadComment.objects.get().pk]


@pytest.mark.parametrize("name", ["404.html", "comments/comment_form.html"])
def test_our_templates_come_before_the_libraries(name):
    assert "site-packages" not in get_template(name).origin.name
