"""Reports: who may send them, what they ask for, what they do, what becomes of them."""

from datetime import timedelta
from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from comments import outbox, personal_data, reporters, services
from comments.models import Discussion, OutgoingMail, Pace, Report, Statement, ThreadComment
from comments.services import Author, Refused, Reporter, StaleDecision
from comments.states import Action, ReportKind, Status, Verdict
from tests.factories import TopicFactory, UserFactory

NOTICE = {"kind": "illegal", "words": "Appel à la haine", "name": "Zoé", "email": "zoe@example.org", "good_faith": "on"}


@pytest.fixture
def comment(say):
    published = say("Des propos discutables")
    OutgoingMail.objects.all().delete()
    return published


@pytest.fixture
def in_space(network, member):
    """A member's published comment in the space of their network."""
    discussion = services.discussion_of(TopicFactory(network=network))
    return services.post(discussion, author=Author(user=member), text="Entre nous", notify=False).comment


def address(comment):
    return f"/commentaires/{comment.pk}/signaler/"


def report(comment, who="visitor:a", kind=ReportKind.ABUSE, **said):
    return services.report(comment, by=Reporter(who, language="fr"), kind=kind, **said)


def told():
    OutgoingMail.objects.filter(settled_at=None).update(next_attempt_at=timezone.now())
    mail.outbox.clear()
    outbox.deliver_due()
    return mail.outbox


def counters(comment):
    comment.refresh_from_db()
    return comment.open_reports, Discussion.objects.get(pk=comment.discussion_id).reported_count


@pytest.mark.parametrize("person", [None, "reader", "member"])
def test_anybody_who_reads_a_comment_reports_it(client, request, comment, person):
    if person:
        client.force_login(request.getfixturevalue(person))
    assert "signaler/" in client.get(comment.discussion.target.get_url()).text
    assert comment.comment in client.get(address(comment)).text

    response = client.post(address(comment), {"kind": "abuse", "words": "Il insulte"}, headers={"sec-fetch-site": "same-origin"})

    assert response.status_code == 302
    assert Report.objects.get().words == "Il insulte"
    assert counters(comment) == (1, 1)
    assert Report.objects.get().reference in client.get(response.url.partition("#")[0]).text


def test_who_cannot_read_a_comment_cannot_report_it(client, in_space, reader):
    for person in (None, reader):
        client.force_login(person) if person else client.logout()
        assert client.get(address(in_space)).status_code == 404
        assert client.post(address(in_space), {"kind": "abuse"}, headers={"sec-fetch-site": "same-origin"}).status_code == 404
    assert not Report.objects.exists()


@pytest.mark.parametrize("status", [Status.PENDING, Status.HIDDEN, Status.REMOVED, Status.SPAM])
def test_what_is_not_published_is_not_reported(client, say, status):
    assert client.get(address(say("Un avis", to=status))).status_code == 404


def test_one_s_own_comment_carries_no_link_to_report_it(page_of, say, reader):
    own = say("Le mien", by=reader)

    assert address(own) not in page_of(reader).text
    assert address(own) in page_of().text


def test_another_site_reports_nothing_in_a_visitors_name(client, comment):
    response = client.post(address(comment), {"kind": "abuse"}, headers={"origin": "https://evil.example"})

    assert response.status_code == 403
    assert not Report.objects.exists()


@pytest.mark.parametrize("missing", ["words", "name", "email", "good_faith"])
def test_a_notice_of_something_illegal_asks_for_what_the_law_asks(client, comment, missing):
    data = {name: value for name, value in NOTICE.items() if name != missing}

    response = client.post(address(comment), data, headers={"sec-fetch-site": "same-origin"})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [missing]
    for value in set(data.values()) - {"on"}:
        assert value in response.text
    assert not Report.objects.exists()


def test_who_reports_child_abuse_need_not_say_who_they_are(client, comment):
    data = {"kind": "illegal", "words": "Des images d’enfants", "good_faith": "on", "child_abuse": "on"}

    assert client.post(address(comment), data, headers={"sec-fetch-site": "same-origin"}).status_code == 302
    assert Report.objects.get().email == ""


def test_a_notice_is_acknowledged_and_its_decision_told(client, comment, moderator):
    client.post(address(comment), NOTICE, headers={"sec-fetch-site": "same-origin"})
    letters = {letter.to[0]: letter for letter in told()}
    reference = Report.objects.get().reference

    assert set(letters) == {"zoe@example.org", moderator.email}
    assert reference in letters["zoe@example.org"].body
    assert f"/commentaires/{comment.pk}/" in letters["zoe@example.org"].body
    assert f"/admin/moderation/inspect/{comment.pk}/" in letters[moderator.email].body
    assert "zoe@example.org" not in letters[moderator.email].body

    services.moderate(comment, Action.HIDE, by=moderator, reason="illegal", words="Provocation à la haine (loi de 1881, article 24)")
    letters = {letter.to[0]: letter for letter in told()}
    assert reference in letters["zoe@example.org"].subject
    assert "illicite" in letters["zoe@example.org"].body
    assert Statement.objects.get().reported


def test_a_visitors_address_is_kept_only_with_a_notice_of_something_illegal(client, comment):
    client.post(address(comment), {**NOTICE, "kind": "abuse"}, headers={"sec-fetch-site": "same-origin"})

    kept = Report.objects.get()
    assert (kept.email, kept.name) == ("", "")
    assert "127.0.0.1" not in kept.reporter_key


def test_what_one_person_says_twice_is_one_report(comment):
    first = report(comment, words="Insultant")
    second = report(comment, words="Et raciste", kind=ReportKind.ILLEGAL)
    third = report(comment, words="Et raciste", kind=ReportKind.OTHER)

    assert (first.joined, second.joined, third.joined) == (False, True, True)
    kept = Report.objects.get()
    assert (kept.words, kept.kind) == ("Insultant\n\nEt raciste", ReportKind.ILLEGAL)
    assert counters(comment) == (1, 1)


def test_what_a_moderator_answered_is_not_reported_again_until_it_changes(comment, moderator):
    report(comment)
    services.dismiss_reports(comment, by=moderator)

    with pytest.raises(Refused):
        report(comment)
    report(comment, who="visitor:b")
    ThreadComment.objects.filter(pk=comment.pk).update(edited_at=timezone.now() + timedelta(seconds=1))
    report(comment)

    assert counters(comment) == (2, 1)


def test_enough_reports_hold_a_comment_of_a_space(in_space):
    for number in range(2):
        report(in_space, who=f"user:{number}")
    in_space.refresh_from_db()
    assert in_space.status == Status.PUBLISHED

    report(in_space, who="user:2")

    in_space.refresh_from_db()
    statement = Statement.objects.get()
    assert in_space.status == Status.PENDING
    assert (statement.automated, statement.reported, statement.reason.code) == (True, True, "reported")
    assert counters(in_space) == (3, 1)


def test_one_person_who_reports_thrice_holds_nothing(in_space):
    for words in ("Un", "Deux", "Trois"):
        report(in_space, words=words)

    in_space.refresh_from_db()
    assert in_space.status == Status.PUBLISHED


def test_one_person_with_three_faces_and_a_crowd_behind_no_face_hold_nothing(in_space):
    jo = UserFactory(email="Jo@example.org")
    services.report(in_space, by=Reporter(reporters.key_of_account(jo), user=jo), kind=ReportKind.ABUSE)
    guest = Reporter(reporters.key_of_guest("jo@example.org"), email="jo@example.org")
    services.report(in_space, by=guest, kind=ReportKind.ABUSE)
    for number in range(5):
        report(in_space, who=reporters.key_of_visitor(f"198.51.100.{number}", ""))
    in_space.refresh_from_db()
    assert in_space.status == Status.PUBLISHED

    report(in_space, who="user:0")

    in_space.refresh_from_db()
    assert in_space.status == Status.PENDING


def test_nobody_reports_their_own_comment(say, discussion, reader):
    own = say("Le mien", by=reader)
    guest = services.post(discussion, author=Author(name="Ève", email="Eve@example.org", proven=True), text="De moi").comment
    guest = services.moderate(guest, Action.APPROVE, by=UserFactory(is_superuser=True))

    with pytest.raises(Refused):
        services.report(own, by=Reporter(reporters.key_of_account(reader), user=reader), kind=ReportKind.ABUSE)
    with pytest.raises(Refused):
        services.report(guest, by=Reporter(reporters.key_of_guest("eve@example.org"), email="eve@example.org"), kind=ReportKind.ABUSE)
    assert not Report.objects.exists()


@pytest.mark.parametrize("machine", ["198.51.100.1", ""])
def test_two_visitors_behind_one_machine_send_two_notices_and_are_both_answered(client, comment, machine):
    for name in ("anne", "bob"):
        data = {**NOTICE, "name": name, "email": f"{name}@example.org", "words": f"Selon {name}"}
        client.post(address(comment), data, headers={"sec-fetch-site": "same-origin"}, REMOTE_ADDR=machine)

    assert sorted(Report.objects.values_list("name", "words")) == [("anne", "Selon anne"), ("bob", "Selon bob")]
    assert {"anne@example.org", "bob@example.org"} <= {letter.to[0] for letter in told()}


def test_of_visitors_of_whom_nothing_is_known_each_is_another(client, comment):
    for words in ("Un", "Deux"):
        client.post(address(comment), {"kind": "abuse", "words": words}, headers={"sec-fetch-site": "same-origin"}, REMOTE_ADDR="")

    assert sorted(Report.objects.values_list("words", flat=True)) == ["Deux", "Un"]


@pytest.mark.parametrize("notice", [NOTICE, {**NOTICE, "child_abuse": "on", "email": "", "name": ""}])
def test_what_was_dismissed_for_one_visitor_keeps_no_other_from_a_notice(client, comment, say, moderator, notice):
    for number in range(5):
        other = say(f"Correct {number}") if number else comment
        report(other, who=reporters.key_of_visitor("127.0.0.1", ""))
        services.dismiss_reports(other, by=moderator)

    response = client.post(address(comment), notice, headers={"sec-fetch-site": "same-origin"})

    assert response.status_code == 302
    assert Report.objects.open().get().words == NOTICE["words"]


def test_reports_hold_nothing_under_an_article(comment):
    for number in range(5):
        report(comment, who=f"user:{number}")

    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED


def test_reports_without_reason_hold_nothing_and_end(in_space, say, moderator):
    for number in range(5):
        dismissed = say(f"Correct {number}")
        report(dismissed, who="user:troll")
        services.dismiss_reports(dismissed, by=moderator)
    Report.objects.update(reported_at=timezone.now() - timedelta(days=2))
    for number in range(2):
        report(in_space, who=f"user:{number}")

    assert not report(in_space, who="user:troll").report.counts
    in_space.refresh_from_db()
    assert in_space.status == Status.PUBLISHED
    for number in range(2):
        report(say(f"Autre {number}"), who="user:troll")
    with pytest.raises(Refused):
        report(say("Encore un"), who="user:troll")


@pytest.mark.parametrize(
    ("action", "verdict"), [(Action.HIDE, Verdict.UPHELD), (Action.SPAM, Verdict.UPHELD), (Action.REPHRASE, Verdict.UPHELD)]
)
def test_a_restriction_answers_every_report(comment, moderator, action, verdict):
    report(comment)
    report(comment, who="visitor:b")

    decided = services.moderate(comment, action, by=moderator, reason="abuse")

    assert set(Report.objects.values_list("verdict", flat=True)) == {verdict}
    assert {each.statement for each in Report.objects.all()} == {Statement.objects.get()}
    assert counters(decided) == (0, 0)


def test_undoing_opens_the_reports_again(comment, moderator):
    report(comment, kind=ReportKind.ILLEGAL, words="Haineux")
    services.undo(services.moderate(comment, Action.HIDE, by=moderator, reason="abuse"), by=moderator)
    assert counters(comment) == (1, 1)

    services.undo(services.dismiss_reports(comment, by=moderator), by=moderator)

    comment.refresh_from_db()
    assert (comment.status, comment.reported_illegal) == (Status.PUBLISHED, True)
    assert counters(comment) == (1, 1)


def test_who_sent_a_notice_is_told_the_decision_that_stands_and_once(client, comment, moderator):
    client.post(address(comment), NOTICE, headers={"sec-fetch-site": "same-origin"})
    told()
    for _twice in range(2):
        services.undo(services.moderate(comment, Action.HIDE, by=moderator, reason="abuse"), by=moderator)

    services.moderate(comment, Action.HIDE, by=moderator, reason="off_topic")

    assert [letter.to for letter in told() if letter.to == ["zoe@example.org"]] == [["zoe@example.org"]]


def test_dismissing_leaves_the_comment_and_tells_who_sent_a_notice(client, comment, moderator):
    client.post(address(comment), NOTICE, headers={"sec-fetch-site": "same-origin"})
    told()

    services.dismiss_reports(comment, by=moderator)

    (letter,) = told()
    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED
    assert letter.to == ["zoe@example.org"]
    assert not Statement.objects.exists()


def test_a_late_dismissal_changes_nothing(comment, moderator, admin):
    report(comment)
    seen = comment.standing
    services.moderate(comment, Action.HIDE, by=admin, reason="abuse")

    with pytest.raises(StaleDecision):
        services.dismiss_reports(comment, by=moderator, seen_status=seen)


@pytest.mark.parametrize("person", ["reader", "member", "facilitator", "other_moderator", "editor"])
def test_people_who_do_not_moderate_dismiss_nothing(request, in_space, person):
    report(in_space)

    with pytest.raises(Refused):
        services.dismiss_reports(in_space, by=request.getfixturevalue(person))

    assert counters(in_space) == (1, 1)


def test_many_reports_in_a_short_time_wait_and_keep_what_was_written(client, say, settings):
    settings.COMMENTS_RATE_LIMITS = {"guest": [(1, 60)], "account": [(1, 60)]}
    for number, status in enumerate([302, 429]):
        data = {"kind": "abuse", "words": "Des mots gardés"}
        response = client.post(address(say(f"Avis {number}")), data, headers={"sec-fetch-site": "same-origin"})
        assert response.status_code == status
    assert "Des mots gardés" in response.text


def test_a_removed_comment_has_no_open_report(say, reader):
    comment = say("Regretté", by=reader)
    report(comment)

    services.remove(comment, by=reader)

    assert Report.objects.get().verdict == Verdict.GONE
    assert counters(comment) == (0, 0)


def test_a_suspended_reporter_is_still_heard(comment, reader, moderator):
    """Suspending somebody from writing does not take from them the right to report what is illegal."""
    services.report(comment, by=Reporter(f"user:{reader.pk}", user=reader), kind=ReportKind.ILLEGAL, words="Haine", good_faith=True)

    assert counters(comment) == (1, 1)


def test_a_moderator_hears_of_other_reports_with_what_waits(comment, moderator):
    services.choose_pace(moderator, Pace.HOURLY)
    report(comment)

    letters = told()

    assert [letter.to for letter in letters] == [[moderator.email]]


def test_who_reported_is_forgotten_a_year_after_the_decision(client, comment, say, moderator):
    other = say("Un autre")
    for each in (comment, other):
        client.post(address(each), NOTICE, headers={"sec-fetch-site": "same-origin"})
        services.dismiss_reports(each, by=moderator)
    Report.objects.filter(comment=comment).update(decided_at=timezone.now() - timedelta(days=366))

    call_command("purge_identification", stdout=StringIO())

    old, fresh = Report.objects.get(comment=comment), Report.objects.get(comment=other)
    assert (old.name, old.email, old.words) == ("", "", "Appel à la haine")
    assert fresh.email == "zoe@example.org"


def test_a_person_takes_their_reports_and_decisions_along_and_leaves_no_name(comment, say, reader, moderator):
    services.report(comment, by=Reporter(f"user:{reader.pk}", user=reader, name="Lectrice"), kind=ReportKind.SPAM, words="De la réclame")
    services.moderate(say("Le sien", by=reader), Action.HIDE, by=moderator, reason="abuse", words="Relisez la charte")
    services.appeal(Statement.objects.get(), text="Je ne visais personne")

    taken = personal_data.export(reader)
    personal_data.erase(reader)

    assert taken["reports"][0]["words"] == "De la réclame"
    assert (taken["decisions"][0]["words"], taken["decisions"][0]["appeal"]["text"]) == ("Relisez la charte", "Je ne visais personne")
    assert Report.objects.get().name == ""


def test_who_reported_long_ago_is_forgotten_to_the_key(comment, moderator):
    who = Reporter(reporters.key_of_guest("eve@example.org"), name="Ève", email="eve@example.org")
    services.report(comment, by=who, kind=ReportKind.ABUSE)
    key = Report.objects.get().reporter_key
    assert "eve" not in key
    services.dismiss_reports(comment, by=moderator)

    assert services.forget_reporters(timedelta(days=365)) == 0
    Report.objects.update(decided_at=timezone.now() - timedelta(days=366))
    assert (services.forget_reporters(timedelta(days=365)), services.forget_reporters(timedelta(days=365))) == (1, 0)

    kept = Report.objects.get()
    assert (kept.name, kept.email, kept.user) == ("", "", None)
    assert key not in kept.reporter_key


def test_keys_of_before_that_hold_an_address_are_hidden(comment):
    report(comment, who="guest:eve@example.org")
    report(comment, who="visitor:a")

    import_module("comments.migrations.0012_reporters_without_address").hide_addresses(apps, None)

    assert set(Report.objects.values_list("reporter_key", flat=True)) == {reporters.key_of_guest("Eve@example.org"), "visitor:a"}


def test_answers_to_addresses_that_nobody_proved_are_not_kept(client, comment, moderator):
    client.post(address(comment), NOTICE, headers={"sec-fetch-site": "same-origin"})
    services.moderate(comment, Action.HIDE, by=moderator, reason="abuse")
    told()
    OutgoingMail.objects.update(settled_at=timezone.now() - timedelta(days=30))

    services.purge_mails_to_unproven()

    assert not OutgoingMail.objects.filter(recipient="zoe@example.org").exists()
