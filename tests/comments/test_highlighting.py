"""What editors and moderators point readers to: pinned above the discussion, or featured at its place."""

import pytest
from wagtail.models import ModelLogEntry

from comments import services
from comments.models import Discussion, ThreadComment
from comments.orders import PAGE_SIZE
from comments.services import Refused
from comments.services.highlighting import MAX_PINNED
from comments.states import Action, Status
from tests.comments.conftest import shown_ids
from tests.factories import TopicFactory, UserFactory

ACTS = {"epingler": (services.pin, "pinned"), "mettre-en-avant": (services.feature, "featured")}


@pytest.fixture
def ask(client):
    """`ask(user, comment, "epingler", wanted="1")`: what the menu of a comment sends."""

    def ask(user, comment, act, wanted="1"):
        client.logout()
        if user:
            client.force_login(user)
        return client.post(f"/commentaires/{comment.pk}/{act}/", {"wanted": wanted, "next": comment.discussion.target.get_url()})

    return ask


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("person", ["moderator", "editor", "admin"])
def test_who_moderates_or_edits_points_to_a_comment_and_takes_it_back(request, ask, say, act, person):
    comment, column = say(), ACTS[act][1]
    user = request.getfixturevalue(person)

    answer = ask(user, comment, act)
    assert answer.url.endswith(f"#c{comment.pk}")
    assert getattr(ThreadComment.objects.get(), column)

    ask(user, comment, act, "0")
    assert not getattr(ThreadComment.objects.get(), column)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("person", ["reader", "member", "network_moderator"])
def test_nobody_else_points_to_a_comment(request, ask, client, say, act, person):
    comment, (service, column) = say(), ACTS[act]
    user = request.getfixturevalue(person)

    ask(user, comment, act)

    assert not getattr(ThreadComment.objects.get(), column)
    assert "Vous ne pouvez pas signaler" in client.get(comment.discussion.target.get_url()).text
    with pytest.raises(Refused):
        service(comment, by=user)


@pytest.mark.parametrize("act", ACTS)
def test_visitors_are_led_to_sign_in(ask, say, act):
    assert ask(None, say(), act).url.startswith("/compte/login/")


def test_a_facilitator_points_to_comments_of_their_own_space(network, facilitator, member, reader):
    topic = services.discussion_of(TopicFactory(network=network))
    comment = services.post(topic, author=services.Author(user=member), text="À lire", notify=False).comment

    assert services.pin(comment, by=facilitator).pinned
    with pytest.raises(Refused):
        services.pin(comment, by=member)


@pytest.mark.parametrize("status", [Status.PENDING, Status.HIDDEN, Status.REMOVED])
def test_only_published_comments_are_pointed_to(say, admin, status):
    comment = say(to=status)

    for service, _column in ACTS.values():
        with pytest.raises(Refused):
            service(comment, by=admin)


def test_no_more_than_three_comments_are_pinned(say, admin):
    pinned = [say() for _number in range(MAX_PINNED)]
    one_more = say()
    for comment in pinned:
        services.pin(comment, by=admin)

    with pytest.raises(Refused):
        services.pin(one_more, by=admin)
    services.pin(pinned[0], by=admin)
    services.pin(pinned[0], by=admin, pinned=False)
    assert services.pin(one_more, by=admin).pinned


def test_pointing_to_a_comment_is_written_down_and_shows_at_once(discussion, say, admin):
    comment = say()
    version = Discussion.objects.get().version

    services.pin(comment, by=admin)
    services.pin(comment, by=admin)
    services.feature(comment, by=admin)

    assert Discussion.objects.get().version == version + 2
    actions = ModelLogEntry.objects.filter(object_id=str(comment.pk)).values_list("action", flat=True)
    assert {"comments.pinned", "comments.featured"} <= set(actions)


def test_pins_are_named_on_the_first_page_of_every_order_and_on_no_other(page_of, crowd, admin):
    comments = crowd(PAGE_SIZE + 5)
    services.pin(comments[-1], by=admin)

    for tri in ["", "recents", "utiles"]:
        text = page_of(tri=tri).text
        assert "À lire d’abord" in text
        assert f'<a href="/commentaires/{comments[-1].pk}/">Lire à sa place' in text
    assert "À lire d’abord" not in page_of(after=comments[PAGE_SIZE - 1].path).text


def test_a_pin_says_whose_and_how_it_begins_without_markup(page_of, say, admin, reader):
    services.pin(say("Du **gras** & <i>rien</i>\n\n" + "mot " * 200, by=reader), by=admin)

    pins = page_of().text.split('class="pins"')[1].split("</section>")[0]

    assert "Lectrice" in pins
    assert "Du gras &amp; &lt;i&gt;rien&lt;/i&gt;" in pins
    assert "…" in pins
    assert "<strong>" not in pins


def test_a_featured_comment_is_marked_at_its_place(page_of, say, admin):
    comment = say()
    services.feature(comment, by=admin)

    text = page_of().text

    assert '<p class="comment__featured">Mis en avant par la rédaction</p>' in text
    assert shown_ids(page_of()) == [comment.pk]


def test_a_comment_that_is_hidden_is_pointed_to_no_more(page_of, say, admin):
    comment, reply_to = say("Un secret"), None
    reply_to = say("Une réponse", parent=comment)
    services.pin(comment, by=admin)
    services.feature(comment, by=admin)

    services.moderate(comment, Action.HIDE, by=admin, reason="off_topic")

    text = page_of().text
    assert shown_ids(page_of()) == [comment.pk, reply_to.pk]
    assert "À lire d’abord" not in text
    assert "Mis en avant" not in text
    assert "Un secret" not in text


def test_only_curators_are_offered_the_menu(page_of, say, reader, member, editor, moderator):
    say()

    for user in (None, reader, member):
        assert "curation" not in page_of(user).text
    for user in (editor, moderator):
        assert 'class="curation"' in page_of(user).text


@pytest.mark.parametrize(("person", "badge"), [("editor", "rédaction"), ("moderator", "modération")])
def test_the_role_of_an_author_stands_beside_the_name(request, page_of, discussion, person, badge):
    author = request.getfixturevalue(person)
    comment = services.post(discussion, author=services.Author(user=author), text="Bonjour", notify=False).comment
    if comment.status == Status.PENDING:
        services.moderate(comment, Action.APPROVE, by=UserFactory(is_superuser=True))

    assert "comment__role" in page_of().text
    assert comment.get_author_role_display() in page_of().text
    assert badge[:4] in comment.get_author_role_display()


def test_what_a_slip_of_the_hand_took_from_a_comment_comes_back_with_it(say, moderator):
    comment = say()
    for mark in (services.pin, services.feature):
        mark(comment, by=moderator)

    hidden = services.moderate(comment, Action.HIDE, by=moderator, reason="abuse")
    assert (hidden.pinned, hidden.featured) == (False, False)
    services.undo(hidden, by=moderator)

    comment.refresh_from_db()
    assert (comment.pinned, comment.featured) == (True, True)


def test_a_pin_comes_back_as_long_as_there_is_room(say, moderator):
    comment, *others = [say(f"Avis {number}") for number in range(MAX_PINNED + 1)]
    services.pin(comment, by=moderator)
    hidden = services.moderate(comment, Action.HIDE, by=moderator, reason="abuse")
    for other in others:
        services.pin(other, by=moderator)

    services.undo(hidden, by=moderator)

    assert not ThreadComment.objects.get(pk=comment.pk).pinned
    assert ThreadComment.objects.filter(pinned=True).count() == MAX_PINNED
