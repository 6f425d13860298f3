"""What facilitators are mailed about a consultation, and when."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail as postbox
from django.utils import timezone

from comments import mails, outbox, services
from comments.home import Home
from comments.models import Consultation, NoticeRefusal, OutgoingMail
from networks.models import Membership, Network, Role, Visibility
from tests.comments.consultations.conftest import DAY
from tests.factories import MembershipFactory


@pytest.fixture
def other_facilitator(other_network):
    Network.objects.filter(pk=other_network.pk).update(visibility=Visibility.PUBLIC)
    return MembershipFactory(network=other_network, role=Role.FACILITATOR, user__email="jardins@example.org").user


@pytest.fixture
def goes_by(db):
    """`goes_by(consultation, days=…)`: that much time passes for it, and for the mails that wait; then mails leave."""

    def goes_by(consultation, days=0):
        past = days * DAY
        fresh = Consultation.objects.get(pk=consultation.pk)
        Consultation.objects.filter(pk=fresh.pk).update(opens_at=fresh.opens_at - past, closes_at=fresh.closes_at - past)
        for mail in OutgoingMail.objects.filter(settled_at=None):
            mail.next_attempt_at -= past
            if "due" in mail.data:
                mail.data["due"] = (timezone.datetime.fromisoformat(mail.data["due"]) - past).isoformat()
            mail.save()
        outbox.deliver_due()

    return goes_by


def told_to(user):
    return [letter.subject for letter in postbox.outbox if letter.to == [user.email]]


def test_facilitators_are_told_when_it_opens_and_not_before(planned, goes_by, facilitator, other_facilitator, member):
    consultation = planned(opens=2, closes=30)
    goes_by(consultation, days=1)
    assert postbox.outbox == []

    goes_by(consultation, days=1)

    assert told_to(facilitator) == ["La consultation « Vos priorités » est ouverte"]
    assert told_to(other_facilitator) == told_to(facilitator)
    assert told_to(member) == []


def test_those_who_have_not_spoken_are_reminded_and_nobody_else(planned, goes_by, say, chapter, network, facilitator, other_facilitator):
    consultation = planned(closes=20, remind_days=7)
    goes_by(consultation)
    say(chapter, network)
    postbox.outbox.clear()
    goes_by(consultation, days=12)
    assert postbox.outbox == []

    goes_by(consultation, days=1)

    assert told_to(facilitator) == []
    assert len(told_to(other_facilitator)) == 1
    assert "Union des jardins" in postbox.outbox[0].body


def test_who_speaks_while_the_reminder_waits_is_not_reminded(planned, goes_by, say, chapter, network, facilitator):
    consultation = planned(closes=20, remind_days=7)
    goes_by(consultation)
    postbox.outbox.clear()
    OutgoingMail.objects.create(kind="consultation_ends", event="one", user=facilitator, data={"consultation": consultation.pk})
    say(chapter, network)

    outbox.deliver_due()

    assert postbox.outbox == []


def test_what_was_said_before_it_opened_is_not_having_spoken(planned, goes_by, say, chapter, network, facilitator):
    comment = say(chapter, network)
    type(comment).objects.filter(pk=comment.pk).update(submit_date=timezone.now() - 40 * DAY)
    consultation = planned(closes=20, remind_days=19)
    goes_by(consultation)
    postbox.outbox.clear()

    goes_by(consultation, days=1)

    assert len(told_to(facilitator)) == 1


def test_dates_that_move_take_their_calls_along(planned, told, goes_by, admin, facilitator):
    consultation = planned(opens=2, closes=30)
    services.replan(consultation, told(opens=5, closes=30), by=admin)
    goes_by(consultation, days=2)
    assert postbox.outbox == []

    goes_by(consultation, days=3)
    assert len(told_to(facilitator)) == 1


def test_an_end_put_off_reminds_once_more(planned, told, goes_by, admin, facilitator):
    consultation = planned(closes=10, remind_days=9)
    goes_by(consultation, days=1)
    services.replan(consultation, told(closes=15, remind_days=9), by=admin)
    postbox.outbox.clear()

    goes_by(consultation, days=7)

    assert len(told_to(facilitator)) == 1


def test_saving_it_again_mails_nobody_twice(planned, told, goes_by, admin, facilitator):
    consultation = planned()
    goes_by(consultation)
    services.replan(consultation, told(title="Autre titre"), by=admin)
    goes_by(consultation)

    assert len(told_to(facilitator)) == 1


@pytest.mark.parametrize("ended", ["called off", "over", "demoted", "closed account", "refused"])
def test_nothing_is_sent_once_there_is_no_reason_or_right(planned, admin, facilitator, network, ended):
    consultation = planned()
    OutgoingMail.objects.create(kind="consultation_opens", event="one", user=facilitator, data={"consultation": consultation.pk})
    if ended == "called off":
        services.call_off(consultation, by=admin)
    elif ended == "over":
        Consultation.objects.update(closes_at=timezone.now())
    elif ended == "demoted":
        Membership.objects.filter(user=facilitator).update(role=Role.MEMBER)
    elif ended == "refused":
        NoticeRefusal.objects.create(email=facilitator.email)
    else:
        facilitator.is_active = False
        facilitator.save()

    outbox.deliver_due()

    assert told_to(facilitator) == []


def test_the_mails_cost_the_same_statements_for_few_and_for_many(planned, django_assert_max_num_queries):
    planned(opens=1, closes=30)
    for _each in range(40):
        MembershipFactory(role=Role.FACILITATOR)
    OutgoingMail.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
    Consultation.objects.update(opens_at=timezone.now() - timedelta(seconds=1))
    call = OutgoingMail.objects.get(event__contains=":consultation_opens:")
    call.data["due"] = Consultation.objects.get().opens_at.isoformat()

    with django_assert_max_num_queries(4):
        outbox.CALLS[call.kind]([call])

    assert OutgoingMail.objects.filter(kind="consultation_opens").count() >= 40


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("fr", ["n’y a encore été dit au nom de Réseau des ludothèques", "Voir la consultation"]),
        ("en", ["nothing was said in it in the name of Réseau des ludothèques", "See the consultation"]),
    ],
)
@pytest.mark.parametrize("kind", ["consultation_opens", "consultation_ends"])
def test_both_mails_are_whole_in_both_languages(planned, facilitator, kind, language, sentences):
    consultation = planned(title="<b>Vos</b> priorités")
    facilitator.language = language
    facilitator.save()
    letter = mails.compose(OutgoingMail(kind=kind, event="one", user=facilitator, data={"consultation": consultation.pk}))

    for body in (letter.text, letter.html):
        assert consultation.get_absolute_url() in body
        assert "Qui influence ?" in body
        assert sentences[1] in body
        assert kind == "consultation_opens" or sentences[0] in body
        assert "{{" not in body
    assert "<b>" not in letter.html
    assert "List-Unsubscribe" in letter.headers


def test_an_opening_that_is_put_off_and_taken_back_is_told(planned, told, admin, facilitator):
    plan = told(opens=-1, remind_days=None)
    later = replace(plan, opens_at=plan.opens_at + 5 * DAY)
    consultation = services.plan(plan, by=admin)
    services.replan(consultation, later, by=admin)
    outbox.deliver_due()
    assert told_to(facilitator) == []

    services.replan(consultation, plan, by=admin)
    outbox.deliver_due()

    assert told_to(facilitator) == ["La consultation « Vos priorités » est ouverte"]


def test_a_secret_network_which_cannot_speak_publicly_is_not_asked_why_it_is_silent(planned, goes_by, client, network, facilitator):
    Network.objects.filter(pk=network.pk).update(visibility=Visibility.SECRET)
    consultation = planned(closes=20, remind_days=7)
    goes_by(consultation)
    postbox.outbox.clear()

    goes_by(consultation, days=13)

    assert told_to(facilitator) == []
    client.force_login(facilitator)
    assert "encore exprimé" not in client.get(consultation.get_absolute_url()).text
    assert [asked.silent for asked in Home(facilitator).consultations] == [0]
