"""A network's contribution: written by a member, validated inside, posted in the network's name, and nobody's else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.models import ModelLogEntry

from comments import personal_data, services
from comments.models import Contribution, Discussion, IdentificationRecord, ListedWord, OutgoingMail, SanctionKind, Statement, ThreadComment
from comments.origins import Origin
from comments.permissions import can_sanction_author
from comments.services import Author, Refused, StaleContribution
from comments.states import Action, Moderation, Status
from comments.voices import ContributionAct, ContributionState
from networks.models import Membership, Role, Visibility
from networks.permissions import standing_of
from tests.comments.races import assert_sound
from tests.factories import MembershipFactory, TopicFactory, UserFactory


def acts_on(contribution):
    rows = ModelLogEntry.objects.filter(action__startswith="comments.contribution", object_id=str(contribution.pk)).order_by("pk")
    return [row.action.removeprefix("comments.contribution_") for row in rows]


def test_a_position_goes_from_draft_to_the_article(network, member, facilitator, article, told):
    contribution = services.draft(network, by=member, told=told())
    services.submit(contribution, by=member, seen=1)
    validated = services.validate(contribution, by=facilitator, seen=1, origin=Origin("198.51.100.7", 4000))

    comment = ThreadComment.objects.get(pk=validated.comment_id)
    assert (comment.status, comment.voice, comment.network) == (Status.PUBLISHED, "position", network)
    assert (comment.user, comment.user_name, comment.author_role) == (None, "", "")
    assert comment.author_name == network.name
    assert comment.html == "<p>Nous demandons un financement <strong>pluriannuel</strong>.</p>\n"
    assert acts_on(validated) == ["draft", "submit", "validate"]
    assert ModelLogEntry.objects.get(action="comments.post", object_id=str(comment.pk)).user == facilitator
    assert IdentificationRecord.objects.get(comment_id=comment.pk).user_id == facilitator.pk
    article.refresh_from_db()
    assert (article.published_count, article.publications) == (1, 1)
    assert_sound()


def test_a_draft_sent_twice_is_one(network, member, told):
    first, second = (services.draft(network, by=member, told=told()) for _time in range(2))

    assert first == second


def test_where_moderators_read_first_it_waits_for_them_like_any_other(article, submitted, facilitator):
    Discussion.objects.filter(pk=article.pk).update(moderation=Moderation.BEFORE)
    waiting = submitted()

    validated = services.validate(waiting, by=facilitator, seen=waiting.version)

    assert validated.comment.status == Status.PENDING
    assert Contribution.objects.get().state == ContributionState.PUBLISHED


def test_a_moderator_who_validates_is_no_way_around_the_moderation(article, submitted, facilitator, moderator):
    Discussion.objects.filter(pk=article.pk).update(moderation=Moderation.BEFORE)
    facilitator.user_permissions.set(moderator.user_permissions.all())
    waiting = submitted()

    assert services.validate(waiting, by=facilitator, seen=waiting.version).comment.status == Status.PENDING


def test_the_rules_read_it(submitted, facilitator, admin):
    services.save_rule(ListedWord(kind="word", text="pluriannuel", effect="refuse"), by=admin)
    waiting = submitted()

    with pytest.raises(Refused, match="pluriannuel"):
        services.validate(waiting, by=facilitator, seen=waiting.version)

    assert Contribution.objects.get().state == ContributionState.SUBMITTED
    assert not ThreadComment.objects.exists()


@pytest.mark.parametrize("who", ["member", "network_moderator", "reader", "other_moderator", "admin", "moderator"])
def test_only_facilitators_validate(submitted, request, who):
    waiting = submitted()

    with pytest.raises(Refused):
        services.validate(waiting, by=request.getfixturevalue(who), seen=waiting.version)

    assert not ThreadComment.objects.exists()


@pytest.mark.parametrize("who", ["reader", "other_moderator", "admin"])
def test_only_members_write(network, told, request, who):
    with pytest.raises(Refused):
        services.draft(network, by=request.getfixturevalue(who), told=told())


def test_a_facilitators_own_words_need_another_one(submitted, facilitator, colleague):
    waiting = submitted(by=facilitator)

    with pytest.raises(Refused, match="autre personne qui anime"):
        services.validate(waiting, by=facilitator, seen=waiting.version)

    assert services.validate(waiting, by=colleague, seen=waiting.version).comment.status == Status.PUBLISHED
    assert not ModelLogEntry.objects.get(action="comments.contribution_validate").data["alone"]


def test_alone_a_facilitator_validates_and_the_history_says_so(submitted, facilitator, colleague):
    colleague.is_active = False
    colleague.save()
    waiting = submitted(by=facilitator)

    services.validate(waiting, by=facilitator, seen=waiting.version)

    row = ModelLogEntry.objects.get(action="comments.contribution_validate")
    assert row.data["alone"]
    assert "seule personne à animer" in row.message


def test_what_was_rewritten_meanwhile_is_not_validated(submitted, facilitator, member, told):
    waiting = submitted()
    rewritten = services.rewrite(waiting, by=member, told=told("Autre chose."), seen=waiting.version)
    assert rewritten.state == ContributionState.DRAFT

    with pytest.raises(StaleContribution, match="n’attend plus de validation"):
        services.validate(waiting, by=facilitator, seen=waiting.version)
    services.submit(rewritten, by=member, seen=rewritten.version)
    with pytest.raises(StaleContribution, match="modifiée entre-temps"):
        services.validate(waiting, by=facilitator, seen=waiting.version)


def test_the_same_words_change_nothing(submitted, member, told):
    waiting = submitted()

    assert services.rewrite(waiting, by=member, told=told(), seen=waiting.version).state == ContributionState.SUBMITTED


@pytest.mark.parametrize(
    ("act", "sentence"),
    [("validate", "validée entre-temps"), ("send_back", "renvoyée entre-temps"), ("withdraw", "retirée entre-temps")],
)
def test_who_comes_second_reads_what_happened(submitted, facilitator, colleague, act, sentence):
    waiting = submitted()
    words = {"words": "Plus court."} if act == "send_back" else {}
    getattr(services, act)(waiting, by=facilitator, seen=waiting.version, **words)

    with pytest.raises(StaleContribution, match=sentence):
        services.validate(waiting, by=colleague, seen=waiting.version)


def test_sent_back_with_words_it_is_reworked_and_submitted_again(submitted, facilitator, member, told):
    waiting = submitted()
    with pytest.raises(Refused, match="ce qui est à reprendre"):
        services.send_back(waiting, by=facilitator, words="  ", seen=waiting.version)

    returned = services.send_back(waiting, by=facilitator, words="Plus court.", seen=waiting.version)
    assert (returned.state, returned.words) == (ContributionState.RETURNED, "Plus court.")
    better = services.rewrite(returned, by=member, told=told("Court."), seen=returned.version)
    again = services.submit(better, by=member, seen=better.version)

    assert (again.state, again.words, again.version) == (ContributionState.SUBMITTED, "", 2)


def test_a_secret_network_does_not_speak(network, member, facilitator, told, submitted):
    waiting = submitted()
    network.visibility = Visibility.SECRET
    network.save()

    with pytest.raises(Refused, match="réseau secret"):
        services.draft(network, by=member, told=told("Autre chose"))
    with pytest.raises(Refused, match="réseau secret"):
        services.validate(waiting, by=facilitator, seen=waiting.version)


@pytest.mark.parametrize("change", [{"mode": "read_only"}, {"closes_at": timezone.now() - timedelta(days=1)}, {"locked": True}])
def test_a_closed_discussion_takes_none(article, submitted, facilitator, change):
    waiting = submitted()
    Discussion.objects.filter(pk=article.pk).update(**change)

    with pytest.raises(Refused, match="fermée"):
        services.validate(waiting, by=facilitator, seen=waiting.version)


def test_a_topic_is_no_place_for_it(network, member, told):
    topic = services.discussion_of(TopicFactory(network=network))

    with pytest.raises(Refused, match="choisissez un article"):
        services.draft(network, by=member, told=replace(told(), discussion=topic))
    assert topic not in services.places_to_speak(member)


def test_who_is_suspended_neither_writes_nor_validates(network, member, facilitator, admin, submitted, told, topic):
    waiting = submitted()
    for person in (member, facilitator):
        comment = services.post(topic, author=Author(user=person), text="Trop", notify=False).comment
        services.sanction(
            comment, SanctionKind.SUSPEND, by=admin, reason="abuse", until=timezone.now() + timedelta(days=1), everywhere=True
        )

    with pytest.raises(Refused, match="suspendu"):
        services.draft(network, by=member, told=told("Autre chose"))
    with pytest.raises(Refused, match="suspendu"):
        services.validate(waiting, by=facilitator, seen=waiting.version)


def test_nobody_is_punished_for_what_a_network_says(published, admin):
    comment = published().comment

    assert not can_sanction_author(admin, comment)


def test_a_published_position_is_withdrawn_by_a_facilitator_and_leaves_a_tombstone(published, facilitator, colleague, member):
    contribution = published()
    with pytest.raises(Refused):
        services.withdraw(contribution, by=member, seen=contribution.version)

    services.withdraw(contribution, by=colleague, seen=contribution.version)

    comment = ThreadComment.objects.get()
    assert (comment.status, comment.comment, comment.network, comment.voice, comment.author_key) == (Status.REMOVED, "", None, "", "")
    assert Contribution.objects.get().state == ContributionState.WITHDRAWN
    assert_sound()


def test_the_author_withdraws_what_is_not_published(submitted, member):
    waiting = submitted()

    assert services.withdraw(waiting, by=member, seen=waiting.version).state == ContributionState.WITHDRAWN


def test_the_network_says_the_same_thing_once(published, submitted, facilitator):
    published()
    waiting = submitted()

    with pytest.raises(Refused, match="déjà dit"):
        services.validate(waiting, by=facilitator, seen=waiting.version)


def test_a_restriction_is_told_to_those_who_answer_for_it(published, member, facilitator, colleague, admin):
    comment = published().comment
    services.moderate(comment, Action.HIDE, by=admin, reason="off_topic")

    statement = Statement.objects.get(comment=comment)
    told = OutgoingMail.objects.filter(kind="restricted").values_list("user", flat=True)
    assert (statement.user, statement.email) == (None, "")
    assert set(told) == {member.pk, facilitator.pk, colleague.pk}


def test_a_position_outlives_the_account_that_wrote_it(published, network, member, told):
    contribution = published()
    services.draft(network, by=member, told=told("Un brouillon"))

    personal_data.erase(member)
    Membership.objects.filter(user=member).delete()
    member.delete()

    kept = Contribution.objects.get()
    assert (kept.pk, kept.author, kept.state) == (contribution.pk, None, ContributionState.PUBLISHED)
    assert ThreadComment.objects.get().status == Status.PUBLISHED


def test_a_persons_data_hold_their_drafts(network, member, told):
    services.draft(network, by=member, told=told("Un brouillon"))

    assert [each["text"] for each in personal_data.export(member)["contributions"]] == ["Un brouillon"]


def test_a_file_that_is_replaced_or_forgotten_is_gone(network, member, workshop, django_capture_on_commit_callbacks):
    contribution = services.draft(network, by=member, told=workshop)
    storage, first = contribution.file.storage, contribution.file.name
    other = replace(workshop, upload=SimpleUploadedFile("autre.pdf", b"%PDF-2"))

    with django_capture_on_commit_callbacks(execute=True):
        contribution = services.rewrite(contribution, by=member, told=other, seen=1)
    second = contribution.file.name
    assert (contribution.file_name, storage.exists(first), storage.exists(second)) == ("autre.pdf", False, True)
    with django_capture_on_commit_callbacks(execute=True):
        contribution = services.rewrite(contribution, by=member, told=replace(workshop, upload=None, without_file=True), seen=2)

    assert not contribution.file
    assert not storage.exists(second)


def test_a_workshop_sent_twice_is_one_and_its_file_goes_with_the_network(network, member, workshop, django_capture_on_commit_callbacks):
    first, second = (services.draft(network, by=member, told=workshop) for _time in range(2))
    assert first == second
    storage, name = first.file.storage, first.file.name
    assert storage.exists(name)

    with django_capture_on_commit_callbacks(execute=True):
        network.delete()

    assert not storage.exists(name)


@pytest.mark.parametrize("state", ContributionState)
def test_what_a_person_reads_one_by_one_is_what_lists_hold(network, told, state, request):
    people = [request.getfixturevalue(name) for name in ("member", "facilitator", "network_moderator", "reader", "moderator", "admin")]
    writer = MembershipFactory(network=network).user
    contribution = services.draft(network, by=writer, told=told())
    once = timezone.now() if state != ContributionState.DRAFT else None
    Contribution.objects.update(state=state, submitted_at=once)
    contribution.refresh_from_db()

    for person in [*people, writer, UserFactory()]:
        standing = standing_of(person, network)
        listed = contribution in Contribution.objects.shown_in(standing)
        assert listed == contribution.is_shown_to(standing), person
        if not listed:
            assert not any(contribution.allows(act, standing) for act in ContributionAct), person


def test_who_left_the_network_no_longer_touches_it(submitted, member):
    waiting = submitted()
    Membership.objects.filter(user=member).delete()

    with pytest.raises(Refused):
        services.withdraw(waiting, by=member, seen=waiting.version)


def test_who_runs_the_space_no_more_does_not_validate(submitted, facilitator, colleague):
    waiting = submitted()
    Membership.objects.filter(user=facilitator).update(role=Role.MEMBER)

    with pytest.raises(Refused):
        services.validate(waiting, by=facilitator, seen=waiting.version)
