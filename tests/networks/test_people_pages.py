"""The pages about members: invitations, lists, links, messages to all, the journal."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from networks import services
from networks.invitation_lists import MOST_BYTES, MOST_LINES
from networks.invitation_tokens import path_of
from networks.models import Announcement, Invitation, InvitationLink, Membership
from networks.services import announcements
from networks.states import Role
from tests.factories import AnnouncementFactory, InvitationFactory, InvitationLinkFactory, MembershipFactory, TopicFactory

HOSTILE = ["\x00", "\u202e" * 40, "x" * 5000, "a@b.c\nBcc: all@example.org", "<script>alert(1)</script>@example.org"]


@pytest.fixture
def runs(client, facilitator):
    """The browser of the facilitator."""
    client.force_login(facilitator)
    return client


@pytest.fixture
def at(network):
    """`at(name, …)`: an address of the space."""
    return lambda name, *arguments: reverse(f"networks:{name}", args=[network.slug, *arguments])


WORDS = {"message": "Bonjour", "language": "fr"}


def test_inviting_somebody_and_finding_them_in_the_list(runs, at):
    answer = runs.post(at("invite"), {"email": "nina@example.org", "role": "member", "lasts": "14", **WORDS}, follow=True)

    assert answer.redirect_chain[-1][0] == at("invitations")
    assert answer.text.count("nina@example.org") >= 2
    assert Invitation.objects.get().message == "Bonjour"


@pytest.mark.parametrize("name", ["invite", "invite_list", "invitations", "announce", "journal"])
@pytest.mark.parametrize("person", ["member", "network_moderator", "reader", "visitor"])
def test_these_pages_are_for_who_runs_the_space(client, request, facilitator, at, name, person):
    if person != "visitor":
        client.force_login(request.getfixturevalue(person))

    answer = client.get(at(name))

    assert answer.status_code == 403
    client.force_login(facilitator)
    assert client.get(at(name)).status_code == 200


@pytest.mark.parametrize("name", ["announcements"])
@pytest.mark.parametrize(("person", "status"), [("member", 200), ("moderator", 200), ("reader", 403)])
def test_messages_are_for_members(client, request, at, name, person, status):
    client.force_login(request.getfixturevalue(person))

    assert client.get(at(name)).status_code == status


def test_a_member_is_refused_at_the_field_and_what_was_typed_is_kept(runs, at, member):
    answer = runs.post(at("invite"), {"email": member.email, "role": "moderator", "lasts": "7", "message": "Salut", "language": "en"})

    assert answer.status_code == 200
    assert "déjà membre" in answer.text
    assert "Salut" in answer.text
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_input_is_a_sentence_and_no_fault(runs, at, typed):
    runs.post(at("invite"), {"email": typed, "role": typed, "lasts": typed, "message": typed, "language": typed})
    runs.post(at("invite_list"), {"lines": typed, "message": typed, "language": "fr"})
    runs.post(at("link_new"), {"label": typed, "max_uses": typed, "lasts": typed})
    runs.post(at("announce"), {"subject": typed, "text": typed, "send": "1"})
    for path in ["invitations", "announcements", "journal"]:
        answer = runs.get(at(path), {"after": typed})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text

    assert all("\n" not in subject for subject in Announcement.objects.values_list("subject", flat=True))


def test_a_list_is_reported_line_by_line_and_what_is_wrong_is_kept_to_be_corrected(runs, at, member):
    file = SimpleUploadedFile("liste.csv", "Adresse;Nom\nzoe@example.org;Zoé\nmembre@example.org;Membre\n".encode("cp1252"))
    typed = {"file": file, "lines": "quoi\nzoe@example.org\nmax@example.org;Max;roi", **WORDS}

    answer = runs.post(at("invite_list"), typed)

    outcomes = {line.text: line.outcome.value for line in answer.context["report"]}
    assert outcomes == {
        "zoe@example.org;Zoé": "invited",
        "membre@example.org;Membre": "member",
        "quoi": "invalid",
        "zoe@example.org": "duplicate",
        "max@example.org;Max;roi": "unknown_role",
    }
    assert answer.context["form"]["lines"].value() == "quoi\nmax@example.org;Max;roi"
    assert [invitation.email for invitation in Invitation.objects.all()] == ["zoe@example.org"]


def test_the_same_list_sent_twice_writes_to_nobody_twice(runs, at):
    for _ in range(2):
        answer = runs.post(at("invite_list"), {"lines": "zoe@example.org", **WORDS})

    assert Invitation.objects.get().sent_count == 1
    assert answer.context["report"][0].outcome == "just_sent"


@pytest.mark.parametrize(
    "lines", ["", "  \n ;; ", "\n".join(f"p{number}@example.org" for number in range(MOST_LINES + 1)), "x" * (MOST_BYTES + 1)]
)
def test_an_empty_or_endless_list_is_refused_at_the_field(runs, at, lines):
    answer = runs.post(at("invite_list"), {"lines": lines, **WORDS})

    assert answer.context["form"].errors
    assert not Invitation.objects.exists()


def test_a_file_that_is_too_large_is_refused(runs, at):
    answer = runs.post(at("invite_list"), {"file": SimpleUploadedFile("l.csv", b"x" * (MOST_BYTES + 1)), **WORDS})

    assert "1 Mo" in str(answer.context["form"].errors["file"])


def test_sending_again_and_taking_back(runs, at, network):
    old = InvitationFactory(network=network, sent_at=timezone.now() - timedelta(hours=2))

    assert runs.get(at("resend", old.pk)).status_code == 405
    runs.post(at("resend", old.pk))
    old.refresh_from_db()
    assert old.sent_count == 2
    assert "moins d’une heure" in runs.post(at("resend", old.pk), follow=True).text
    runs.post(at("revoke", old.pk))
    old.refresh_from_db()
    assert old.revoked_at

    assert runs.post(at("revoke", old.pk)).status_code == 404


def test_an_invitation_of_another_network_is_not_found(runs, at, other_network):
    foreign, link = InvitationFactory(network=other_network), InvitationLinkFactory(network=other_network)

    for path in [at("revoke", foreign.pk), at("resend", foreign.pk), at("link_revoke", link.pk)]:
        assert runs.post(path).status_code == 404


def test_a_link_is_created_shown_with_its_uses_and_taken_back(runs, at, network):
    runs.post(at("link_new"), {"label": "Affiche", "max_uses": "3", "lasts": "7"})
    link = InvitationLink.objects.get()
    page = runs.get(at("invitations"))
    assert path_of(link) in page.text
    assert "0 sur 3" in page.text

    runs.post(at("link_revoke", link.pk))

    assert path_of(link) not in runs.get(at("invitations")).text


def test_a_wrong_number_of_uses_is_said_at_the_form(runs, at):
    answer = runs.post(at("link_new"), {"label": "Affiche", "max_uses": "501", "lasts": "7"})

    assert answer.context["link_form"].errors["max_uses"]
    assert not InvitationLink.objects.exists()


def test_a_message_is_read_once_more_before_it_leaves_and_sent_once(runs, at, member):
    typed = {"subject": "Rencontre", "text": "À **Brest**"}
    preview = runs.post(at("announce"), typed)
    assert "<strong>Brest</strong>" in preview.text
    assert not Announcement.objects.exists()
    assert "À **Brest**" in runs.post(at("announce"), {**typed, "edit": "1"}).text

    for _ in range(2):
        answer = runs.post(at("announce"), {**typed, "send": "1"}, follow=True)

    sent = Announcement.objects.get()
    assert answer.redirect_chain[-1][0] == at("announcement", sent.pk)
    assert sent.recipient_count == 2
    runs.force_login(member)
    assert "<strong>Brest</strong>" in runs.get(at("announcement", sent.pk)).text
    assert "Rencontre" in runs.get(at("announcements")).text


def test_only_so_many_messages_are_sent_in_a_day(network, facilitator):
    for number in range(announcements.ANNOUNCEMENTS_PER_DAY):
        services.announce(network, by=facilitator, subject=f"Message {number}", text="Bonjour")

    with pytest.raises(services.Refused):
        services.announce(network, by=facilitator, subject="Encore", text="Bonjour")

    Announcement.objects.update(sent_at=timezone.now() - timedelta(days=2))
    assert services.announce(network, by=facilitator, subject="Encore", text="Bonjour")


def test_the_journal_says_who_did_what_to_whom(runs, at, network, facilitator, member, admin):
    services.set_role(Membership.objects.get(user=member), Role.MODERATOR, by=facilitator)
    services.invite(network, by=facilitator, email="nina@example.org", role=Role.MODERATOR)
    topic = services.open_topic(network, by=member, title="Brest")
    services.close_topic(topic, by=facilitator)
    services.announce(network, by=admin, subject="À tous", text="Bonjour")

    text = runs.get(at("journal")).text

    for words in ["Membre → modérateur·rice", "nina@example.org", "Brest", facilitator.display_name, "Administration"]:
        assert words in text


def test_a_closed_account_and_a_forgotten_address_leave_no_name_in_the_journal(runs, at, network, facilitator):
    gone = MembershipFactory(network=network, user__display_name="Disparue")
    services.set_role(gone, Role.MODERATOR, by=facilitator)
    services.invite(network, by=facilitator, email="nina@example.org")
    gone.user.delete()
    Invitation.objects.all().delete()

    text = runs.get(at("journal")).text

    assert "Disparue" not in text
    assert "nina@example.org" not in text
    assert "un compte fermé depuis" in text
    assert "une adresse oubliée depuis" in text


def test_the_journal_of_one_space_is_not_that_of_another(runs, at, other_network, admin):
    TopicFactory(network=other_network)
    services.open_topic(other_network, by=MembershipFactory(network=other_network).user, title="Ailleurs")

    assert "Ailleurs" not in runs.get(at("journal")).text


@pytest.mark.parametrize("name", ["invitations", "announcements", "journal"])
def test_a_page_costs_the_same_for_few_and_for_many(runs, at, network, facilitator, django_assert_num_queries, name):
    def fill(count):
        for _ in range(count):
            services.invite(network, by=facilitator, email=f"p{Invitation.objects.count()}@example.org")
            services.create_link(network, by=facilitator, max_uses=2)
            AnnouncementFactory(network=network, sent_by=facilitator)
            services.open_topic(network, by=facilitator, title=f"Sujet {Invitation.objects.count()}")

    def cost():
        runs.get(at(name))
        with django_assert_num_queries(1000, exact=False) as queries:
            runs.get(at(name))
        return len(queries)

    fill(2)
    few = cost()
    fill(12)

    assert cost() == few


def test_lists_are_paged_by_key(runs, at, network):
    AnnouncementFactory.create_batch(25, network=network)

    first = runs.get(at("announcements"))
    rest = runs.get(at("announcements"), {"after": first.context["next_key"]})

    assert len(first.context["announcements"]) == 20
    assert len(rest.context["announcements"]) == 5
    assert rest.context["next_key"] is None


def test_a_space_that_nobody_runs_says_so_to_administrators(client, network, facilitator, admin, at):
    facilitator.is_active = False
    facilitator.save()
    client.force_login(admin)

    assert "Personne n’anime cet espace" in client.get(at("members")).text
    assert "personne : à nommer" in client.get(reverse("networks_admin:index")).text


def test_a_large_team_is_gone_through_in_pages_facilitators_first(runs, at, network, facilitator, monkeypatch):
    monkeypatch.setattr("networks.views.members.MEMBERS_PER_PAGE", 2)
    moderators = MembershipFactory.create_batch(4, network=network, role=Role.MODERATOR)
    MembershipFactory(network=network)

    first = runs.get(at("members"))
    second = runs.get(at("members"), {"equipe": first.context["team_next"]})
    third = runs.get(at("members"), {"equipe": second.context["team_next"]})

    team = [membership.user for page in (first, second, third) for membership in page.context["team"]]
    assert team == [facilitator, *(membership.user for membership in moderators)]
    assert third.context["team_next"] is None
    assert first.context["members"]
    assert not second.context["members"]
    assert f"?equipe={first.context['team_next']}" in first.text


def test_the_journal_goes_on_where_it_stopped_among_acts_of_the_space_and_of_its_topics(runs, at, network, facilitator, monkeypatch):
    monkeypatch.setattr("networks.journal.PER_PAGE", 2)
    for number in range(3):
        services.open_topic(network, by=facilitator, title=f"Sujet {number}")
        services.create_link(network, by=facilitator, label=f"Lien {number}", max_uses=2)

    said, key = [], ""
    while key is not None:
        page = runs.get(at("journal"), {"after": key})
        said += [line.said for line in page.context["lines"]]
        key = page.context["next_key"]

    assert said == ["Lien d’invitation créé", "Sujet ouvert"] * 3
