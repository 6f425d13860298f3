"""Who is told what by mail: authors of replies and of a publication, moderators of what waits, networks of requests."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from articles.models import ArticlePage
from comments import notifications, outbox, services
from comments.models import Discussion, OutgoingMail
from comments.services import Author
from comments.states import Action, Mode, Moderation
from networks.models import JoinRequest, Membership
from tests.factories import TopicFactory, UserFactory


@pytest.fixture
def open_discussion(discussion):
    """A discussion where comments are published at once."""
    discussion.moderation = Moderation.AFTER
    return services.configure(Discussion.objects.get(pk=discussion.pk), discussion)


@pytest.fixture
def comment(open_discussion, reader):
    """The reader's published comment."""
    return services.post(open_discussion, author=Author(user=reader), text="Une question").comment


@pytest.fixture
def reply(comment, member):
    """`reply()`: a reply to the reader's comment, published at once; told to nobody yet."""

    def write(text="Une **réponse**", *, to=comment, **author):
        on = Discussion.objects.get(pk=to.discussion_id)
        return services.post(on, author=Author(**(author or {"user": member})), text=text, parent_id=to.pk).comment

    return write


@pytest.fixture
def guests_comment(open_discussion):
    """`guests_comment()`: the published comment of a guest who reads English."""
    author = Author(name="Ève", email="Eve@example.org", language="en")
    comment = services.prove_email(services.post(open_discussion, author=author, text="D’une invitée").comment)
    OutgoingMail.objects.all().delete()
    return comment


def told():
    """Deliver, and return to whom mails left and what their subject is, the newest mails only."""
    mail.outbox.clear()
    outbox.deliver_due()
    return [(sent.to[0], sent.subject) for sent in mail.outbox]


def pass_an_hour():
    """Let an hour pass for every mail, those that left included."""
    hour = timedelta(hours=1)
    for row in OutgoingMail.objects.all():
        row.next_attempt_at -= hour
        row.settled_at = row.settled_at and row.settled_at - hour
        row.save()


# A reply


def test_an_author_hears_of_a_reply_with_its_words_and_its_address(comment, reply, reader):
    answer = reply()

    assert told() == [(reader.email, "Membre a répondu à votre commentaire sur « Pourquoi ce guide ? »")]
    (sent,) = mail.outbox
    html = sent.alternatives[0].content
    assert "Une **réponse**" in sent.body
    assert "Une <strong>réponse</strong>" in html
    for text in (sent.body, html):
        assert f"http://127.0.0.1:8000/commentaires/{answer.pk}/" in text


def test_a_guest_hears_of_a_reply_in_the_language_of_the_comment(guests_comment, reply):
    reply(to=guests_comment)

    assert told() == [("Eve@example.org", "Membre replied to your comment on “Pourquoi ce guide ?”")]
    assert 'lang="en"' in mail.outbox[0].alternatives[0].content


def test_an_account_hears_of_a_reply_in_its_language_and_at_its_address_of_now(reply, reader):
    reply()
    reader.language, reader.email = "en", "nouvelle@example.org"
    reader.save()

    assert told() == [("nouvelle@example.org", "Membre replied to your comment on “Pourquoi ce guide ?”")]


def test_a_reply_that_waits_is_told_of_once_it_is_approved(discussion, say, reader, member, moderator):
    question = say("Une question", by=reader)
    OutgoingMail.objects.all().delete()
    waiting = services.post(discussion, author=Author(user=member), text="Une réponse", parent_id=question.pk).comment
    assert [to for to, _subject in told()] == [moderator.email]

    services.moderate(waiting, Action.APPROVE, by=moderator)

    assert sorted(to for to, _subject in told()) == sorted([member.email, reader.email])


def test_a_guests_reply_is_told_of_once_the_address_is_proven(comment, reply, reader):
    waiting = reply(name="Ève", email="eve@example.org", language="fr")
    assert [to for to, _subject in told()] == ["eve@example.org"]

    services.prove_email(waiting)

    assert [to for to, _subject in told()] == [reader.email]


def test_only_the_author_who_is_answered_hears_of_it(reply, reader, member, moderator):
    further = reply(to=reply(), user=moderator)
    OutgoingMail.objects.exclude(event=f"reply:{further.pk}").delete()

    assert [to for to, _subject in told()] == [member.email]


def test_each_reply_is_told_of_once_whatever_becomes_of_it(comment, reply, admin):
    answer = reply()
    assert len(told()) == 1

    services.moderate(answer, Action.HIDE, by=admin, reason="off_topic")
    services.moderate(answer, Action.RESTORE, by=admin)
    services.moderate(comment, Action.HIDE, by=admin, reason="off_topic")
    services.moderate(comment, Action.RESTORE, by=admin)

    assert told() == []


@pytest.mark.parametrize("who", ["reader", "guest", "guest with the account’s address"])
def test_nobody_is_told_of_their_own_reply(comment, guests_comment, reply, reader, who):
    if who == "reader":
        reply(user=reader)
    else:
        guest = {"name": "Ève", "language": "fr", "proven": True}
        email, to = ("eve@EXAMPLE.org", guests_comment) if who == "guest" else (reader.email.upper(), comment)
        reply(to=to, email=email, **guest)

    assert told() == []


def test_who_did_not_tick_the_box_is_told_nothing(open_discussion, reply, reader):
    comment = services.post(open_discussion, author=Author(user=reader, wants_mail=False), text="Sans nouvelles").comment
    reply(to=comment)

    assert not OutgoingMail.objects.exists()


def test_an_imported_comment_without_an_address_is_answered_all_the_same(open_discussion, reply):
    author = Author(name="Anonyme")
    comment = services.add_as_found(open_discussion, author=author, text="Jadis", status="published", submitted_at=timezone.now())
    reply(to=comment)

    assert not OutgoingMail.objects.exists()


def stop(comment, answer, reader, admin):
    services.refuse_notices(reader.email.upper())


def close_account(comment, answer, reader, admin):
    reader.is_active = False
    reader.save()


def delete_account(comment, answer, reader, admin):
    reader.delete()


def hide_the_answered(comment, answer, reader, admin):
    services.moderate(comment, Action.HIDE, by=admin, reason="off_topic")


def hide_the_reply(comment, answer, reader, admin):
    services.moderate(answer, Action.HIDE, by=admin, reason="off_topic")


def take_the_reply_back(comment, answer, reader, admin):
    services.remove(answer, by=answer.user)


def hide_the_discussion(comment, answer, reader, admin):
    Discussion.objects.update(mode=Mode.HIDDEN)


def unpublish_the_article(comment, answer, reader, admin):
    ArticlePage.objects.get().unpublish()


def restrict_the_article(comment, answer, reader, admin):
    restriction = PageViewRestriction.objects.create(page=ArticlePage.objects.get(), restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.create(name="Cercle"))


@pytest.mark.parametrize(
    "happens",
    [
        stop,
        close_account,
        delete_account,
        hide_the_answered,
        hide_the_reply,
        take_the_reply_back,
        hide_the_discussion,
        unpublish_the_article,
        restrict_the_article,
    ],
)
def test_what_is_no_longer_right_when_the_mail_leaves_is_not_sent(comment, reply, reader, admin, happens):
    answer = reply()
    assert OutgoingMail.objects.filter(event=f"reply:{answer.pk}").exists()

    happens(comment, answer, reader, admin)

    assert told() == []


def test_a_member_who_left_hears_nothing_more_of_their_network(network, member, facilitator):
    discussion = services.discussion_of(TopicFactory(network=network))
    comment = services.post(discussion, author=Author(user=member), text="Entre nous").comment
    first = services.post(discussion, author=Author(user=facilitator), text="Oui", parent_id=comment.pk).comment
    assert [to for to, _subject in told()] == [member.email]
    services.post(discussion, author=Author(user=facilitator), text="Encore oui", parent_id=comment.pk)
    Membership.objects.filter(user=member).delete()

    assert told() == []
    assert first.pk


def test_a_guest_hears_nothing_of_what_visitors_may_not_read(guests_comment, reply):
    reply(to=guests_comment)
    restriction = PageViewRestriction.objects.create(page=ArticlePage.objects.get(), restriction_type=PageViewRestriction.LOGIN)

    assert told() == []
    assert restriction.pk


def test_what_people_type_is_markup_in_no_mail(comment, reply, member):
    member.display_name = "<b>Membre</b>\nBcc: tous@example.org"
    member.save()
    Discussion.objects.update(title="Un titre\nBcc: tous@example.org <b>")
    reply("<script>alert(1)</script>")

    (_told,) = told()
    (sent,) = mail.outbox
    html = sent.alternatives[0].content
    assert "\n" not in sent.subject
    assert "<script>" not in html
    assert "<b>" not in html
    assert "<script>alert(1)</script>" in sent.body


# A publication


def test_an_author_hears_that_a_moderator_published_their_comment(discussion, reader, moderator):
    waiting = services.post(discussion, author=Author(user=reader), text="Un *avis*").comment
    OutgoingMail.objects.all().delete()

    services.moderate(waiting, Action.APPROVE, by=moderator)

    assert told() == [(reader.email, "Votre commentaire sur « Pourquoi ce guide ? » est publié")]
    (sent,) = mail.outbox
    html = sent.alternatives[0].content
    assert "Un *avis*" in sent.body
    assert "Un <em>avis</em>" in html
    for text in (sent.body, html):
        assert f"http://127.0.0.1:8000/commentaires/{waiting.pk}/" in text


def test_a_guest_hears_of_the_publication_in_the_language_of_the_comment(discussion, moderator):
    waiting = services.post(discussion, author=Author(name="Ève", email="eve@example.org", language="en"), text="Un avis").comment
    waiting = services.prove_email(waiting)
    OutgoingMail.objects.all().delete()

    services.moderate(waiting, Action.APPROVE, by=moderator)

    assert told() == [("eve@example.org", "Your comment on “Pourquoi ce guide ?” is published")]


def test_what_is_published_at_once_is_told_to_nobody(comment, guests_comment):
    assert told() == []


@pytest.mark.parametrize("action", [Action.REJECT, Action.SPAM])
def test_what_is_refused_is_told_to_nobody(discussion, reader, moderator, action):
    waiting = services.post(discussion, author=Author(user=reader), text="Un avis").comment
    OutgoingMail.objects.all().delete()

    services.moderate(waiting, action, by=moderator, reason="off_topic")

    assert told() == []


def test_a_publication_is_told_of_once(discussion, reader, moderator):
    waiting = services.post(discussion, author=Author(user=reader), text="Un avis").comment
    OutgoingMail.objects.all().delete()
    services.moderate(waiting, Action.APPROVE, by=moderator)
    assert len(told()) == 1

    services.moderate(waiting, Action.HIDE, by=moderator, reason="off_topic")
    services.moderate(waiting, Action.RESTORE, by=moderator)

    assert told() == []


@pytest.mark.parametrize("wish", ["refused", "not ticked", "hidden meanwhile"])
def test_a_publication_is_not_told_of_against_a_wish_or_what_holds_now(discussion, reader, moderator, wish):
    author = Author(user=reader, wants_mail=wish != "not ticked")
    waiting = services.post(discussion, author=author, text="Un avis").comment
    OutgoingMail.objects.all().delete()
    services.moderate(waiting, Action.APPROVE, by=moderator)
    if wish == "refused":
        services.refuse_notices(reader.email)
    elif wish == "hidden meanwhile":
        services.moderate(waiting, Action.HIDE, by=moderator, reason="off_topic")

    assert told() == []


# What waits


def test_moderators_are_told_once_an_hour_of_all_that_waits(discussion, moderator, reader):
    for number in range(3):
        comment = services.post(discussion, author=Author(user=reader, wants_mail=False), text=f"Avis {number}").comment
    assert told() == [(moderator.email, "3 commentaires en attente de modération")]
    assert reverse("moderation:index") in mail.outbox[0].body

    services.post(discussion, author=Author(user=reader), text="Un de plus")
    assert told() == []

    pass_an_hour()
    services.moderate(comment, Action.APPROVE, by=moderator)
    assert told() == [(moderator.email, "3 commentaires en attente de modération")]


def test_nothing_new_is_no_reason_for_another_mail(discussion, moderator, reader):
    services.post(discussion, author=Author(user=reader), text="Un avis")
    assert len(told()) == 1

    pass_an_hour()

    assert told() == []


def test_a_comment_that_came_while_a_mail_was_on_its_way_is_told_of_by_the_next(discussion, moderator, reader):
    services.post(discussion, author=Author(user=reader), text="Un avis")
    assert len(told()) == 1
    on_its_way = OutgoingMail.objects.filter(pk=OutgoingMail.objects.get(kind="comments_wait").pk)
    on_its_way.update(settled_at=None, leased_until=timezone.now() + timedelta(minutes=5))

    services.post(discussion, author=Author(user=reader), text="Un autre")

    assert told() == []
    on_its_way.update(settled_at=timezone.now(), leased_until=None)
    pass_an_hour()
    assert told() == [(moderator.email, "2 commentaires en attente de modération")]


def test_a_comment_decided_before_its_call_was_passed_on_calls_nobody(discussion, moderator, reader):
    waiting = services.post(discussion, author=Author(user=reader), text="Un avis").comment
    services.moderate(waiting, Action.SPAM, by=moderator)

    assert told() == []
    assert not OutgoingMail.objects.filter(kind="comments_wait").exists()


def test_a_moderator_who_is_one_no_more_when_the_mail_leaves_gets_none(discussion, moderator, reader):
    services.post(discussion, author=Author(user=reader), text="Un avis")
    assert len(told()) == 1
    OutgoingMail.objects.update(settled_at=None, next_attempt_at=timezone.now())
    moderator.user_permissions.clear()

    assert told() == []


def test_moderators_are_those_of_the_group_and_of_the_network(network, network_moderator, other_moderator, moderator, member, admin):
    by_group = UserFactory()
    by_group.groups.add(Group.objects.get(name="Modération"))
    UserFactory(is_active=False).groups.add(Group.objects.get(name="Modération"))
    discussion = services.discussion_of(TopicFactory(network=network))
    discussion.moderation = Moderation.BEFORE
    discussion = services.configure(Discussion.objects.get(pk=discussion.pk), discussion)

    services.post(discussion, author=Author(user=member), text="Un avis")

    assert {to for to, _subject in told()} == {by_group.email, moderator.email, network_moderator.email}


def test_administrators_are_told_where_nobody_moderates(discussion, admin, reader):
    services.post(discussion, author=Author(user=reader), text="Un avis")

    assert [to for to, _subject in told()] == [admin.email]


@pytest.mark.parametrize("moderators", [1, 30])
def test_posting_costs_the_same_however_many_moderators_are_called(discussion, reader, moderators):
    group = Group.objects.get(name="Modération")
    for _ in range(moderators):
        UserFactory().groups.add(group)
    author = Author(user=reader)
    services.post(discussion, author=author, text="Pour chauffer")

    with CaptureQueriesContext(
        connection,
    ) as captured:
        services.post(discussion, author=author, text="Un avis")

    about_mail = [query["sql"] for query in captured if "outgoingmail" in query["sql"] or "permission" in query["sql"]]
    assert [sql.split()[0] for sql in about_mail if "INSERT" in sql] == ["INSERT"]
    assert len([sql for sql in about_mail if "outgoingmail" in sql]) == 1
    assert len(told()) == moderators


def test_a_reply_costs_its_poster_one_row(comment, reply):
    with CaptureQueriesContext(connection) as captured:
        reply()

    assert len([query for query in captured if "outgoingmail" in query["sql"]]) == 1


# Networks


def test_facilitators_are_told_of_a_request_and_the_person_of_the_answer(network, facilitator, reader):
    asked = JoinRequest.objects.create(network=network, user=reader, message="J’aimerais venir")
    notifications.join_requested(asked)
    assert [to for to, _subject in told()] == [facilitator.email]
    assert "J’aimerais venir" in mail.outbox[0].body

    asked.outcome = "accepted"
    asked.save()
    notifications.join_decided(asked)
    assert [to for to, _subject in told()] == [reader.email]
    assert "bienvenue" in mail.outbox[0].body


def test_a_request_decided_before_its_mail_left_is_not_announced(network, facilitator, reader):
    asked = JoinRequest.objects.create(network=network, user=reader)
    notifications.join_requested(asked)
    JoinRequest.objects.update(outcome="refused")

    assert told() == []
