"""What each rule does to a comment that is posted, and to whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments import services
from comments.models import Discussion, OutgoingMail, SpaceModeration, ThreadComment
from comments.origins import Origin
from comments.rules.findings import for_moderators, read
from comments.services import Author, Refused
from comments.states import Action, Status
from tests.comments.rules.conftest import GUEST, UNPROVEN, fired
from tests.factories import TopicFactory, UserFactory

LINKS = "Voyez https://a.example et https://b.example"


def test_what_no_rule_catches_is_published(write):
    comment = write("Voyez https://a.example")

    assert (comment.status, comment.findings) == (Status.PUBLISHED, [])


def test_two_links_wait_for_a_moderator_who_is_called(write):
    comment = write(LINKS)

    assert comment.status == Status.PENDING
    assert comment.findings == [{"rule": "links", "detail": "2"}]
    assert OutgoingMail.objects.get().kind == "call_moderators"


@pytest.mark.parametrize(("limit", "status"), [(3, Status.PUBLISHED), (0, Status.PUBLISHED), (1, Status.PENDING)])
def test_the_number_of_links_is_the_sites(write, numbers, limit, status):
    numbers(links_held=limit)

    assert write(LINKS).status == status


def test_a_listed_word_holds_and_says_which(write, listed):
    word = listed("casino")

    comment = write("Au Casino !")

    assert comment.status == Status.PENDING
    assert comment.findings == [{"rule": "word", "detail": "casino", "id": word.pk}]
    assert "casino" in for_moderators(read(comment.findings)[0])


def test_a_word_may_refuse_and_is_named_to_its_author(write, listed):
    listed("casino", "refuse")
    listed(r"gagnez \d+", "refuse", kind="pattern")

    with pytest.raises(Refused, match="casino"):
        write("Au casino")
    with pytest.raises(Refused) as refusal:
        write("Gagnez 500 euros")
    assert "\\d" not in str(refusal.value)
    assert not ThreadComment.objects.exists()


def test_a_word_out_of_use_does_nothing(write, listed):
    word = listed("casino", "refuse")
    word.active = False
    services.save_rule(word, by=word.created_by)

    assert write("Au casino").status == Status.PUBLISHED


def test_a_rule_that_is_withdrawn_does_nothing(write, listed, admin):
    word = listed("casino")
    assert write("Au casino").status == Status.PENDING

    services.withdraw_rule(word, by=admin)

    assert write("Au casino encore").status == Status.PUBLISHED


def test_newcomers_wait_until_enough_of_theirs_is_published(write, numbers, admin):
    numbers(newcomer_until=2)
    first, second = write("Un"), write("Deux")
    assert fired(first) == fired(second) == ["newcomer"]
    services.moderate(first, Action.APPROVE, by=admin)
    assert fired(write("Trois")) == ["newcomer"]

    services.moderate(second, Action.APPROVE, by=admin)

    assert write("Quatre").status == Status.PUBLISHED


def test_a_guest_is_no_newcomer_whatever_the_case_of_the_address(write, numbers, admin):
    numbers(newcomer_until=1)
    services.moderate(write("Un", by=GUEST), Action.APPROVE, by=admin)

    assert write("Deux", by=Author(name="Ève", email="EVE@example.org", proven=True)).status == Status.PUBLISHED


def test_a_watched_author_waits(write, reader, admin):
    services.set_standing(f"user:{reader.pk}", "watched", by=admin)

    assert fired(write()) == ["watched"]
    assert write("Un autre", by=UserFactory()).status == Status.PUBLISHED


def test_a_trusted_author_is_not_held_and_is_refused_as_anybody(write, listed, numbers, blocked, reader, admin):
    listed("casino")
    listed("interdit", "refuse")
    numbers(newcomer_until=5)
    services.set_standing(f"user:{reader.pk}", "trusted", by=admin)

    assert write(f"Au casino {LINKS}").status == Status.PUBLISHED
    with pytest.raises(Refused):
        write("C’est interdit")
    blocked(reader.email)
    with pytest.raises(Refused):
        write("Un avis")


@pytest.mark.parametrize(("everywhere", "here", "status"), [("trusted", "watched", Status.PENDING), ("watched", "trusted", Status.PENDING)])
def test_who_is_watched_anywhere_is_watched(write, network, reader, admin, everywhere, here, status):
    services.set_standing(f"user:{reader.pk}", everywhere, by=admin)
    services.set_standing(f"user:{reader.pk}", here, network=network, by=admin)
    space = services.discussion_of(TopicFactory(network=network))
    Discussion.objects.filter(pk=space.pk).update(moderation="after", posters="everyone")
    space.refresh_from_db()

    assert write(on=space).status == status


def test_a_standing_in_one_network_ends_at_its_door(write, network, reader, network_moderator):
    services.set_standing(f"user:{reader.pk}", "watched", network=network, by=network_moderator)
    space = services.discussion_of(TopicFactory(network=network))
    Discussion.objects.filter(pk=space.pk).update(moderation="after", posters="everyone")
    space.refresh_from_db()

    assert write(on=space).status == Status.PENDING
    assert write().status == Status.PUBLISHED


def test_a_space_may_be_read_first(write, network, network_moderator, reader):
    space = services.discussion_of(TopicFactory(network=network))
    Discussion.objects.filter(pk=space.pk).update(moderation="after", posters="everyone")
    space.refresh_from_db()
    services.read_first(network, by=network_moderator)

    assert fired(write(on=space)) == ["space"]
    assert write().status == Status.PUBLISHED

    services.read_first(network, by=network_moderator, wanted=False)
    assert write("Après", on=space).status == Status.PUBLISHED
    assert not SpaceModeration.objects.exists()


@pytest.mark.parametrize(
    ("value", "kind", "email", "ip"),
    [
        ("eve@example.org", "address", "EVE@Example.org", ""),
        ("spam.example", "domain", "x@spam.example", ""),
        ("spam.example", "domain", "x@deep.er.SPAM.example", ""),
        ("xn--t-9fa.example", "domain", "x@été.example".replace("été", "té"), "203.0.113.9"),
        ("203.0.113.0/24", "machines", "x@y.example", "203.0.113.9"),
        ("203.0.113.9/32", "machines", "x@y.example", "::ffff:203.0.113.9"),
        ("2001:db8::/32", "machines", "x@y.example", "2001:db8::7"),
    ],
)
def test_a_blocked_sender_is_refused_in_a_sentence(write, blocked, value, kind, email, ip):
    from comments.rules.senders import domain_key

    blocked(domain_key("té.example") if value.startswith("xn--") else value, kind)

    with pytest.raises(Refused):
        write(by=Author(name="Ève", email=email, proven=True), origin=Origin(ip))


@pytest.mark.parametrize(("value", "kind"), [("spam.example", "domain"), ("eve@spam.example", "address"), ("203.0.113.0/24", "machines")])
def test_others_are_not(write, blocked, value, kind):
    blocked(value, kind)

    assert write(by=Author(name="Ève", email="x@nospam.example", proven=True), origin=Origin("203.0.114.1")).status == Status.PUBLISHED
    assert write("Deux", by=Author(name="Ève", email="", proven=True), origin=Origin("")).status == Status.PUBLISHED


def test_a_sender_may_be_held_and_nothing_of_the_machine_is_kept(write, blocked):
    sender = blocked("203.0.113.0/24", "machines", "hold")

    comment = write(origin=Origin("203.0.113.9"))

    assert comment.findings == [{"rule": "machines", "id": sender.pk}]
    assert "203" not in str(comment.findings)


def test_a_block_ends_with_its_time(write, blocked, reader, monkeypatch):
    blocked(reader.email, expires_at=timezone.now() + timedelta(hours=1))
    with pytest.raises(Refused):
        write()

    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr("comments.rules.senders.timezone.now", lambda: later)

    assert write().status == Status.PUBLISHED


def test_moderators_of_the_discussion_are_asked_no_rule(write, listed, moderator, admin):
    listed("casino", "refuse")

    assert write(f"Au casino {LINKS}", by=moderator).status == Status.PUBLISHED
    assert write(f"Au casino {LINKS}", by=admin).status == Status.PUBLISHED


def test_a_moderator_of_a_network_is_a_person_like_others_elsewhere(write, listed, network_moderator):
    listed("casino", "refuse")

    with pytest.raises(Refused):
        write("Au casino", by=network_moderator)


def test_a_guest_who_proves_the_address_later_is_held_all_the_same(write):
    comment = write(LINKS, by=UNPROVEN)
    assert comment.status == Status.AWAITING_EMAIL

    comment = services.prove_email(comment)

    assert comment.status == Status.PENDING
    assert fired(comment) == ["links"]
    assert OutgoingMail.objects.filter(kind="call_moderators").count() == 1


def test_a_guest_whom_no_rule_holds_is_published_with_the_proof(write):
    assert services.prove_email(write(by=UNPROVEN)).status == Status.PUBLISHED


def test_findings_stand_where_moderators_read_first_too(write, discussion, listed):
    listed("casino")
    Discussion.objects.update(moderation="before")

    assert fired(write("Au casino")) == ["word"]


def test_nothing_of_the_findings_is_left_of_a_removed_comment(write, reader):
    comment = services.remove(write(LINKS), by=reader)

    assert ThreadComment.objects.get(pk=comment.pk).findings == []


def test_what_is_brought_in_is_asked_no_rule(afterwards, listed, reader):
    listed("casino", "refuse")

    found = services.add_as_found(
        afterwards, author=Author(user=reader), text="Au casino", status=Status.PUBLISHED, submitted_at=timezone.now()
    )

    assert (found.status, found.findings) == (Status.PUBLISHED, [])


def test_an_edit_is_looked_at_as_a_new_comment_is(write, listed, reader):
    listed("interdit", "refuse")
    listed("casino")
    comment = write("Bonjour")

    for text, named in [("C’est interdit", "interdit"), ("Au casino", "casino"), (LINKS, "2")]:
        with pytest.raises(Refused, match=named):
            services.edit(comment, by=reader, text=text)

    comment = ThreadComment.objects.get(pk=comment.pk)
    assert (comment.comment, comment.status) == ("Bonjour", Status.PUBLISHED)
    assert services.edit(comment, by=reader, text="Bonsoir").comment == "Bonsoir"


def test_an_edit_of_what_waits_adds_what_is_found(write, listed, reader):
    listed("casino")
    comment = services.edit(write(LINKS), by=reader, text=f"Au casino {LINKS}")

    assert (comment.status, fired(comment)) == (Status.PENDING, ["links", "word"])


def test_what_a_moderator_let_pass_may_be_mended(write, reader, admin):
    comment = services.moderate(write(LINKS), Action.APPROVE, by=admin)

    assert services.edit(comment, by=reader, text=f"{LINKS} !").comment == f"{LINKS} !"
    with pytest.raises(Refused):
        services.edit(comment, by=reader, text=f"{LINKS} https://c.example")


def test_the_rules_cost_a_post_one_query(write, listed, blocked, django_assert_num_queries, reader):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    write("Pour commencer")
    with CaptureQueriesContext(connection) as few:
        write("Un avis")
    for number in range(30):
        listed(f"mot{number}")
        blocked(f"spam{number}.example", "domain")
    write("Une fois pour lire les règles")
    with CaptureQueriesContext(connection) as many:
        write("Deux avis")

    about_rules = [query for query in many.captured_queries if "moderationsettings" in query["sql"]]
    assert len(about_rules) == 1
    assert len(few) == len(many)
