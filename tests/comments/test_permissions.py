"""Who may do what: every status, every action, every role; and the rule for one agrees with the rule for many."""

import pytest
from django.contrib.auth.models import AnonymousUser

from comments import services
from comments.models import Discussion, ThreadComment
from comments.permissions import can_act, can_post, can_see, can_see_discussion, is_poster
from comments.services import Author, StaleDecision
from comments.services.locking import COUNTED
from comments.states import MODERATION_ACTIONS, TRANSITIONS, Action, Mode, Posters, Status
from tests.factories import NetworkFactory, TopicFactory, published_article

CAST = [
    "visitor",
    "reader",
    "member",
    "facilitator",
    "network_moderator",
    "other_moderator",
    "moderator",
    "admin",
]
MODERATORS_OF_THE_NETWORK = {"network_moderator", "moderator", "admin"}


@pytest.fixture
def visitor():
    """Somebody without an account."""
    return AnonymousUser()


@pytest.fixture
def person(request):
    """`person("moderator")`: one of the cast."""
    return request.getfixturevalue


@pytest.fixture
def comment_of(member, network):
    """The member's comment in their network's space, put in any status."""
    discussion = services.discussion_of(TopicFactory(network=network))
    comment = services.post(discussion, author=Author(user=member), text="Un avis").comment

    def comment_of(status):
        ThreadComment.objects.filter(pk=comment.pk).update(status=status)
        Discussion.objects.filter(pk=discussion.pk).update(**{f"{counted}_count": 1 for counted in COUNTED})
        return ThreadComment.objects.select_related("discussion").get(pk=comment.pk)

    return comment_of


def allowed(status, action, role):
    """The table of the documentation, said once more and independently of the code."""
    if status not in TRANSITIONS[action].sources:
        return False
    if action in MODERATION_ACTIONS or action == Action.UNDO:
        return role in MODERATORS_OF_THE_NETWORK
    return action in {Action.REMOVE, Action.RESUBMIT} and role == "member"


@pytest.mark.parametrize("role", CAST)
def test_every_action_from_every_status_is_for_those_of_the_table(comment_of, person, role):
    user = person(role)

    for status in Status:
        comment = comment_of(status)
        for action in Action:
            assert can_act(user, comment, action) == allowed(status, action, role), (status, action)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("action", MODERATION_ACTIONS)
def test_a_decision_leads_where_the_table_says_or_nowhere(comment_of, moderator, status, action):
    comment = comment_of(status)
    transition = TRANSITIONS[action]

    if status not in transition.sources:
        with pytest.raises(StaleDecision):
            services.moderate(comment, action, by=moderator, reason="off_topic")
    else:
        assert services.moderate(comment, action, by=moderator, reason="off_topic").status == transition.target


@pytest.fixture
def conversations(db, network, other_network, moderator):
    """One published comment under each kind of target, and one in a hidden discussion."""
    targets = [
        published_article("Ouvert"),
        published_article("Masqué"),
        TopicFactory(network=network),
        TopicFactory(network=other_network),
        TopicFactory(network=NetworkFactory(visibility="public")),
    ]
    for target in targets:
        services.post(services.discussion_of(target), author=Author(user=moderator), text="Un avis")
    Discussion.objects.for_target(targets[1]).update(mode=Mode.HIDDEN)


@pytest.mark.parametrize("role", CAST)
def test_the_rule_for_one_comment_is_the_rule_for_many(conversations, person, role):
    user = person(role)
    visible = set(ThreadComment.objects.visible_to(user))
    visible_discussions = set(Discussion.objects.visible_to(user))

    for comment in ThreadComment.objects.select_related("discussion"):
        assert can_see(user, comment) == (comment in visible)
    for discussion in Discussion.objects.all():
        assert can_see_discussion(user, discussion) == (discussion in visible_discussions)


@pytest.mark.parametrize("role", CAST)
@pytest.mark.parametrize(
    ("posters", "welcome"),
    [
        (Posters.EVERYONE, set(CAST)),
        (Posters.ACCOUNTS, set(CAST) - {"visitor"}),
        (Posters.MEMBERS, {"member", "facilitator", "network_moderator", "moderator", "admin"}),
    ],
)
def test_those_who_may_post_are_those_the_editors_chose(network, person, role, posters, welcome):
    discussion = services.discussion_of(TopicFactory(network=network))
    discussion.posters = posters

    assert is_poster(person(role), discussion) == (role in welcome)
    discussion.mode = Mode.READ_ONLY
    assert not can_post(person(role), discussion)
