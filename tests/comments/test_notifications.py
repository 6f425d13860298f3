"""Who is told what by mail: authors of replies and of a publication, moderators of what waits, networks of requests."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from articles.models import ArticlePage
from comments import moderator_calls, notifications, outbox, services
from comments.models import Discussion, ModerationSettings, ModeratorPace, OutgoingMail, Pace, Report, Statement, ThreadComment
from comments.services import Author
from comments.states import Action, Mode, Moderation, ReportKind
from networks.models import JoinRequest, Membership
from tests.factories import MembershipFactory, TopicFactory, UserFactory


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


def all_due():
    """Deliver what waits for its hour too: what is called for becomes mails first."""
    outbox.deliver_due()
    OutgoingMail.objects.filter(settled_at=None).update(next_attempt_at=timezone.now())
    return told()


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
    assert [to for to, _subject in all_due()] == [moderator.email, moderator.email]

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

    assert not OutgoingMail.objects.exclude(kind="call_moderators").exists()


def test_an_imported_comment_without_an_address_is_answered_all_the_same(open_discussion, reply):
    author = Author(name="Anonyme")
    comment = services.add_as_found(open_discussion, author=author, text="Jadis", status="published", submitted_at=timezone.now())
    reply(to=comment)

    assert not OutgoingMail.objects.exclude(kind="call_moderators").exists()


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


@pytest.fixture
def hourly(moderator):
    """The moderator wants to be told each hour."""
    services.choose_pace(moderator, Pace.HOURLY)
    return moderator


def at(moment, monkeypatch):
    """Let it be another moment from now on, for whoever asks and for what is written."""
    monkeypatch.setattr(timezone, "now", lambda: moment)
    for model, names in {OutgoingMail: ["created_at", "next_attempt_at"], ThreadComment: ["changed_at"], Report: ["reported_at"]}.items():
        for name in names:
            monkeypatch.setitem(model._meta.get_field(name).__dict__, "_get_default", lambda: moment)


NOON = datetime(2026, 3, 3, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))


def waits(discussion, reader, text="Un avis"):
    return services.post(discussion, author=Author(user=reader, wants_mail=False), text=text).comment


def test_a_moderator_is_told_once_a_day_at_the_chosen_hour_of_all_that_waits(discussion, moderator, reader, monkeypatch):
    at(NOON, monkeypatch)
    for number in range(3):
        comment = waits(discussion, reader, f"Avis {number}")
    assert told() == []
    assert {(row.kind, row.next_attempt_at) for row in OutgoingMail.objects.filter(settled_at=None)} == {
        ("comments_wait", NOON + timedelta(hours=6)),
        ("reminder", NOON + timedelta(hours=24)),
    }

    at(NOON + timedelta(hours=5, minutes=59), monkeypatch)
    assert told() == []
    at(NOON + timedelta(hours=6), monkeypatch)
    assert told() == [(moderator.email, "3 éléments en attente de modération")]
    assert f"http://127.0.0.1:8000/admin/moderation/inspect/{comment.pk}/" in mail.outbox[0].body
    at(NOON + timedelta(hours=6, minutes=1), monkeypatch)
    waits(discussion, reader, "Un de plus")
    assert told() == []
    OutgoingMail.objects.filter(kind="reminder").delete()
    at(NOON + timedelta(hours=30), monkeypatch)
    services.moderate(comment, Action.APPROVE, by=moderator)

    assert told() == [(moderator.email, "3 éléments en attente de modération")]


def test_administrators_choose_the_hour(discussion, moderator, reader, admin, monkeypatch):
    services.change_numbers(ModerationSettings(digest_hour=7), by=admin)
    at(NOON, monkeypatch)
    waits(discussion, reader)
    told()

    assert OutgoingMail.objects.get(kind="comments_wait").next_attempt_at == NOON + timedelta(hours=19)


def test_nothing_new_is_no_reason_for_another_digest(discussion, moderator, reader, monkeypatch):
    at(NOON, monkeypatch)
    waits(discussion, reader)
    told()
    at(NOON + timedelta(hours=6), monkeypatch)
    assert len(told()) == 1
    OutgoingMail.objects.filter(kind="reminder").delete()

    for days in range(1, 4):
        at(NOON + timedelta(days=days, hours=6), monkeypatch)
        assert told() == []


def test_a_digest_that_has_left_when_the_hour_changes_is_followed_by_the_next_days(discussion, moderator, reader, admin, monkeypatch):
    at(NOON, monkeypatch)
    waits(discussion, reader)
    told()
    at(NOON + timedelta(hours=6), monkeypatch)
    assert len(told()) == 1
    services.change_numbers(ModerationSettings(digest_hour=23), by=admin)
    waits(discussion, reader, "Un autre")
    told()

    assert OutgoingMail.objects.get(kind="comments_wait", settled_at=None).next_attempt_at == NOON + timedelta(hours=35)


def test_who_wishes_so_is_told_once_an_hour_of_all_that_waits(discussion, hourly, reader):
    for number in range(3):
        comment = waits(discussion, reader, f"Avis {number}")
    assert told() == [(hourly.email, "3 éléments en attente de modération")]
    assert reverse("moderation:index") in mail.outbox[0].body

    waits(discussion, reader, "Un de plus")
    assert told() == []

    pass_an_hour()
    services.moderate(comment, Action.APPROVE, by=hourly)
    assert told() == [(hourly.email, "3 éléments en attente de modération")]


def test_nothing_new_is_no_reason_for_another_mail(discussion, hourly, reader):
    waits(discussion, reader)
    assert len(told()) == 1

    pass_an_hour()

    assert told() == []


def test_a_comment_that_came_while_a_mail_was_on_its_way_is_told_of_by_the_next(discussion, hourly, reader):
    waits(discussion, reader)
    assert len(told()) == 1
    on_its_way = OutgoingMail.objects.filter(pk=OutgoingMail.objects.get(kind="comments_wait").pk)
    on_its_way.update(settled_at=None, leased_until=timezone.now() + timedelta(minutes=5))

    waits(discussion, reader, "Un autre")

    assert told() == []
    on_its_way.update(settled_at=timezone.now(), leased_until=None)
    pass_an_hour()
    assert told() == [(hourly.email, "2 éléments en attente de modération")]


@pytest.mark.parametrize("pace", [Pace.HOURLY, Pace.DAILY])
def test_a_comment_decided_before_its_call_was_passed_on_calls_nobody(discussion, moderator, reader, pace):
    services.choose_pace(moderator, pace)
    services.moderate(waits(discussion, reader), Action.SPAM, by=moderator)

    assert told() == []
    assert not OutgoingMail.objects.filter(kind__in=["comments_wait", "reminder"]).exists()


@pytest.mark.parametrize("happens", ["decided", "no moderator", "never", "closed"])
def test_what_no_longer_waits_or_is_no_longer_theirs_is_told_to_nobody(discussion, moderator, reader, happens):
    comment = waits(discussion, reader)
    told()
    assert OutgoingMail.objects.filter(kind__in=["comments_wait", "reminder"]).count() == 2
    if happens == "decided":
        services.moderate(comment, Action.SPAM, by=moderator)
    elif happens == "no moderator":
        moderator.user_permissions.clear()
    elif happens == "never":
        services.choose_pace(moderator, Pace.NEVER)
    else:
        moderator.is_active = False
        moderator.save()

    assert all_due() == []


def test_who_wants_no_mails_hears_of_what_is_reported_as_illegal_and_of_nothing_else(discussion, say, moderator, reader):
    services.choose_pace(moderator, Pace.NEVER)
    published = say("Un avis")
    waits(discussion, reader, "Un autre")
    OutgoingMail.objects.filter(kind="published").delete()
    assert all_due() == []

    services.report(published, by=services.Reporter(key="x"), kind=ReportKind.ILLEGAL, words="C’est interdit")

    assert told() == [(moderator.email, "Signalé comme illicite : un commentaire sur « Pourquoi ce guide ? »")]
    assert f"/admin/moderation/inspect/{published.pk}/" in mail.outbox[0].body


def test_what_is_reported_as_illegal_is_told_at_once_and_reminded_of(say, moderator, monkeypatch):
    at(NOON, monkeypatch)
    published = say("Un avis")
    OutgoingMail.objects.all().delete()
    services.report(published, by=services.Reporter(key="x"), kind=ReportKind.ILLEGAL, words="C’est interdit")

    assert len(told()) == 1
    assert [row.kind for row in OutgoingMail.objects.filter(settled_at=None)] == ["reminder"]
    at(NOON + timedelta(hours=24), monkeypatch)
    assert told() == [(moderator.email, "1 élément attend depuis plus d’un jour")]


def test_the_first_unread_comment_of_a_discussion_is_told_of_once_a_day(open_discussion, moderator, reader, member, monkeypatch):
    at(NOON, monkeypatch)
    waits(open_discussion, reader)
    assert OutgoingMail.objects.filter(kind="call_moderators").count() == 1
    waits(open_discussion, member, "Un autre")
    assert OutgoingMail.objects.filter(kind="call_moderators").count() == 1
    assert told() == []

    at(NOON + timedelta(hours=6), monkeypatch)
    assert told() == [(moderator.email, "2 commentaires publiés à lire")]
    assert not OutgoingMail.objects.filter(kind="reminder").exists()


def test_what_is_published_unread_calls_nobody_within_the_hour(open_discussion, hourly, reader):
    waits(open_discussion, reader)

    assert told() == []
    assert not OutgoingMail.objects.filter(kind="comments_wait").exists()


# Reminders


def test_a_moderator_is_reminded_of_each_item_once_and_once_a_day(discussion, moderator, reader, monkeypatch):
    posted = {0: "Premier", 5: "Deuxième", 6: "Troisième", 30: "Quatrième"}
    reminded = []
    for hours in range(120):
        at(NOON + timedelta(hours=hours), monkeypatch)
        if hours in posted:
            waits(discussion, reader, posted[hours])
        for _to, subject in told():
            if "plus d’un jour" in subject:
                reminded.append((hours, [text for text in posted.values() if text in mail.outbox[-1].body]))

    assert reminded == [
        (24, ["Premier"]),
        (44, ["Deuxième", "Troisième"]),
        (68, ["Quatrième"]),
    ]


def test_calls_that_are_passed_on_twice_change_nothing(discussion, moderator, reader):
    waits(discussion, reader)
    calls = list(OutgoingMail.objects.filter(kind="call_moderators"))

    for _twice in range(2):
        moderator_calls.pass_on(calls)

    assert sorted(row.kind for row in OutgoingMail.objects.exclude(kind="call_moderators")) == ["comments_wait", "reminder"]


# What the mails hold


@pytest.mark.parametrize(
    ("language", "words"), [("fr", ["À regarder", "depuis le", "Choisir"]), ("en", ["For you to look at", "since", "Choose"])]
)
def test_a_digest_names_the_most_urgent_and_counts_the_others(discussion, say, moderator, reader, language, words):
    moderator.language = language
    moderator.save()
    for number in range(12):
        waits(discussion, reader, f"Attend {number:02}")
    reported, illegal = say("Signalé"), say("Illicite <b>")
    services.report(reported, by=services.Reporter(key="x"), kind=ReportKind.ABUSE)
    services.report(illegal, by=services.Reporter(key="y"), kind=ReportKind.ILLEGAL)
    told()
    OutgoingMail.objects.exclude(kind="comments_wait").delete()

    assert len(all_due()) == 1

    (sent,) = mail.outbox
    html = sent.alternatives[0].content
    for text in (sent.body, html):
        assert all(word in text for word in words)
        assert "Attend 07" in text
        assert "Attend 08" not in text
        assert text.index(f"inspect/{illegal.pk}/") < text.index(f"inspect/{reported.pk}/") < text.index("Attend 00")
        assert "12 com" in text
        assert "/admin/account/" in text
        assert text.count("/admin/moderation/inspect/") == 10
    assert "Illicite &lt;b&gt;" in html
    assert "Illicite <b>" in sent.body
    assert sent.subject.startswith("14 ")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_appeal_is_told_of_to_those_who_may_decide_it(say, moderator, hourly, reader, language):
    second = UserFactory(email="autre-moderation@example.org", language=language)
    second.user_permissions.set(moderator.user_permissions.all())
    services.choose_pace(second, Pace.HOURLY)
    services.moderate(say("Un avis", by=reader), Action.HIDE, by=moderator, reason="abuse")
    statement = Statement.objects.get()
    OutgoingMail.objects.all().delete()

    services.appeal(statement, text="Ce n’était pas une attaque")

    assert [to for to, _subject in told()] == [second.email]
    assert f"/admin/moderation/register/{statement.pk}/" in mail.outbox[0].body
    assert "Ce n’était pas une attaque" in mail.outbox[0].body


@pytest.mark.parametrize("kind", ["comments_wait", "reminder"])
def test_each_mail_holds_what_its_reader_moderates(network, other_network, network_moderator, other_moderator, moderator, reader, kind):
    for where, text in [(network, "Chez nous"), (other_network, "Ailleurs")]:
        discussion = services.discussion_of(TopicFactory(network=where))
        Discussion.objects.filter(pk=discussion.pk).update(moderation=Moderation.BEFORE, posters="everyone")
        services.post(Discussion.objects.get(pk=discussion.pk), author=Author(name="Ève", email="eve@example.org", proven=True), text=text)
    told()
    OutgoingMail.objects.exclude(kind=kind).delete()
    OutgoingMail.objects.update(data={"pace": "daily", "due": (timezone.now() + timedelta(days=1)).isoformat()})

    all_due()

    held = {
        sent.to[0]: {text for text in ["Chez nous", "Ailleurs"] if text in sent.body and text in sent.alternatives[0].content}
        for sent in mail.outbox
    }
    assert held == {
        moderator.email: {"Chez nous", "Ailleurs"},
        network_moderator.email: {"Chez nous"},
        other_moderator.email: {"Ailleurs"},
    }


@pytest.mark.parametrize("person", ["moderator", "network_moderator"])
def test_a_link_leads_to_the_item_after_signing_in(client, request, network, person):
    user = request.getfixturevalue(person)
    discussion = services.discussion_of(TopicFactory(network=network))
    Discussion.objects.update(moderation=Moderation.BEFORE, posters="everyone")
    comment = services.post(
        Discussion.objects.get(pk=discussion.pk), author=Author(name="Ève", email="eve@example.org", proven=True), text="Un avis"
    ).comment
    address = reverse("moderation:inspect", args=[comment.pk])
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)

    page = client.get(address, follow=True)
    door = page.redirect_chain[-1][0]
    answer = client.post(door, {"login": user.email, "password": "palabre-test"}, follow=True)

    assert answer.redirect_chain[-1][0] == address
    assert "Un avis" in answer.text


# The choice


@pytest.mark.parametrize("person", ["moderator", "network_moderator", "admin"])
def test_moderators_choose_in_their_account_how_often_they_are_told(client, request, person):
    user = request.getfixturevalue(person)
    client.force_login(user)
    page = client.get("/admin/account/")
    assert 'name="moderation_mails-pace"' in page.text
    told = {name: value for form in page.context["panels_by_tab"].values() for panel in form for name, value in initial(panel.get_form())}

    answer = client.post("/admin/account/", {**told, "moderation_mails-pace": "hourly"})

    assert answer.status_code == 302
    assert ModeratorPace.objects.get(user=user).pace == Pace.HOURLY
    client.post("/admin/account/", {**told, "moderation_mails-pace": "often"})
    assert ModeratorPace.objects.get(user=user).pace == Pace.HOURLY


def initial(form):
    """What a form shows before anybody types, but for empty fields."""
    return [
        (form.add_prefix(name), form[name].value()) for name in form.fields if form[name].value() not in {None, ""} and name != "avatar"
    ]


def test_nobody_else_is_asked_how_often(client, editor):
    client.force_login(editor)

    assert 'name="moderation_mails-pace"' not in client.get("/admin/account/").text


def test_moderators_are_those_of_the_group_and_of_the_network(network, network_moderator, other_moderator, moderator, member, admin):
    by_group = UserFactory()
    by_group.groups.add(Group.objects.get(name="Modération"))
    UserFactory(is_active=False).groups.add(Group.objects.get(name="Modération"))
    discussion = services.discussion_of(TopicFactory(network=network))
    discussion.moderation = Moderation.BEFORE
    discussion = services.configure(Discussion.objects.get(pk=discussion.pk), discussion)

    services.post(discussion, author=Author(user=member), text="Un avis")

    assert {to for to, _subject in all_due()} == {by_group.email, moderator.email, network_moderator.email}


def test_administrators_are_told_where_nobody_moderates(discussion, admin, reader):
    services.post(discussion, author=Author(user=reader), text="Un avis")

    assert {to for to, _subject in all_due()} == {admin.email}


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
    assert told() == []
    OutgoingMail.objects.filter(kind="reminder").delete()
    assert len(all_due()) == moderators


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
    MembershipFactory(network=network, user=reader)
    notifications.join_decided(asked)
    assert [to for to, _subject in told()] == [reader.email]
    assert "bienvenue" in mail.outbox[0].body


def test_a_request_decided_before_its_mail_left_is_not_announced(network, facilitator, reader):
    asked = JoinRequest.objects.create(network=network, user=reader)
    notifications.join_requested(asked)
    JoinRequest.objects.update(outcome="refused")

    assert told() == []
