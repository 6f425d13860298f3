"""Changing one's own words: for whom, until when, through which checks, and what remains of the earlier ones."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from comments import personal_data, services
from comments.guests import ProvenGuest
from comments.models import CommentRevision, Discussion, ThreadComment
from comments.permissions import can_edit, editable_among
from comments.reading import read_page
from comments.services import Author, Refused, StaleDecision
from comments.states import Action, Mode, Moderation, Posters, Status
from search.models import Entry
from tests.factories import TopicFactory

WINDOW = timedelta(minutes=15)


@pytest.fixture
def discussion(discussion):
    """A discussion that is moderated after publication, where published words may still change."""
    Discussion.objects.filter(pk=discussion.pk).update(moderation=Moderation.AFTER)
    discussion.refresh_from_db()
    return discussion


@pytest.fixture
def write(discussion):
    """`write("text", by=…)`: a comment as its author has just sent it."""

    def write(text="Un avis", *, by, parent=None, on=None):
        author = Author(user=by) if by.is_authenticated else Author(name=by.name, email=by.email, proven=True)
        return services.post(on or discussion, author=author, text=text, parent_id=parent and parent.pk, notify=False).comment

    return write


@pytest.fixture
def guest(db):
    """A guest who has proven an address on this browser."""
    proof = ThreadComment(user_email="Eve@example.org", user_name="Ève")
    return ProvenGuest(services.remember_guest(proof))


@pytest.fixture
def as_guest(client, remembering, guest):
    """The browser that remembers the guest."""
    remembering(guest.guest_pass)
    return client


@pytest.fixture
def address():
    return lambda comment: reverse("comments:edit", args=[comment.pk])


def as_it_is(comment):
    return ThreadComment.objects.select_related("discussion").get(pk=comment.pk)


def aged(comment, age):
    ThreadComment.objects.filter(pk=comment.pk).update(submit_date=timezone.now() - age)
    return as_it_is(comment)


def texts(comment):
    return list(comment.revisions.values_list("text", flat=True))


# Who may, and until when


def test_an_author_changes_their_words_and_the_earlier_ones_are_kept(write, reader, discussion):
    comment = write("Du **gras**", by=reader)
    version = Discussion.objects.get(pk=discussion.pk).version

    changed = services.edit(comment, by=reader, text="De l’*italique*\r\n")

    stored = as_it_is(comment)
    assert (stored.comment, stored.html) == ("De l’*italique*", "<p>De l’<em>italique</em></p>\n")
    assert stored.edited_at is not None
    assert stored.edited_at == changed.edited_at
    assert (stored.status, stored.author_name) == (Status.PUBLISHED, "Lectrice")
    assert texts(comment) == ["Du **gras**"]
    assert stored.discussion.version == version + 1
    entry = ModelLogEntry.objects.get(action="comments.edit")
    assert (entry.user, entry.object_id) == (reader, str(comment.pk))


@pytest.mark.parametrize(("age", "allowed"), [(WINDOW - timedelta(seconds=5), True), (WINDOW + timedelta(seconds=1), False)])
def test_words_change_within_the_time_alone(write, reader, age, allowed):
    comment = aged(write(by=reader), age)

    assert can_edit(reader, comment) is allowed
    if not allowed:
        with pytest.raises(Refused):
            services.edit(comment, by=reader, text="Trop tard")
        assert as_it_is(comment).comment == "Un avis"


def test_the_last_moment_still_counts(write, reader, settings, monkeypatch):
    comment = as_it_is(write(by=reader))
    last = comment.submit_date + timedelta(seconds=settings.COMMENTS_EDIT_SECONDS if hasattr(settings, "COMMENTS_EDIT_SECONDS") else 900)

    for moment, allowed in [(last, True), (last + timedelta(microseconds=1), False)]:
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert can_edit(reader, comment) is allowed


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        (Status.PENDING, False),
        (Status.PUBLISHED, False),
        (Status.HIDDEN, False),
        (Status.SPAM, True),
        (Status.REJECTED, True),
        (Status.AWAITING_EMAIL, True),
        (Status.REMOVED, True),
    ],
)
def test_a_reply_that_somebody_may_have_read_fixes_the_words(write, reader, member, status, allowed):
    comment = write(by=reader)
    reply = write("Une réponse", by=member, parent=comment)
    ThreadComment.objects.filter(pk=reply.pk).update(status=status)
    ThreadComment.objects.filter(pk=comment.pk).update(published_descendants=int(status == Status.PUBLISHED))

    assert can_edit(reader, as_it_is(comment)) is allowed


def test_a_reply_to_a_reply_fixes_the_words_above_both(write, reader, member):
    comment = write(by=reader)
    reply = write("Une réponse", by=reader, parent=comment)
    write("Une réponse à la réponse", by=member, parent=reply)

    found = editable_among([as_it_is(comment), as_it_is(reply)], reader, comment.discussion)

    assert found == set()


def test_a_reply_of_ones_own_may_change_where_what_it_answers_may_not(write, reader):
    comment = write(by=reader)
    reply = write("J’ajoute", by=reader, parent=comment)

    assert editable_among([as_it_is(comment), as_it_is(reply)], reader, comment.discussion) == {reply.pk}


def test_what_a_moderator_let_pass_is_not_exchanged(write, reader, moderator, discussion):
    Discussion.objects.filter(pk=discussion.pk).update(moderation=Moderation.BEFORE)
    waiting = write("En attente", by=reader)
    approved = services.moderate(write("Lu", by=reader), Action.APPROVE, by=moderator)
    own = write("De la modération", by=moderator)

    assert can_edit(reader, as_it_is(waiting))
    assert not can_edit(reader, as_it_is(approved))
    assert own.status == Status.PUBLISHED
    assert can_edit(moderator, as_it_is(own))
    services.edit(waiting, by=reader, text="En attente, corrigé")
    assert as_it_is(waiting).status == Status.PENDING


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.PENDING, Status.PUBLISHED}))
def test_what_is_neither_read_nor_about_to_be_does_not_change(write, reader, status):
    comment = write(by=reader)
    ThreadComment.objects.filter(pk=comment.pk).update(status=status)

    assert not can_edit(reader, as_it_is(comment))
    with pytest.raises(Refused):
        services.edit(comment, by=reader, text="Autre chose")


@pytest.mark.parametrize("closed", [{"mode": Mode.READ_ONLY}, {"target_open": False}, {"closes_at": timezone.now() - timedelta(days=1)}])
def test_nothing_changes_in_a_closed_discussion(write, reader, discussion, closed):
    comment = write(by=reader)
    Discussion.objects.filter(pk=discussion.pk).update(**closed)

    assert not can_edit(reader, as_it_is(comment))
    with pytest.raises(Refused):
        services.edit(comment, by=reader, text="Trop tard")


def test_who_no_longer_takes_part_changes_nothing(write, reader, discussion):
    comment = write(by=reader)
    Discussion.objects.filter(pk=discussion.pk).update(posters=Posters.MEMBERS)

    assert not can_edit(reader, as_it_is(comment))


def test_nobody_changes_somebody_elses_words(write, reader, member, moderator, admin, guest):
    comment = as_it_is(write(by=reader))

    for person in (member, moderator, admin, guest, AnonymousUser()):
        assert not can_edit(person, comment)
        with pytest.raises(Refused):
            services.edit(comment, by=person, text="Des mots dans sa bouche")
    assert texts(comment) == []


def test_a_guest_changes_what_they_wrote_with_their_pass_alone(write, guest, reader, discussion):
    comment = as_it_is(write(by=guest))

    assert comment.status == Status.PUBLISHED
    assert can_edit(guest, comment)
    assert not can_edit(AnonymousUser(), comment)
    assert services.edit(comment, by=guest, text="Mieux dit").comment == "Mieux dit"
    assert ModelLogEntry.objects.get(action="comments.edit").user_id is None


def test_an_account_with_the_address_of_a_guest_is_not_that_guest(write, guest, reader):
    type(reader).objects.filter(pk=reader.pk).update(email=guest.email)
    reader.refresh_from_db()

    assert not can_edit(reader, as_it_is(write(by=guest)))


# What is written


def test_the_same_words_change_nothing_and_a_second_sending_is_accepted(write, reader, member):
    comment = write("Un avis", by=reader)

    services.edit(comment, by=reader, text="Un autre avis")
    write("Une réponse", by=member, parent=comment)
    again = services.edit(comment, by=reader, text="Un autre avis ")

    assert again.comment == "Un autre avis"
    assert texts(comment) == ["Un avis"]
    assert ModelLogEntry.objects.filter(action="comments.edit").count() == 1


@pytest.mark.parametrize("text", ["", "  \n", "\u200b\u2060", "\x00"])
def test_words_that_show_nothing_are_refused(write, reader, text):
    comment = write(by=reader)

    with pytest.raises(Refused):
        services.edit(comment, by=reader, text=text)
    assert as_it_is(comment).comment == "Un avis"


@pytest.mark.parametrize(
    "text", ["a\x00b", "\u202eà l'envers", "> " * 500 + "au fond", "<script>alert(1)</script>", "[x](javascript:alert(1))"]
)
def test_hostile_words_are_kept_and_harmless(write, reader, text):
    comment = services.edit(write(by=reader), by=reader, text=text)

    html = as_it_is(comment).html
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "\u202e" not in html + comment.comment
    assert "\x00" not in html + comment.comment


def test_the_first_words_can_be_posted_again_once_they_were_changed(write, reader):
    comment = write("Un avis", by=reader)
    services.edit(comment, by=reader, text="Un autre avis")

    assert write("Un avis", by=reader).pk != comment.pk
    assert write("Un autre avis", by=reader).pk == comment.pk


def test_the_search_finds_the_new_words_alone(write, reader):
    comment = write("Des coquelicots", by=reader)

    services.edit(comment, by=reader, text="Des bleuets")

    entry = Entry.objects.get(comment=comment)
    assert "bleuets" in entry.text.casefold()
    assert "coquelicots" not in entry.text.casefold()


def test_a_moderator_decides_about_the_words_they_have_read(write, reader, moderator, discussion):
    Discussion.objects.filter(pk=discussion.pk).update(moderation=Moderation.BEFORE)
    comment = write("Poli", by=reader)
    seen = as_it_is(comment).standing
    changed = services.edit(comment, by=reader, text="Injurieux")

    with pytest.raises(StaleDecision, match="a modifié ce commentaire"):
        services.moderate(comment, Action.APPROVE, by=moderator, seen_status=seen)

    assert as_it_is(comment).status == Status.PENDING
    assert services.moderate(comment, Action.APPROVE, by=moderator, seen_status=changed.standing).status == Status.PUBLISHED


def test_removing_a_comment_erases_its_earlier_words_too(write, reader):
    comment = write("À taire", by=reader)
    services.edit(comment, by=reader, text="Bon à dire")

    services.remove(comment, by=reader)

    assert not CommentRevision.objects.exists()


def test_earlier_words_are_handed_over_to_their_author(write, reader):
    services.edit(write("Avant", by=reader), by=reader, text="Après")

    (exported,) = personal_data.export(reader)["comments"]

    assert exported["text"] == "Après"
    assert [earlier["text"] for earlier in exported["earlier_texts"]] == ["Avant"]
    assert exported["edited_at"]


# On the page


def test_a_page_offers_the_change_to_the_author_and_says_changed_to_everybody(client, write, reader, member, discussion, address):
    comment = write(by=reader)
    page = discussion.target.get_url()
    client.force_login(reader)
    assert address(comment) in client.get(page).text
    assert "comment__edited" not in client.get(page).text

    services.edit(comment, by=reader, text="Autrement")

    assert address(comment) in client.get(page).text
    client.force_login(member)
    assert address(comment) not in client.get(page).text
    client.logout()
    text = client.get(page).text
    assert address(comment) not in text
    assert "modifié" in text


def test_a_guest_is_offered_the_change_where_they_are_remembered(as_guest, write, guest, discussion, address):
    comment = write(by=guest)

    assert address(comment) in as_guest.get(discussion.target.get_url()).text


def test_the_offer_costs_visitors_nothing_and_others_one_question_at_most(write, reader, discussion, django_assert_num_queries):
    old = aged(write("Ancien", by=reader), timedelta(days=1))
    young = [as_it_is(write(f"Avis {number}", by=reader)) for number in range(5)]

    for person, comments, queries in [(AnonymousUser(), young, 0), (reader, [old], 0), (reader, [old, *young], 1)]:
        with django_assert_num_queries(queries):
            editable_among(comments, person, discussion)


def test_what_the_page_offers_is_what_is_accepted(write, reader, member, guest, moderator, discussion):
    first = write("Premier", by=reader)
    write("Réponse", by=member, parent=first)
    write("D’une invitée", by=guest)
    aged(write("Vieux", by=reader), timedelta(days=1))
    write("Second", by=reader)
    services.moderate(write("Masqué", by=reader), Action.HIDE, by=moderator, reason="off_topic")

    for person in (reader, member, guest, moderator, AnonymousUser()):
        for row in read_page(Discussion.objects.get(pk=discussion.pk), person).rows:
            assert row.can_edit == can_edit(person, ThreadComment.objects.select_related("discussion").get(pk=row.pk)), row


# The form


def test_the_form_holds_the_words_and_leads_back_to_them_changed(client, write, reader, discussion, address):
    comment = write("Un **avis**", by=reader)
    client.force_login(reader)

    form = client.get(address(comment))
    answer = client.post(address(comment), {"comment": "Un autre avis"}, follow=True)

    assert "Un **avis**" in form.text
    assert answer.redirect_chain == [(f"{discussion.target.get_url()}#c{comment.pk}", 302)]
    assert "Votre commentaire est modifié." in answer.text
    assert f'data-stored="edit:{comment.pk}"' in answer.text
    assert as_it_is(comment).comment == "Un autre avis"


def test_a_guest_changes_their_words_from_the_form(as_guest, write, guest, address):
    comment = write(by=guest)

    assert as_guest.post(address(comment), {"comment": "Mieux dit"}).status_code == 302
    assert as_it_is(comment).comment == "Mieux dit"


def test_nobody_else_finds_a_form_and_a_lost_session_gives_the_text_back(client, write, reader, member, moderator, address):
    comment = write(by=reader)

    for person in (None, member, moderator):
        client.force_login(person) if person else client.logout()
        assert client.get(address(comment)).status_code == 404
        answer = client.post(address(comment), {"comment": "Un texte à garder"})
        assert answer.status_code == 404
        assert "Un texte à garder" in answer.text
    assert as_it_is(comment).comment == "Un avis"


def test_a_comment_one_no_longer_reads_cannot_be_changed(client, member, network, address):
    topic = services.discussion_of(TopicFactory(network=network))
    comment = services.post(topic, author=Author(user=member), text="Entre nous", notify=False).comment
    client.force_login(member)
    assert client.get(address(comment)).status_code == 200
    member.memberships.all().delete()

    assert client.get(address(comment)).status_code == 404
    assert client.post(address(comment), {"comment": "Autre"}).status_code == 404


@pytest.mark.parametrize("text", ["", "   ", "mot " * 2600 + "fin", "é" * 500_000])
def test_what_is_refused_comes_back_with_its_text(client, write, reader, address, text):
    comment = write(by=reader)
    client.force_login(reader)

    answer = client.post(address(comment), {"comment": text})

    assert answer.status_code == 422
    assert f"modifier-{comment.pk}-comment_error" in answer.text
    assert text.strip() in answer.text
    assert as_it_is(comment).comment == "Un avis"


def test_a_change_too_many_waits(client, write, reader, address, settings):
    settings.COMMENTS_RATE_LIMITS = {"guest": [(1, 60)], "account": [(1, 60)]}
    comment = write(by=reader)
    client.force_login(reader)
    client.post(address(comment), {"comment": "Un"})

    answer = client.post(address(comment), {"comment": "Deux"})

    assert answer.status_code == 429
    assert "Deux" in answer.text
    assert as_it_is(comment).comment == "Un"


def test_a_preview_of_a_change_changes_nothing(client, write, reader, address):
    comment = write(by=reader)
    client.force_login(reader)

    answer = client.post(address(comment), {"comment": "Du **gras**", "preview": "1"})

    assert answer.status_code == 200
    assert "<strong>gras</strong>" in answer.text
    assert as_it_is(comment).comment == "Un avis"


def test_a_change_that_comes_too_late_gives_the_text_back_and_a_way_to_post_it(client, write, reader, member, discussion, address):
    comment = write(by=reader)
    write("Une réponse", by=member, parent=comment)
    client.force_login(reader)
    assert "ne peut plus être modifié" in client.get(address(comment)).text

    answer = client.post(address(comment), {"comment": "Ce que je voulais dire"})

    assert answer.status_code == 422
    assert "ne peut plus être modifié" in answer.text
    assert "Ce que je voulais dire" in answer.text
    assert 'name="wants_mail" value="on"' in answer.text
    again = client.post(reverse("comments:preview", args=[discussion.pk]), {"comment": "Ce que je voulais dire"})
    sent = {name: again.context["form"][name].value() for name in ("content_type", "object_pk", "timestamp", "security_hash", "comment")}
    assert client.post(reverse("comments:post", args=[discussion.pk]), sent).status_code == 302
    assert ThreadComment.objects.filter(comment="Ce que je voulais dire").count() == 1


def test_in_place_the_form_comes_alone_and_the_discussion_afterwards(client, write, reader, address):
    comment = write(by=reader)
    client.force_login(reader)
    in_place = {"HX-Request": "true"}

    form = client.get(address(comment), headers=in_place)
    answer = client.post(address(comment), {"comment": "Sur place"}, headers=in_place)

    assert "<html" not in form.text
    assert answer.headers["HX-Retarget"] == "#commentaires"
    assert answer.headers["HX-Push-Url"].endswith(f"#c{comment.pk}")
    assert "Sur place" in answer.text
    assert f'data-stored="edit:{comment.pk}"' in answer.text


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, write, reader, address, method):
    client.force_login(reader)

    assert getattr(client, method)(address(write(by=reader))).status_code == 405


def test_words_that_change_after_a_moderator_read_them_are_unread_again(discussion, write, reader, moderator):
    comment = write("Gentil", by=reader)
    services.mark_seen(comment, by=moderator)

    services.edit(comment, by=reader, text="Tout autre chose")
    services.edit(comment, by=reader, text="Encore autre chose")

    comment.refresh_from_db()
    assert comment.unseen
    assert Discussion.objects.get(pk=discussion.pk).unseen_count == 1
    call_command("check_threads", stdout=StringIO())


def test_what_a_moderator_changes_in_their_own_words_is_read(discussion, write, moderator):
    services.edit(write("De la modération", by=moderator), by=moderator, text="Mieux dit")

    assert Discussion.objects.get(pk=discussion.pk).unseen_count == 0


def test_nobody_notes_as_read_the_words_they_have_not_seen(write, reader, moderator):
    comment = write("Gentil", by=reader)
    seen = comment.standing
    services.edit(comment, by=reader, text="Méchant")

    with pytest.raises(StaleDecision):
        services.mark_seen(comment, by=moderator, seen_status=seen)

    assert ThreadComment.objects.get().unseen
