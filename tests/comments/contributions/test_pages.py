"""The pages of a space where contributions are written, validated and found again."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from comments import services
from comments.models import Contribution, Discussion, ThreadComment
from comments.states import Action, Moderation, Status
from comments.voices import ContributionState
from networks.models import Visibility
from tests.factories import TopicFactory, published_article

HERE = "/reseaux/ludotheques/contributions/"


@pytest.fixture
def as_(client):
    """`as_(user)`: the client, signed in."""

    def as_(user):
        client.force_login(user)
        return client

    return as_


def act(client, contribution, act, **more):
    data = {"act": act, "seen": contribution.version, **more}
    return client.post(f"{HERE}{contribution.pk}/etat/", data, follow=True)


def test_a_member_writes_and_submits_in_one_go(as_, member, article):
    answer = as_(member).post(
        f"{HERE}nouvelle/", {"kind": "position", "discussion": article.pk, "text": "Nous voulons", "submit": "1"}, follow=True
    )

    contribution = Contribution.objects.get()
    assert answer.redirect_chain[-1][0] == contribution.get_absolute_url()
    assert contribution.state == ContributionState.SUBMITTED
    assert "Elle attend la validation" in answer.text


def test_a_workshop_is_told_with_its_facts_and_its_file(as_, member, article):
    upload = SimpleUploadedFile("notes.pdf", b"%PDF-1.4")
    facts = {"held_on": "2026-03-12", "people": "23", "place": "Rennes", "upload": upload}
    data = {"kind": "workshop", "discussion": article.pk, "text": "Débat", "keep": "1", **facts}

    answer = as_(member).post(f"{HERE}nouvelle/", data, follow=True)

    assert "Contribution d’un atelier (12 mars 2026, Rennes, 23 personnes)" in answer.text
    assert Contribution.objects.get().state == ContributionState.DRAFT
    file = as_(member).get(f"{HERE}{Contribution.objects.get().pk}/fichier/")
    assert b"".join(file.streaming_content) == b"%PDF-1.4"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"held_on": ""}, "situer un atelier"),
        ({"held_on": f"{timezone.localdate() + timedelta(days=1)}"}, "à venir"),
        ({"held_on": "jamais"}, "date valide"),
        ({"held_on": "0202-03-12"}, "Vérifiez l’année."),
        ({"people": "0"}, "supérieure ou égale à 1"),
        ({"people": "10001"}, "inférieure ou égale à 10000"),
        ({"text": " \u200b "}, "Champ requis"),
        ({"discussion": ""}, "Champ requis"),
        ({"kind": "autre"}, "choix valide"),
        ({"upload": SimpleUploadedFile("page.pdf", b"<html><script>")}, "n’est pas celui que son nom annonce"),
        ({"upload": SimpleUploadedFile("virus.exe", b"MZ")}, "ne sont pas acceptés"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(as_, member, article, wrong, sentence):
    data = {"kind": "workshop", "discussion": article.pk, "text": "Un long débat", "held_on": "2026-03-12", "people": "23", **wrong}

    answer = as_(member).post(f"{HERE}nouvelle/", data)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert wrong.get("text", "Un long débat") in answer.text
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("text", ["\x00 NUL", "x" * 20_000, "\u202e retourné", "a\r\nSubject: b"])
def test_hostile_words_are_no_breakdown(as_, member, article, text):
    answer = as_(member).post(f"{HERE}nouvelle/", {"kind": "position", "discussion": article.pk, "text": text, "place": text, "sur": text})

    assert answer.status_code in {302, 422}
    assert as_(member).get(f"{HERE}nouvelle/?sur=%00{'9' * 30}").status_code == 200


def test_the_facilitator_validates_on_the_page_and_it_stands_under_the_article(as_, submitted, facilitator, article, network):
    waiting = submitted()
    page = as_(facilitator).get(waiting.get_absolute_url())
    assert "Valider et publier" in page.text

    answer = act(as_(facilitator), waiting, "validate")

    assert "Elle figure sous l’article" in answer.text or "elle figure sous l’article" in answer.text
    assert ThreadComment.objects.get().author_name == network.name


def test_where_moderators_read_first_the_page_says_that_it_waits(as_, submitted, facilitator, article):
    Discussion.objects.filter(pk=article.pk).update(moderation=Moderation.BEFORE)

    answer = act(as_(facilitator), submitted(), "validate")

    assert "attend la modération de l’article" in answer.text


def test_submitting_the_same_words_again_leaves_them_submitted(as_, submitted, member, article):
    waiting = submitted()
    same = {"kind": "position", "discussion": article.pk, "text": waiting.text, "seen": waiting.version, "submit": "1"}

    answer = as_(member).post(f"{waiting.get_absolute_url()}modifier/", same, follow=True)

    assert "Elle attend la validation" in answer.text
    assert Contribution.objects.get().version == waiting.version


def test_who_sends_many_is_told_to_wait(as_, member, article, settings):
    settings.COMMENTS_RATE_LIMITS = {"guest": [(1, 60)], "account": [(1, 60)]}
    data = {"kind": "position", "discussion": article.pk, "text": "Nous"}

    answers = [as_(member).post(f"{HERE}nouvelle/", {**data, "text": f"Nous {number}"}) for number in range(2)]

    assert [answer.status_code for answer in answers] == [302, 422]
    assert "Nous 1" in answers[1].text


def test_who_rewrites_again_and_again_is_told_to_wait(as_, submitted, member, article, settings):
    settings.COMMENTS_RATE_LIMITS = {"guest": [(1, 60)], "account": [(1, 60)]}
    waiting = submitted()
    typed = {"kind": "position", "discussion": article.pk, "seen": waiting.version, "submit": "1"}
    address = f"{waiting.get_absolute_url()}modifier/"
    as_(member).post(address, {**typed, "text": "Une autre phrase"})
    waiting.refresh_from_db()

    answer = as_(member).post(address, {**typed, "text": "Et encore une", "seen": waiting.version})

    assert answer.status_code == 422
    assert "Et encore une" in answer.text
    waiting.refresh_from_db()
    assert waiting.text == "Une autre phrase"


def test_a_stale_page_says_what_happened_meanwhile(as_, submitted, facilitator, member, told):
    waiting = submitted()
    services.rewrite(waiting, by=member, told=told("Autre"), seen=waiting.version)

    answer = act(as_(facilitator), waiting, "validate")

    assert "n’attend plus de validation" in answer.text
    assert answer.redirect_chain[-1][0] == HERE
    assert not ThreadComment.objects.exists()


def test_sending_back_asks_for_words_and_keeps_the_page(as_, submitted, facilitator, member):
    waiting = submitted()

    refused = act(as_(facilitator), waiting, "send_back", words="")
    assert refused.status_code == 422
    assert "Dites ce qui est à reprendre" in refused.text
    act(as_(facilitator), waiting, "send_back", words="Plus *court*")

    page = as_(member).get(waiting.get_absolute_url())
    assert "Plus *court*" in page.text
    assert "Plus *court*" in as_(member).get(f"{waiting.get_absolute_url()}modifier/").text


def test_a_refusal_while_rewriting_keeps_the_words(as_, submitted, facilitator, member, article):
    waiting = submitted()
    services.send_back(waiting, by=facilitator, words="Plus court", seen=waiting.version)
    services.withdraw(Contribution.objects.get(), by=facilitator, seen=waiting.version)

    assert as_(member).get(f"{waiting.get_absolute_url()}modifier/").status_code == 404


def test_a_draft_is_its_authors_alone(as_, network, member, facilitator, told):
    draft = services.draft(network, by=member, told=told("Un brouillon à moi"))

    assert "Un brouillon à moi" in as_(member).get(draft.get_absolute_url()).text
    assert as_(facilitator).get(draft.get_absolute_url()).status_code == 404
    assert draft.get_absolute_url() not in as_(facilitator).get(HERE).text


def test_the_tab_counts_what_waits_for_facilitators(as_, submitted, facilitator, member):
    submitted()

    assert "Contributions <span" in as_(facilitator).get("/reseaux/ludotheques/").text.replace("\n", "")
    assert "Contributions <span" not in as_(member).get("/reseaux/ludotheques/").text


def test_the_list_costs_the_same_with_one_and_with_many(as_, django_assert_num_queries, submitted, told, facilitator):
    submitted()
    client = as_(facilitator)
    client.get(HERE)
    with django_assert_num_queries(1000, exact=False) as few:
        client.get(HERE)
    for number in range(4):
        submitted(what=told(f"Une autre {number}"))
    with django_assert_num_queries(1000, exact=False) as many:
        client.get(HERE)

    assert len(few) == len(many) <= 16


def test_the_list_is_paged_by_key(as_, submitted, told, facilitator, monkeypatch):
    monkeypatch.setattr("comments.views.contributions.PAGE_SIZE", 2)
    made = [submitted(what=told(f"La numéro {number}")) for number in range(3)]

    first = as_(facilitator).get(HERE).text
    second = as_(facilitator).get(f"{HERE}?after={made[1].pk}").text

    assert [each.get_absolute_url() in first for each in made] == [False, True, True]
    assert [each.get_absolute_url() in second for each in made] == [True, False, False]
    assert f"?after={made[1].pk}" in first
    assert as_(facilitator).get(f"{HERE}?after=rien").status_code == 200


def test_an_article_that_is_hidden_since_is_not_named(as_, submitted, facilitator, article):
    waiting = submitted()
    Discussion.objects.filter(pk=article.pk).update(mode="hidden")

    for address in (HERE, waiting.get_absolute_url()):
        assert "Associations et pouvoirs publics" not in as_(facilitator).get(address).text


def test_a_secret_networks_page_says_why_it_does_not_speak(as_, network, member):
    network.visibility = Visibility.SECRET
    network.save()

    for address in (HERE, f"{HERE}nouvelle/"):
        assert "Un réseau secret ne s’exprime pas en public" in as_(member).get(address).text


def test_the_reason_of_a_restriction_is_shown_to_those_who_answer_for_it(as_, published, member, facilitator, network_moderator, admin):
    contribution = published()
    services.moderate(contribution.comment, Action.HIDE, by=admin, reason="off_topic", words="Ce n’est pas le sujet.")

    for person in (member, facilitator):
        text = as_(person).get(contribution.get_absolute_url()).text
        assert "Ce n’est pas le sujet." in text
        assert "/decisions/" in text
    text = as_(network_moderator).get(contribution.get_absolute_url()).text
    assert "Ce n’est pas le sujet." not in text
    assert "/decisions/" not in text


def test_better_words_that_moderators_ask_for_are_what_the_page_shows(as_, published, facilitator, admin):
    contribution = published()
    services.moderate(contribution.comment, Action.REPHRASE, by=admin, reason="abuse", words="Plus doucement")
    services.rephrase(ThreadComment.objects.get(), text="Doucement.")

    assert "Doucement." in as_(facilitator).get(contribution.get_absolute_url()).text


@pytest.mark.parametrize("who", ["reader", None])
def test_strangers_are_told_that_it_is_for_members(client, submitted, request, who):
    waiting = submitted()
    if who:
        client.force_login(request.getfixturevalue(who))

    for address in (HERE, f"{HERE}nouvelle/", waiting.get_absolute_url(), f"{HERE}999999/", f"{waiting.get_absolute_url()}fichier/"):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "pluriannuel" not in answer.text


def test_members_find_the_way_from_the_article_and_nobody_else(as_, client, member, reader, article, network):
    url = article.target.get_url()

    assert f'{HERE}nouvelle/?sur={article.pk}"' in as_(member).get(url).text
    assert "/contributions/" not in as_(reader).get(url).text
    topic = TopicFactory(network=network)
    assert "/contributions/nouvelle/?sur" not in as_(member).get(topic.get_absolute_url()).text
    page = as_(member).get(f"{HERE}nouvelle/?sur={article.pk}").text
    assert f'<option value="{article.pk}" selected>' in page
    network.visibility = Visibility.SECRET
    network.save()
    assert "/contributions/" not in as_(member).get(url).text


def test_the_list_of_articles_holds_only_what_the_member_reads(as_, member, article):
    hidden = services.discussion_of(published_article("Un article caché"))
    Discussion.objects.filter(pk=hidden.pk).update(mode="hidden")

    page = as_(member).get(f"{HERE}nouvelle/").text

    assert "Associations et pouvoirs publics" in page
    assert "Un article caché" not in page
    data = {"kind": "position", "discussion": hidden.pk, "text": "Nous"}
    assert as_(member).post(f"{HERE}nouvelle/", data).status_code == 422


def test_withdrawing_on_the_page_leaves_a_tombstone(as_, published, facilitator, article):
    contribution = published()

    answer = act(as_(facilitator), contribution, "withdraw")

    assert "La contribution est retirée." in answer.text
    assert ThreadComment.objects.get().status == Status.REMOVED


def test_an_act_that_does_not_exist_changes_nothing(as_, submitted, facilitator):
    waiting = submitted()

    assert act(as_(facilitator), waiting, "explode").status_code == 422
    assert as_(facilitator).get(f"{HERE}{waiting.pk}/etat/").status_code == 405


def test_an_article_that_was_withdrawn_is_not_named_beside_what_was_proposed_for_it(client, article, said, facilitator):
    services.propose(said, to=article, by=facilitator)
    client.force_login(facilitator)
    assert article.title in client.get(HERE).text

    article.target.unpublish()

    page = client.get(HERE).text
    assert article.title not in page
    assert "Un commentaire, pour un article qui n’est plus affiché" in page
