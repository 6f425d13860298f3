"""Quoting what one answers: its own words, bounded, in the markup people write."""

import pytest
from django.urls import reverse

from comments.models import ThreadComment
from comments.quoting import MAX_QUOTED, as_quote, quote_of
from networks.markup import render


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Un avis", "> Un avis\n\n"),
        ("Deux\nlignes\n\net un paragraphe", "> Deux\n> lignes\n>\n> et un paragraphe\n\n"),
        ("> Cité\n\nMes mots", "> Mes mots\n\n"),
        ("> Rien que cité", "> > Rien que cité\n\n"),
    ],
)
def test_a_comment_is_quoted_without_what_it_quotes_itself(text, quote):
    assert quote_of(ThreadComment(comment=text)) == quote


@pytest.mark.parametrize("text", ["mot " * 400, "m" * 5000, "l\n" * 1000])
def test_a_long_quote_is_shortened(text):
    quote = as_quote(text)

    assert quote.endswith("…\n\n")
    assert len(quote.replace("> ", "").replace(">", "").strip()) <= MAX_QUOTED
    assert len(quote) > MAX_QUOTED // 2


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "[x](javascript:alert(1))", '" onload="x'])
def test_a_hostile_comment_is_harmless_in_a_quote_and_in_the_form(client, discussion, say, text):
    comment = say(text)

    response = client.get(reverse("comments:post", args=[discussion.pk]), {"reply_to": comment.pk})

    assert "<script>alert" not in response.text
    assert 'data-quote="&gt; ' in response.text
    assert "javascript:" not in render(quote_of(comment)) or "href" not in render(quote_of(comment))


def test_the_button_writes_the_quote_below_what_was_typed(client, discussion, say):
    comment = say("Un avis")

    response = client.post(
        reverse("comments:preview", args=[discussion.pk]), {"quote": "1", "reply_to": comment.pk, "comment": "Bonjour.\n", "name": "Ève"}
    )

    form = response.context["form"]
    assert response.status_code == 200
    assert form.data["comment"] == "Bonjour.\n\n> Un avis\n\n"
    assert form.data["name"] == "Ève"
    assert not form.errors
    assert "comment-form__preview" not in response.text


def test_what_is_no_longer_there_is_not_quoted(client, discussion, say):
    hidden = say("Un avis à taire", to="hidden")

    response = client.post(reverse("comments:preview", args=[discussion.pk]), {"quote": "1", "reply_to": hidden.pk, "comment": "Bonjour."})

    assert "Un avis à taire" not in response.text
    assert response.context["form"].data["comment"] == "Bonjour."


def test_a_quote_that_makes_the_text_too_long_is_said_and_nothing_is_cut(client, discussion, say):
    comment, typed = say("Un avis"), "é" * 9_999

    response = client.post(reverse("comments:preview", args=[discussion.pk]), {"quote": "1", "reply_to": comment.pk, "comment": typed})

    assert response.context["form"].data["comment"] == f"{typed}\n\n> Un avis\n\n"
    assert "comment_error" in response.text
