"""Writing a comment from the site: what the form accepts, what it says, where it leads; nothing typed is lost."""

import time

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.urls import reverse

from comments import rate_limit, services
from comments.models import Discussion, OutgoingMail, ThreadComment
from comments.section import comment_form
from comments.services import Author
from comments.states import Action, Mode, Posters, Status
from tests.factories import MembershipFactory, NetworkFactory, published_article


@pytest.fixture
def fill(discussion, rf):
    """What a browser sends for a form of the discussion."""

    def fill(text="Bonjour à tous", *, on=discussion, age=60, **fields):
        request = rf.get("/")
        request.user = AnonymousUser()
        form = comment_form(request, on, on.target)
        signed = int(time.time()) - age
        return {
            "content_type": form.initial["content_type"],
            "object_pk": form.initial["object_pk"],
            "timestamp": str(signed),
            "security_hash": form.initial_security_hash(signed),
            "honeypot": "",
            "reply_to": "",
            "name": "Ève",
            "email": "eve@example.org",
            "comment": text,
            **fields,
        }

    return fill


@pytest.fixture
def address(discussion):
    return reverse("comments:post", args=[discussion.pk])


@pytest.fixture
def published(discussion, reader, moderator):
    comment = services.post(discussion, author=Author(user=reader), text="Un premier avis").comment
    return services.moderate(comment, Action.APPROVE, by=moderator)


def test_a_guests_comment_is_kept_and_leads_back_to_the_discussion(client, address, discussion, fill):
    response = client.post(address, fill("**Merci** pour ce guide"), follow=True)

    comment = ThreadComment.objects.get()
    assert response.redirect_chain == [(f"{discussion.target.get_url()}#commentaires", 302)]
    assert comment.status == Status.AWAITING_EMAIL
    assert (comment.user_name, comment.user_email, comment.language) == ("Ève", "eve@example.org", "fr")
    assert OutgoingMail.objects.get().recipient == "eve@example.org"


def test_a_readers_comment_waits_at_its_place(client, address, reader, fill):
    client.force_login(reader)

    response = client.post(address, fill())

    comment = ThreadComment.objects.get()
    assert response.url.endswith(f"#c{comment.pk}")
    assert (comment.status, comment.user) == (Status.PENDING, reader)


def test_a_reply_names_what_it_answers(client, address, reader, fill, published):
    client.force_login(reader)

    client.post(address, fill("Une réponse", reply_to=str(published.pk)))

    reply = ThreadComment.objects.get(depth=1)
    assert reply.path.startswith(published.path)


def test_a_reply_has_a_page_of_its_own_that_quotes_the_comment(client, address, published):
    response = client.get(address, {"reply_to": published.pk})

    assert response.status_code == 200
    assert "Un premier avis" in response.text
    assert f'name="reply_to" value="{published.pk}"' in response.text


@pytest.mark.parametrize("reply_to", ["abc", "-1", "0", "999999", str(2**70), "9" * 5000, "1' OR 1=1", "²"])
def test_an_unknown_reply_is_refused_and_can_be_sent_as_a_comment(client, address, reader, fill, reply_to):
    client.force_login(reader)

    response = client.post(address, fill("Mon texte", reply_to=reply_to))

    assert response.status_code == 422
    assert "n’est plus là" in response.text
    assert "Mon texte" in response.text
    assert not ThreadComment.objects.exists()
    assert client.post(address, fill("Mon texte")).status_code == 302


def test_a_reply_to_another_discussion_is_refused(client, address, discussion, reader, moderator, fill):
    elsewhere = services.discussion_of(published_article("Autre"))
    foreign = services.post(elsewhere, author=Author(user=moderator), text="Ailleurs").comment
    client.force_login(reader)

    response = client.post(address, fill("Mon texte", reply_to=str(foreign.pk)))

    assert response.status_code == 422
    assert "Ailleurs" not in response.text
    assert "Mon texte" in response.text


@pytest.mark.parametrize("text", ["", "   \n ", "\u200b\u200d\u2060", "\u3164\u2800", "\x00", "\u202e\u2066"])
def test_a_text_that_shows_nothing_is_refused_at_the_field(client, address, fill, text):
    response = client.post(address, fill(text))

    assert response.status_code == 422
    assert "commentaire-comment_error" in response.text


def test_a_text_too_long_is_refused_at_the_field_and_kept(client, address, fill):
    text = "mot " * 2600 + "fin"

    response = client.post(address, fill(text))

    assert response.status_code == 422
    assert text in response.text
    assert "10 000" in response.text or "10000" in response.text


def test_a_text_of_a_megabyte_is_answered_with_a_sentence(client, address, fill):
    response = client.post(address, fill("é" * 500_000))

    assert response.status_code == 422
    assert "500000" in response.text


@pytest.mark.parametrize(
    "text",
    [
        "a\x00b",
        "\udc80 seul".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
        "\u202eà l'envers",
        "m" * 5000,
        "> " * 500 + "au fond",
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "*" * 10_000,
    ],
)
def test_hostile_texts_are_kept_and_harmless(client, address, reader, fill, text):
    client.force_login(reader)

    response = client.post(address, fill(text), follow=True)

    assert response.status_code == 200
    html = ThreadComment.objects.get().html
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "\u202e" not in html
    assert "\x00" not in html


def test_script_in_every_field_is_harmless(client, address, fill):
    script = "<script>alert(1)</script>"

    response = client.post(address, dict.fromkeys(fill(), script))

    assert response.status_code == 422
    assert script not in response.text


def test_repeated_keys_are_answered(client, address, fill):
    fields = {name: [value, value] for name, value in fill().items()}

    assert client.post(address, fields).status_code == 302


def test_errors_stand_at_their_fields_and_nothing_typed_is_lost(client, address, fill):
    response = client.post(address, fill("Mon texte", name="", email="pas une adresse"))

    assert response.status_code == 422
    for expected in ["commentaire-name_error", "commentaire-email_error", "Mon texte", "pas une adresse"]:
        assert expected in response.text


def test_a_form_open_for_more_than_a_day_is_renewed_with_its_text(client, address, fill):
    response = client.post(address, fill("Mon texte", age=25 * 60 * 60))

    assert response.status_code == 422
    assert "Mon texte" in response.text
    renewed = {name: response.context["form"].data[name] for name in ("content_type", "object_pk", "timestamp", "security_hash")}
    assert client.post(address, fill("Mon texte") | renewed).status_code == 302


def test_a_form_signed_for_another_target_is_renewed(client, address, fill):
    elsewhere = services.discussion_of(published_article("Autre"))

    response = client.post(address, fill("Mon texte", on=elsewhere))

    assert response.status_code == 422
    assert "Mon texte" in response.text


def test_a_form_filled_too_fast_is_explained_and_sent_again_as_it_is(client, address, fill, settings):
    settings.COMMENTS_MINIMUM_SECONDS = 3
    sent = fill("Mon texte", age=0)

    response = client.post(address, sent)

    assert response.status_code == 422
    assert "très rapide" in response.text
    assert response.context["form"].data["timestamp"] == sent["timestamp"]
    settings.COMMENTS_MINIMUM_SECONDS = 0
    assert client.post(address, sent).status_code == 302


def test_the_hidden_field_catches_robots_and_forgives_browsers(client, address, fill):
    response = client.post(address, fill("Mon texte", honeypot="https://spam.example"))

    assert response.status_code == 422
    assert "Mon texte" in response.text
    assert response.context["form"].data["honeypot"] == ""


def test_a_double_submit_is_one_comment(client, address, reader, fill):
    client.force_login(reader)

    first, second = client.post(address, fill()), client.post(address, fill())

    assert first.url == second.url
    assert ThreadComment.objects.count() == 1


@pytest.mark.parametrize("action", [None, Action.APPROVE, Action.REJECT])
def test_the_words_of_a_guest_tell_nobody_else_whose_they_are(client, address, discussion, fill, moderator, action):
    known = services.post(discussion, author=Author(name="Ève", email="eve@example.org", proven=True), text="Je témoigne").comment
    if action:
        services.moderate(known, action, by=moderator, reason="off_topic")

    answers = [client.post(address, fill("Je témoigne", email=email)) for email in ("eve@example.org", "adam@example.org")]

    assert len({answer.url for answer in answers}) == 1
    assert list(ThreadComment.objects.exclude(pk=known.pk).values_list("status", flat=True)) == [Status.AWAITING_EMAIL] * 2


def test_a_guests_double_submit_is_one_comment(client, address, fill):
    for _twice in range(2):
        client.post(address, fill())

    assert ThreadComment.objects.count() == 1


def test_too_many_comments_are_told_how_long_to_wait(client, address, fill, settings):
    settings.COMMENTS_RATE_LIMITS = {"guest": [(1, 60)], "account": [(1, 60)]}
    client.post(address, fill("Un"))

    response = client.post(address, fill("Deux"))

    assert response.status_code == 429
    assert "seconde" in response.text
    assert "Deux" in response.text
    assert ThreadComment.objects.count() == 1


def test_the_rate_limit_keeps_no_address(client, address, fill):
    client.post(address, fill())

    assert not any("127.0.0.1" in key for key in cache._cache)


def test_a_cache_that_is_down_stops_nobody(rf, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}
    request = rf.post("/")
    request.user = AnonymousUser()

    assert rate_limit.seconds_to_wait(request, "post") == 0


@pytest.mark.parametrize(
    ("settings_of", "sentence"),
    [({"mode": Mode.READ_ONLY}, "lecture seule"), ({"posters": Posters.ACCOUNTS}, "Connectez-vous")],
)
def test_a_discussion_that_takes_no_comment_gives_the_text_back(client, address, discussion, fill, settings_of, sentence):
    Discussion.objects.filter(pk=discussion.pk).update(**settings_of)

    response = client.post(address, fill("Mon texte"))

    assert response.status_code == 422
    assert sentence in response.text
    assert "Mon texte" in response.text
    assert not ThreadComment.objects.exists()


def test_a_hidden_discussion_does_not_exist(client, address, discussion, fill):
    Discussion.objects.filter(pk=discussion.pk).update(mode=Mode.HIDDEN)

    assert client.post(address, fill()).status_code == 404
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("pk", [0, 999_999, 2**63, 2**80])
def test_an_unknown_discussion_does_not_exist(client, db, pk):
    assert client.get(f"/discussions/{pk}/commenter/").status_code == 404
    assert client.get(f"/commentaires/{pk}/").status_code == 404


def test_the_first_comment_opens_the_discussion(client, discussion, fill):
    fields, target = fill(), discussion.target
    discussion.delete()

    response = client.post(reverse("comments:start"), fields)

    assert response.status_code == 302
    assert ThreadComment.objects.get().discussion == Discussion.objects.for_target(target).get()


@pytest.mark.parametrize("label", ["", "auth.group", "users.user", "nonsense", "articles.articlepage"])
@pytest.mark.parametrize("key", ["", "1", "999999", "abc", "\x00", str(2**80)])
def test_a_discussion_opens_for_visible_targets_only(client, db, label, key):
    assert client.post(reverse("comments:start"), {"content_type": label, "object_pk": key}).status_code == 404
    assert not Discussion.objects.exists()


def test_members_speak_for_their_networks_but_never_for_a_secret_one(client, address, fill, member, network):
    secret = MembershipFactory(user=member, network=NetworkFactory(visibility="secret")).network
    foreign = NetworkFactory()
    client.force_login(member)

    refused = [client.post(address, fill(network=str(other.pk))).status_code for other in (secret, foreign)]
    accepted = client.post(address, fill(network=str(network.pk)))

    assert refused == [422, 422]
    assert accepted.status_code == 302
    assert ThreadComment.objects.get().network == network


def test_a_preview_shows_the_text_and_keeps_the_form(client, discussion, fill):
    address = reverse("comments:preview", args=[discussion.pk])

    response = client.post(address, fill("Du **gras**", name="", email=""))

    assert response.status_code == 200
    assert "Du <strong>gras</strong>" in response.text
    assert "Du **gras**" in response.text
    assert "name_error" not in response.text
    assert not ThreadComment.objects.exists()


@pytest.mark.parametrize("text", ["", "x" * 20_000])
def test_a_preview_of_what_cannot_be_sent_says_why(client, discussion, fill, text):
    response = client.post(reverse("comments:preview", args=[discussion.pk]), fill(text))

    assert "comment_error" in response.text


def test_in_place_the_discussion_is_answered_with_the_comment_in_it(client, address, reader, fill):
    client.force_login(reader)

    response = client.post(address, fill(), headers={"HX-Request": "true"})

    comment = ThreadComment.objects.get()
    assert response.headers["HX-Retarget"] == "#commentaires"
    assert response.headers["HX-Push-Url"].endswith(f"#c{comment.pk}")
    assert f'id="c{comment.pk}"' in response.text
    assert "<html" not in response.text


def test_in_place_errors_come_with_the_form_alone(client, address, fill):
    response = client.post(address, fill(""), headers={"HX-Request": "true"})

    assert response.status_code == 200
    assert response.text.strip().startswith("<form")


@pytest.mark.parametrize("signature", [{}, {"timestamp": "x", "security_hash": "a\0", "content_type": "", "object_pk": "\0"}])
def test_a_form_that_is_not_ours_gets_one_sentence_and_comes_back_sendable(client, address, signature):
    response = client.post(address, {"name": "Ève", "email": "eve@example.org", "comment": "Bonjour à tous", **signature})

    form = response.context["form"]
    assert response.status_code == 422
    assert form.sentences == ["Ce formulaire n’est plus valable. Votre texte est conservé : envoyez-le de nouveau."]
    assert form["comment"].value() == "Bonjour à tous"
    assert "timestamp" in form.data
    assert form.data["content_type"] == "articles.articlepage"
