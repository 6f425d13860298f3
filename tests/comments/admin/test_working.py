"""The workbench's pages beside the queue: what each does, for whom, and for whom not."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from comments import services
from comments.models import CannedAnswer, Claim, Discussion, ModeratorNote, Reason, Sanction, SanctionKind, Statement, ThreadComment
from comments.services import Reporter
from comments.states import Action, Outcome, ReportKind, Status
from tests.factories import TopicFactory

ABOUT_A_COMMENT = ["undo", "claim", "note", "move", "author"]
MODERATE_NOTHING = [None, "reader", "member", "facilitator", "editor"]


def address(name, *args):
    return reverse(f"moderation:{name}", args=args)


@pytest.fixture
def hidden(say, topic, admin):
    """A comment of the first network that an administrator has hidden."""
    return services.moderate(say(topic, "Un mot de trop", status=Status.PUBLISHED), Action.HIDE, by=admin, reason="abuse")


@pytest.fixture
def appeal(hidden):
    return services.appeal(Statement.objects.get(comment=hidden), text="Je ne visais personne")


@pytest.fixture
def sanction(hidden, network_moderator):
    return services.sanction(hidden, SanctionKind.BAN, by=network_moderator, reason="abuse")


@pytest.fixture
def screens(hidden, appeal, sanction):
    return [
        *(address(name, hidden.pk) for name in ABOUT_A_COMMENT),
        *(address("sanction", hidden.pk, kind) for kind in SanctionKind),
        address("lift", sanction.pk),
        address("appeal", appeal.pk),
        address("restraint", hidden.discussion_id),
    ]


@pytest.mark.parametrize(("person", "status"), [("network_moderator", 200), ("moderator", 200), ("admin", 200), ("other_moderator", 404)])
def test_each_page_answers_its_moderators_only(client, request, screens, person, status):
    client.force_login(request.getfixturevalue(person))

    assert {path: client.get(path).status_code for path in screens} == dict.fromkeys(screens, status)


@pytest.mark.parametrize("person", MODERATE_NOTHING)
def test_each_page_sends_everybody_else_away(client, request, screens, person):
    if person:
        client.force_login(request.getfixturevalue(person))

    for path in [*screens, address("appeals")]:
        assert client.get(path).status_code == 302, path
        assert (
            client.post(path, {"reason": "abuse", "text": "x", "wish": "claim", "outcome": "overturned", "words": "x"}).status_code == 302
        )
    assert not Claim.objects.exists()
    assert not ModeratorNote.objects.exists()


def test_another_networks_moderator_changes_nothing_there(client, other_moderator, screens, hidden, appeal, sanction):
    client.force_login(other_moderator)

    for path in screens:
        said = {"reason": "abuse", "text": "x", "wish": "claim", "outcome": "overturned", "words": "x", "lock": "closed", "slow": "60"}
        assert client.post(path, said).status_code == 404, path

    hidden.refresh_from_db()
    appeal.refresh_from_db()
    sanction.refresh_from_db()
    assert (hidden.status, appeal.outcome, sanction.lifted_at) == (Status.HIDDEN, Outcome.WAITING, None)
    assert not Claim.objects.exists()
    assert not ModeratorNote.objects.exists()
    assert not Discussion.objects.get(pk=hidden.discussion_id).is_locked()


def test_the_appeals_listed_are_those_of_the_moderators_scope(client, network_moderator, other_moderator, appeal):
    reference = appeal.statement.reference

    client.force_login(network_moderator)
    assert reference in client.get(address("appeals")).text
    client.force_login(other_moderator)
    assert reference not in client.get(address("appeals")).text


def test_claiming_taking_over_and_letting_go(client, network_moderator, moderator, here):
    client.force_login(moderator)
    client.post(address("claim", here.pk), {"wish": "claim"})
    client.force_login(network_moderator)

    refused = client.post(address("claim", here.pk), {"wish": "claim"})
    assert refused.status_code == 422
    assert moderator.display_name in refused.text
    assert client.post(address("decide", here.pk, "approve"), {"seen_status": "pending"}).status_code == 422
    here.refresh_from_db()
    assert here.status == Status.PENDING
    client.post(address("claim", here.pk), {"wish": "take_over"})
    assert Claim.objects.get().moderator == network_moderator
    assert len(client.get("/admin/moderation/?status=mine").context["object_list"]) == 1
    client.post(address("claim", here.pk), {"wish": "unclaim"})
    assert not Claim.objects.exists()


def test_what_is_decided_is_nobodys_work_any_more(client, moderator, here):
    client.force_login(moderator)
    client.post(address("claim", here.pk), {"wish": "claim"})

    client.post(address("decide", here.pk, "approve"), {"seen_status": "pending"})

    assert client.get("/admin/moderation/?status=mine").context["items_count"] == 0


def test_a_decision_is_undone_by_a_button(client, moderator, here):
    client.force_login(moderator)
    client.post(address("decide", here.pk, "approve"), {"seen_status": "pending"})

    assert client.post(address("undo", here.pk)).status_code == 302

    here.refresh_from_db()
    assert here.status == Status.PENDING
    assert client.post(address("undo", here.pk)).status_code == 422


def test_the_queues_script_is_answered_in_json(client, moderator, here):
    client.force_login(moderator)
    queue = {"X-Palabre-Queue": "1"}

    done = client.post(address("decide", here.pk, "approve"), {"seen_status": "pending"}, headers=queue)
    assert done.json()["undo"] == address("undo", here.pk)
    late = client.post(address("decide", here.pk, "approve"), {"seen_status": "pending"}, headers=queue)
    assert (late.status_code, list(late.json())) == (409, ["problem"])
    assert client.post(address("undo", here.pk), headers=queue).json()["done"]
    form = client.get(address("decide", here.pk, "reject"), headers=queue)
    assert "<html" not in form.text
    assert 'name="reason"' in form.text
    again = client.post(address("decide", here.pk, "reject"), {"seen_status": "pending", "reason": ""}, headers=queue)
    assert again.status_code == 422
    assert "<html" not in again.text


def test_notes_are_read_by_moderators_and_by_nobody_else(client, network_moderator, say, topic, member, reader):
    comment = say(topic, "Publié", status=Status.PUBLISHED)
    client.force_login(network_moderator)
    client.post(address("note", comment.pk), {"text": "À surveiller <b>mardi</b>"})

    assert "À surveiller &lt;b&gt;mardi" in client.get(address("inspect", comment.pk)).text
    for person in (member, reader):
        client.force_login(person)
        assert "À surveiller" not in client.get(topic.get_absolute_url()).text


def test_suspending_asks_how_long_why_and_where(client, moderator, hidden):
    client.force_login(moderator)
    path = address("sanction", hidden.pk, "suspend")

    assert client.post(path, {"duration": "until", "reason": "abuse"}).status_code == 422
    assert client.post(path, {"duration": "1d", "reason": ""}).status_code == 422
    assert client.post(path, {"duration": "7d", "reason": "abuse", "everywhere": "on", "words": "Trois fois"}).status_code == 302

    imposed = Sanction.objects.get()
    assert imposed.everywhere
    assert 6 < (imposed.until - imposed.imposed_at).total_seconds() / 86_400 <= 7
    assert "Trois fois" in Statement.objects.get(sanction=imposed).facts


def test_a_networks_moderator_is_not_offered_the_whole_site(client, network_moderator, hidden):
    client.force_login(network_moderator)
    path = address("sanction", hidden.pk, "ban")

    assert 'name="everywhere"' not in client.get(path).text
    client.post(path, {"reason": "abuse", "everywhere": "on"})

    assert not Sanction.objects.get().everywhere


def test_an_author_s_page_stops_at_the_scope(client, network_moderator, moderator, hidden, say, article):
    say(article, "Ailleurs, sans rapport", status=Status.REJECTED)

    client.force_login(network_moderator)
    narrow = client.get(address("author", hidden.pk)).text
    client.force_login(moderator)
    whole = client.get(address("author", hidden.pk)).text

    assert "Ailleurs, sans rapport" not in narrow
    assert "Ailleurs, sans rapport" in whole


def test_an_appeal_is_decided_on_its_page_by_somebody_else(client, admin, network_moderator, appeal, hidden):
    client.force_login(admin)
    assert 'name="outcome"' not in client.get(address("appeal", appeal.pk)).text
    client.force_login(network_moderator)
    path = address("appeal", appeal.pk)

    assert client.post(path, {"outcome": "overturned", "words": ""}).status_code == 422
    assert client.post(path, {"outcome": "overturned", "words": "Après relecture"}).status_code == 302

    hidden.refresh_from_db()
    assert hidden.status == Status.PUBLISHED
    assert "Après relecture" in client.get(path).text


def test_a_discussion_is_calmed_down_and_opened_again(client, network_moderator, topic):
    discussion = services.discussion_of(topic)
    client.force_login(network_moderator)
    path = address("restraint", discussion.pk)

    client.post(path, {"lock": "1h", "slow": "600", "note": "On se calme"})
    locked = Discussion.objects.get(pk=discussion.pk)
    page = client.get(path).text
    client.post(path, {"lock": "open", "slow": "0"})

    assert (locked.is_locked(), locked.slow_seconds) == (True, 600)
    assert "On se calme" in page
    assert Discussion.objects.get(pk=discussion.pk).is_open()


def test_saving_the_page_again_does_not_shorten_a_lock(client, network_moderator, topic):
    discussion = services.discussion_of(topic)
    client.force_login(network_moderator)
    path = address("restraint", discussion.pk)
    client.post(path, {"lock": "7d", "slow": "0"})
    until = Discussion.objects.get(pk=discussion.pk).locked_until

    client.post(path, {"lock": client.get(path).context["form"].initial["lock"], "slow": "60"})

    assert Discussion.objects.get(pk=discussion.pk).locked_until == until


def test_a_thread_is_moved_inside_a_space_from_its_page(client, network_moderator, say, topic, network, public):
    comment = say(topic, "Mal placé", status=Status.PUBLISHED)
    other = services.discussion_of(TopicFactory(network=network, title="Le bon endroit"))
    client.force_login(network_moderator)
    path = address("move", comment.pk)

    assert public.discussion.title not in client.get(path).text
    assert client.post(path, {"to": public.discussion_id}).status_code == 422
    assert client.post(path, {"to": other.pk}).status_code == 302

    assert ThreadComment.objects.get(pk=comment.pk).discussion_id == other.pk


@pytest.mark.parametrize(("act", "tab"), [("dismiss", "reported"), ("seen", "unseen")])
def test_what_needs_no_restriction_is_done_to_several(client, moderator, reader, article, act, tab):
    discussion = services.discussion_of(article)
    discussion.moderation = "after"
    discussion.save()
    for number in range(3):
        comment = services.post(discussion, author=services.Author(user=reader), text=f"Avis {number}").comment
        services.report(comment, by=Reporter(f"visitor:{number}"), kind=ReportKind.OFF_TOPIC)
    client.force_login(moderator)
    url = f"{reverse('wagtail_bulk_action', args=['comments', 'threadcomment', act])}?id=all&status={tab}"
    seen = [f"{row['item'].pk}:{row['item'].standing}" for row in client.get(url).context["items"]]

    response = client.post(url, {"seen": seen})

    assert "3" in " ".join(map(str, get_messages(response.wsgi_request)))
    assert client.get(f"/admin/moderation/?status={tab}").context["items_count"] == 0
    assert ThreadComment.objects.filter(status=Status.PUBLISHED).count() == 3


@pytest.mark.parametrize("model", ["reason", "cannedanswer"])
@pytest.mark.parametrize(
    ("person", "allowed"), [("admin", True), ("moderator", True), ("network_moderator", False), ("editor", False), ("reader", False)]
)
def test_the_lists_are_kept_by_those_who_moderate_everything(client, request, person, allowed, model):
    client.force_login(request.getfixturevalue(person))

    assert (client.get(reverse(f"{model}:index")).status_code == 200) == allowed
    assert (client.get(reverse(f"{model}:add")).status_code == 200) == allowed


def test_a_reason_is_added_offered_and_never_deleted(client, moderator, here):
    client.force_login(moderator)
    said = {"code": "tone", "label": "Ton", "basis": "charter", "explanation": "Le ton blesse.", "position": 5, "active": "on"}

    assert client.post(reverse("reason:add"), said).status_code == 302
    reason = Reason.objects.get(code="tone")
    assert 'value="tone"' in client.get(address("decide", here.pk, "reject")).text
    client.post(reverse("reason:edit", args=[reason.pk]), {**said, "code": "other-code", "active": ""})
    assert Reason.objects.get(pk=reason.pk).code == "tone"
    assert 'value="tone"' not in client.get(address("decide", here.pk, "reject")).text
    assert client.post(reverse("reason:delete", args=[reason.pk])).status_code in {302, 404}
    assert Reason.objects.filter(pk=reason.pk).exists()


def test_a_canned_answer_is_kept_and_deleted(client, moderator):
    client.force_login(moderator)
    client.post(reverse("cannedanswer:add"), {"title": "Charte", "text": "Merci de relire la charte."})
    answer = CannedAnswer.objects.get()

    client.post(reverse("cannedanswer:delete", args=[answer.pk]))

    assert not CannedAnswer.objects.exists()


def test_illegal_comes_first_then_what_waits_longest(client, moderator, say, article):
    comments = [say(article, f"Avis {number}", status=Status.PUBLISHED) for number in range(3)]
    for comment in comments:
        services.report(comment, by=Reporter(f"visitor:{comment.pk}"), kind=ReportKind.ABUSE)
    services.report(comments[2], by=Reporter("visitor:z"), kind=ReportKind.ILLEGAL, words="Haine", good_faith=True)
    client.force_login(moderator)

    listed = [card.pk for card in client.get("/admin/moderation/?status=reported").context["object_list"]]

    assert listed == [comments[2].pk, comments[0].pk, comments[1].pk]


def test_the_queue_is_narrowed_by_kind_of_report(client, moderator, say, article):
    abusive, illegal = (say(article, f"Avis {number}", status=Status.PUBLISHED) for number in range(2))
    services.report(abusive, by=Reporter("visitor:a"), kind=ReportKind.ABUSE)
    services.report(illegal, by=Reporter("visitor:b"), kind=ReportKind.ILLEGAL, words="Haine", good_faith=True)
    client.force_login(moderator)

    listed = client.get("/admin/moderation/?status=reported&kind=illegal").context["object_list"]

    assert [card.pk for card in listed] == [illegal.pk]
