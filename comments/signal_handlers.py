"""Keeps discussions in step with their targets, tells people what networks decide, and the spam filter what moderators do."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published

from comments import notifications, services
from comments.models import Contribution, ThreadComment
from comments.signals import comment_changed
from comments.states import Status
from comments.targets import registered_models
from networks.files import forget
from networks.models import Announcement, Invitation, JoinRequest, Network
from networks.services import Refused
from networks.signals import announced, invitations_sent, join_decided, join_requested, topic_being_written, visibility_switched


def connect() -> None:
    """Listen to publications, to saves of registered models, whichever app they belong to, to decisions, and to networks."""
    comment_changed.connect(comment_was_decided, dispatch_uid="comments.comment_was_decided")
    page_published.connect(page_was_published, dispatch_uid="comments.page_was_published")
    post_save.connect(target_was_saved, dispatch_uid="comments.target_was_saved")
    post_delete.connect(contribution_was_deleted, sender=Contribution, dispatch_uid="comments.contribution_was_deleted")
    join_requested.connect(somebody_asked_to_join, dispatch_uid="comments.somebody_asked_to_join")
    topic_being_written.connect(a_topic_is_being_written, dispatch_uid="comments.a_topic_is_being_written")
    invitations_sent.connect(people_were_invited, dispatch_uid="comments.people_were_invited")
    announced.connect(members_are_written_to, dispatch_uid="comments.members_are_written_to")
    visibility_switched.connect(a_space_was_switched, dispatch_uid="comments.a_space_was_switched")
    join_decided.connect(a_request_was_decided, dispatch_uid="comments.a_request_was_decided")


def page_was_published(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Open the page's discussion and apply what its editor decided."""
    if sender in registered_models():
        services.configure_from_page(instance)


def target_was_saved(sender: type[Model], instance: Model, raw: bool = False, **kwargs: Any) -> None:
    """Open the discussion of a new target; copy its title, network and openness after a change."""
    if not raw and sender in registered_models() and not issubclass(sender, Page):
        services.follow_target(instance)


def contribution_was_deleted(sender: Any, instance: Contribution, **kwargs: Any) -> None:
    """Its file goes with it: with a draft whose author closes the account, and with a whole network."""
    forget(instance.file)


def comment_was_decided(sender: Any, comment: ThreadComment, previous: Status | None, **kwargs: Any) -> None:
    """Have the spam filter look at it, later."""
    services.note_decision(comment, previous)


def somebody_asked_to_join(sender: Any, join_request: JoinRequest, **kwargs: Any) -> None:
    """Mail the network's facilitators, unless who asks may write nothing there for now; raises Refused."""
    _refuse_silenced(join_request.user, join_request.network)
    notifications.join_requested(join_request)


def a_topic_is_being_written(sender: Any, network: Network, by: Any, **kwargs: Any) -> None:
    """Who may not write comments there for now opens no topic either; raises Refused."""
    _refuse_silenced(by, network)


def people_were_invited(sender: Any, invitations: list[Invitation], **kwargs: Any) -> None:
    """Mail those who are invited, in words of who may write there; raises Refused."""
    _refuse_silenced(invitations[0].invited_by, invitations[0].network)
    notifications.invitations_sent(invitations)


def members_are_written_to(sender: Any, announcement: Announcement, **kwargs: Any) -> None:
    """Mail every member; who may not write comments there for now writes to nobody either. Raises Refused."""
    _refuse_silenced(announcement.sent_by, announcement.network)
    notifications.announced(announcement)


def a_space_was_switched(sender: Any, network: Network, before: str, by: Any, **kwargs: Any) -> None:
    """Mail its members."""
    notifications.visibility_switched(network, before, by)


def a_request_was_decided(sender: Any, join_request: JoinRequest, **kwargs: Any) -> None:
    """Mail the person who asked."""
    notifications.join_decided(join_request)


def _refuse_silenced(person: Any, network: Network) -> None:
    """Raise Refused, with the reason, for who may not write comments in a network's space for now."""
    if silenced := services.why_silenced(services.Author(user=person), network.pk):
        raise Refused(silenced)
