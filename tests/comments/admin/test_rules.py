"""The screens of the rules: who opens which, what they save, what they say about what cannot be saved."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from comments import services
from comments.models import AuthorStanding, BlockedSender, ListedWord, ModerationSettings, SpaceModeration
from comments.services import Author
from comments.states import Status

SITE_WIDE = ["words", "word_new", "words_import", "words_export", "senders", "sender_new", "numbers"]
OF_NETWORKS = ["authors", "spaces"]


def address(name, *arguments):
    return reverse(f"moderation:rules_{name}", args=arguments)


@pytest.fixture
def signed_in(client, request):
    """`signed_in("moderator")`: the browser of one of the cast."""

    def signed_in(person):
        client.force_login(request.getfixturevalue(person))
        return client

    return signed_in


@pytest.fixture
def word(admin):
    return services.save_rule(ListedWord(text="casino"), by=admin)


@pytest.mark.parametrize("person", ["admin", "moderator"])
@pytest.mark.parametrize("name", [*SITE_WIDE, *OF_NETWORKS])
def test_those_who_moderate_everything_open_every_screen(signed_in, person, name):
    assert signed_in(person).get(address(name)).status_code == 200


@pytest.mark.parametrize("name", SITE_WIDE)
def test_what_is_the_whole_sites_is_shut_to_moderators_of_a_network(signed_in, name):
    browser = signed_in("network_moderator")

    assert browser.get(address(name)).status_code == 302
    assert browser.post(address(name), {"text": "casino", "kind": "word", "effect": "refuse"}).status_code == 302
    assert not ListedWord.objects.exists()


def test_a_moderator_of_a_network_reads_no_word_by_its_key(signed_in, word):
    answer = signed_in("network_moderator").get(address("word", word.pk))

    assert answer.status_code == 302
    assert "casino" not in answer.text


@pytest.mark.parametrize("name", OF_NETWORKS)
def test_moderators_of_a_network_open_what_is_theirs(signed_in, name):
    assert signed_in("network_moderator").get(address(name)).status_code == 200


@pytest.mark.parametrize("person", ["reader", "member", "editor"])
@pytest.mark.parametrize("name", [*SITE_WIDE, *OF_NETWORKS])
def test_nobody_else_opens_any(signed_in, person, name):
    assert signed_in(person).get(address(name)).status_code == 302


def test_the_queue_leads_to_the_rules_of_each(signed_in):
    assert address("words") in signed_in("moderator").get(reverse("moderation:index")).text
    text = signed_in("network_moderator").get(reverse("moderation:index")).text
    assert address("authors") in text
    assert address("words") not in text


def test_a_word_is_added_changed_and_found(signed_in, moderator):
    browser = signed_in("moderator")
    told = {"kind": "word", "text": "Casino", "effect": "refuse", "note": "Publicité", "active": "on"}

    assert browser.post(address("word_new"), told).url == address("words")
    word = ListedWord.objects.get()
    assert (word.text, word.effect, word.created_by, word.active) == ("Casino", "refuse", moderator, True)
    del told["active"]
    browser.post(address("word", word.pk), told)

    assert not ListedWord.objects.get().active
    assert [entry.action for entry in ModelLogEntry.objects.order_by("pk")] == ["comments.rule_add", "comments.rule_change"]
    assert "Casino" in browser.get(address("words"), {"q": "casi"}).text
    assert ">Casino<" not in browser.get(address("words"), {"q": "nulle part"}).text


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"text": "CASINO"}, "text"),
        ({"text": "!!!"}, "text"),
        ({"text": "x" * 201}, "text"),
        ({"kind": "pattern", "text": "("}, "text"),
        ({"kind": "pattern", "text": "(?=a)"}, "text"),
        ({"kind": "pattern", "text": "a*"}, "text"),
        ({"kind": "pattern", "text": "((a{1,1000}){1,1000}){1,1000}"}, "text"),
        ({"kind": "joke", "text": "mot"}, "kind"),
    ],
)
def test_what_cannot_be_listed_is_said_at_its_field(signed_in, word, told, field):
    answer = signed_in("moderator").post(address("word_new"), {"kind": "word", "effect": "hold", "note": "Gardée", **told})

    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    assert "Gardée" in answer.text
    assert ListedWord.objects.count() == 1


def test_a_trial_says_what_would_have_been_caught_and_saves_nothing(signed_in, here, elsewhere, public):
    answer = signed_in("moderator").post(
        address("word_new"), {"kind": "word", "text": "potager", "effect": "hold", "try": "1", "active": "on"}
    )

    assert [row["comment"].pk for row in answer.context["caught"]] == [elsewhere.pk]
    assert answer.context["trial"].looked_at == 3
    assert 'value="potager"' in answer.text
    assert not ListedWord.objects.exists()


def test_a_trial_of_a_pattern_or_of_nothing(signed_in, here, public):
    browser = signed_in("moderator")

    tried = browser.post(address("word_new"), {"kind": "pattern", "text": "mer+ci|jeux?", "effect": "hold", "try": "1"})
    assert len(tried.context["caught"]) == 2
    assert "trial" not in browser.post(address("word_new"), {"kind": "word", "text": "", "effect": "hold", "try": "1"}).context


def test_a_trial_costs_the_same_queries_whatever_it_looks_at(signed_in, say, article, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        with CaptureQueriesContext(connection) as queries:
            browser.post(address("word_new"), {"kind": "word", "text": "avis", "effect": "hold", "try": "1"})
        return len(queries)

    browser = signed_in("moderator")
    say(article, "Un avis")
    cost()
    few = cost()
    for number in range(8):
        say(article, f"Un avis {number}")

    assert cost() == few


CONTENT = (
    "kind,text,effect,note,active\nword,Casino,refuse,Jeux,yes\npattern,(,hold,,\nword,casino,hold,,\nword,pari,hold,,no\nword,!!,,,\n"
)


def test_a_file_is_shown_line_by_line_before_anything_is_saved(signed_in):
    browser = signed_in("moderator")

    shown = browser.post(address("words_import"), {"file": SimpleUploadedFile("mots.csv", CONTENT.encode("utf-8-sig"))})

    assert [(line.number, bool(line.word)) for line in shown.context["read"]] == [(2, True), (3, False), (4, False), (5, True), (6, False)]
    assert not ListedWord.objects.exists()
    assert browser.post(address("words_import"), {"lines": shown.context["content"], "save": "1"}).url == address("words")
    assert list(ListedWord.objects.order_by("pk").values_list("text", "effect", "note", "active")) == [
        ("Casino", "refuse", "Jeux", True),
        ("pari", "hold", "", False),
    ]
    again = browser.post(address("words_import"), {"lines": CONTENT})
    assert not again.context["good"]


@pytest.mark.parametrize("content", ["casino\npari en ligne\n", "text;effect\ncasino;hold\npari en ligne;hold\n"])
def test_a_list_made_by_hand_is_read(signed_in, content):
    signed_in("moderator").post(address("words_import"), {"lines": content, "save": "1"})

    assert list(ListedWord.objects.order_by("pk").values_list("text", flat=True)) == ["casino", "pari en ligne"]


@pytest.mark.parametrize(
    "told",
    [{}, {"file": SimpleUploadedFile("mots.csv", "é".encode("latin-1"))}, {"file": SimpleUploadedFile("mots.csv", b"a" * 1_000_001)}],
)
def test_a_file_that_cannot_be_read_is_said(signed_in, told):
    answer = signed_in("moderator").post(address("words_import"), told)

    assert answer.context["form"].errors["file"]


def test_the_list_comes_out_harmless_and_goes_in_again(signed_in, admin):
    for kind, text in [("word", "casino"), ("pattern", "=+cmd"), ("word", 'Été, chaud"')]:
        services.save_rule(ListedWord(kind=kind, text=text), by=admin)
    browser = signed_in("moderator")

    content = b"".join(browser.get(address("words_export")).streaming_content).decode()

    assert not any(cell[:1] in set("=+-@") for row in csv.reader(io.StringIO(content)) for cell in row)
    ListedWord.objects.all().delete()
    browser.post(address("words_import"), {"lines": content, "save": "1"})
    assert set(ListedWord.objects.values_list("text", flat=True)) == {"casino", "=+cmd", 'Été, chaud"'}


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("address", " Eve@Example.ORG ", "eve@example.org"),
        ("domain", "*.Spam.Example.", "spam.example"),
        ("domain", "@spam.example", "spam.example"),
        ("domain", "été.fr", "xn--t-9fab.fr"),
        ("machines", "203.0.113.7", "203.0.113.7/32"),
        ("machines", "203.0.113.7/24", "203.0.113.0/24"),
        ("machines", "2001:DB8::/32", "2001:db8::/32"),
    ],
)
def test_a_sender_is_kept_as_it_is_compared(signed_in, kind, typed, kept):
    signed_in("moderator").post(address("sender_new"), {"kind": kind, "value": typed, "effect": "refuse"})

    assert BlockedSender.objects.get().value == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("address", "example.org"),
        ("domain", "org"),
        ("domain", "a b.org"),
        ("domain", "x@spam.example"),
        ("machines", "203.0.113"),
        ("machines", "0.0.0.0/0"),
        ("machines", "::/0"),
    ],
)
def test_what_is_no_sender_is_said_at_its_field(signed_in, kind, typed):
    answer = signed_in("moderator").post(address("sender_new"), {"kind": kind, "value": typed, "effect": "refuse"})

    assert answer.context["form"].errors["value"]
    assert typed in answer.text
    assert not BlockedSender.objects.exists()


def test_a_sender_is_let_in_again(signed_in, admin):
    sender = services.save_rule(BlockedSender(value="spam.example", kind="domain"), by=admin)

    signed_in("moderator").post(address("sender", sender.pk), {"withdraw": "1"})

    assert not BlockedSender.objects.exists()
    assert ModelLogEntry.objects.filter(action="comments.rule_withdraw").count() == 1


def test_a_block_that_is_over_before_it_begins_is_a_slip(signed_in):
    told = {"kind": "domain", "value": "spam.example", "effect": "refuse", "expires_at": "2020-01-01 10:00"}

    assert signed_in("moderator").post(address("sender_new"), told).context["form"].errors["expires_at"]


def test_an_author_is_trusted_everywhere_or_in_a_network(signed_in, here, network, reader):
    browser = signed_in("moderator")

    browser.post(address("author", here.pk), {"trust": "trusted", "where": "everywhere", "note": "Connue"})
    browser.post(address("author", here.pk), {"trust": "watched", "where": "here", "note": ""})

    rows = AuthorStanding.objects.order_by("pk").values_list("author_key", "trust", "network", "note", "name")
    assert list(rows) == [
        (f"user:{reader.pk}", "trusted", None, "Connue", "Lectrice"),
        (f"user:{reader.pk}", "watched", network.pk, "", "Lectrice"),
    ]
    browser.post(address("author", here.pk), {"trust": "", "where": "everywhere", "note": ""})
    assert AuthorStanding.objects.get().network == network


def test_a_moderator_of_a_network_decides_about_authors_there_alone(signed_in, here, elsewhere, network):
    browser = signed_in("network_moderator")

    assert browser.get(address("author", elsewhere.pk)).status_code == 404
    refused = browser.post(address("author", here.pk), {"trust": "watched", "where": "everywhere", "note": ""})
    assert refused.context["form"].errors["where"]
    browser.post(address("author", here.pk), {"trust": "watched", "where": "here", "note": ""})

    assert AuthorStanding.objects.get().network == network


def test_the_standings_of_another_network_do_not_exist(signed_in, here, elsewhere, other_moderator, reader):
    other = services.set_standing(f"user:{reader.pk}", "watched", by=other_moderator, network=elsewhere.discussion.network, name="Ailleurs")
    everywhere = AuthorStanding.objects.create(author_key="user:0", trust="watched", name="Partout")
    browser = signed_in("network_moderator")

    text = browser.get(address("authors")).text
    assert "Ailleurs" not in text
    assert "Partout" not in text
    for standing in [other, everywhere]:
        assert browser.get(address("standing", standing.pk)).status_code == 404
        assert browser.post(address("standing", standing.pk)).status_code == 404
    assert AuthorStanding.objects.count() == 2


def test_no_address_of_a_guest_is_shown(signed_in, say, topic):
    comment = say(topic, author=Author(name="Ève", email="eve@example.org"), status=Status.PUBLISHED)
    browser = signed_in("network_moderator")
    browser.post(address("author", comment.pk), {"trust": "trusted", "where": "here", "note": ""})

    pages = [browser.get(address("authors")), browser.get(address("standing", AuthorStanding.objects.get().pk))]

    assert all("Ève" in page.text and "eve@example.org" not in page.text for page in pages)
    assert "eve@" not in str(ModelLogEntry.objects.filter(action="comments.rule_add").values())


def test_a_standing_is_ended(signed_in, reader, admin):
    standing = services.set_standing(f"user:{reader.pk}", "watched", by=admin, name="Lectrice")

    assert signed_in("moderator").post(address("standing", standing.pk)).url == address("authors")
    assert not AuthorStanding.objects.exists()


def test_moderators_tick_the_spaces_of_their_networks_alone(signed_in, network, other_network, other_moderator):
    services.read_first(other_network, by=other_moderator)
    browser = signed_in("network_moderator")

    assert "Union des jardins" not in browser.get(address("spaces")).text
    browser.post(address("spaces"), {"networks": [network.pk]})
    refused = browser.post(address("spaces"), {"networks": [network.pk, other_network.pk]})

    assert refused.context["form"].errors["networks"]
    assert set(SpaceModeration.objects.values_list("network", flat=True)) == {network.pk, other_network.pk}
    browser.post(address("spaces"), {})
    assert SpaceModeration.objects.get().network == other_network


def test_the_numbers_are_changed_and_noted(signed_in):
    signed_in("moderator").post(address("numbers"), {**_numbers(), "links_held": 4})

    assert ModerationSettings.objects.get().links_held == 4
    assert ModelLogEntry.objects.get(action="comments.rule_change").data == {"links_held": 4}


@pytest.mark.parametrize("value", ["-1", "", "abc", "101"])
def test_a_number_that_is_none_is_said_at_its_field(signed_in, value):
    answer = signed_in("moderator").post(address("numbers"), {**_numbers(), "links_held": value})

    assert answer.context["form"].errors["links_held"]
    assert ModerationSettings.objects.get().links_held == 2


def _numbers():
    row = ModerationSettings.objects.values().get()
    return {name: value for name, value in row.items() if name not in {"id", "edition"} and value is not False}


@pytest.mark.parametrize("name", ["words", "senders", "authors"])
def test_a_list_costs_the_same_for_few_and_many(signed_in, name, admin):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def add(number):
        ListedWord.objects.create(text=f"mot{number}", created_by=admin)
        BlockedSender.objects.create(value=f"a{number}.example", created_by=admin)
        AuthorStanding.objects.create(author_key=f"user:{number}", trust="watched", created_by=admin)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address(name)).status_code == 200
        return len(queries)

    browser = signed_in("moderator")
    add(0)
    cost()
    few = cost()
    for number in range(1, 6):
        add(number)

    assert cost() == few


def test_the_card_says_which_rule_fired_and_marks_the_word(signed_in, word, say, topic):
    comment = say(topic, "Au **Casino** & <b>ailleurs</b>")

    text = signed_in("moderator").get(reverse("moderation:inspect", args=[comment.pk])).text

    assert "<mark>Casino</mark>" in text
    assert "« casino »" in text
    assert reverse("moderation:author", args=[comment.pk]) in text
    assert address("author", comment.pk) in signed_in("moderator").get(reverse("moderation:author", args=[comment.pk])).text


@pytest.mark.parametrize("act", ["save_rule", "withdraw_rule", "import_words", "change_numbers", "set_standing", "read_first"])
def test_the_services_ask_for_the_right_again(act, network_moderator, reader, word, network, other_network):
    acts = {
        "save_rule": lambda by: services.save_rule(ListedWord(text="pari"), by=by),
        "withdraw_rule": lambda by: services.withdraw_rule(word, by=by),
        "import_words": lambda by: services.import_words([ListedWord(text="pari")], by=by),
        "change_numbers": lambda by: services.change_numbers(ModerationSettings(), by=by),
        "set_standing": lambda by: services.set_standing("user:1", "trusted", by=by),
        "read_first": lambda by: services.read_first(other_network, by=by),
    }

    for person in [network_moderator, reader]:
        with pytest.raises(services.Refused):
            acts[act](person)


@pytest.mark.parametrize("key", ["9" * 30, str(2**63), "-1", "x"])
def test_a_network_that_cannot_be_is_no_space(signed_in, network, key):
    answer = signed_in("moderator").post(address("spaces"), {"networks": [key]})

    assert answer.status_code in {200, 422}
    assert not SpaceModeration.objects.exists()
