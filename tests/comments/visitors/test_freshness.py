"""The version of everything grows with what readers see, and with nothing else."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group

from comments.models import Discussion
from comments.visitors import freshness
from tests.factories import MembershipFactory, NetworkFactory, TopicFactory, UserFactory, guide_image, published_article


@pytest.fixture
def grows(db):
    """`grows(act)`: whether doing something changes the content's version."""

    def grows(act):
        before = freshness.current([])
        act()
        return freshness.current([]) != before

    return grows


def test_what_readers_see_makes_it_grow(grows):
    article, network, image, topic, user = published_article(), NetworkFactory(), guide_image(), TopicFactory(), UserFactory()
    user.display_name = "Un autre nom"

    for seen in (article, network, image, topic, user):
        assert grows(seen.save)
    assert grows(lambda: article.tags.add("plaidoyer") or article.save())
    assert grows(topic.delete)


def test_a_picture_whose_copies_are_made_anew_makes_it_grow_and_one_that_gains_a_copy_does_not(grows):
    """Reading a page makes the copies that it lacks; those that a kept page names must not vanish from under it."""
    image = guide_image()

    assert not grows(lambda: image.get_rendition("width-80"))
    assert grows(lambda: image.renditions.all().delete())


def test_what_nobody_sees_does_not(grows, reader, member):
    assert not grows(UserFactory)
    assert not grows(MembershipFactory.build)
    assert not grows(lambda: reader.save(update_fields=["last_login"]))
    assert not grows(lambda: member.memberships.first().save())
    article = published_article()
    article.title = "Un titre pour demain"
    assert not grows(article.save_revision)


def test_a_group_that_gains_a_member_makes_it_grow(grows, reader):
    assert grows(lambda: reader.groups.add(Group.objects.first()))


def test_a_new_discussion_makes_it_grow_and_a_comment_its_discussion(grows, discussion, say):
    before = freshness.current([discussion.pk])

    assert not grows(lambda: say("Un avis"))
    assert freshness.current([discussion.pk])[discussion.pk] > before[discussion.pk]
    assert grows(lambda: Discussion.objects.create(content_type=discussion.content_type, object_id="999"))


def test_every_model_is_seen_or_said_to_be_unseen(db):
    """A new app is seen by birth: its changes make every page new until somebody says that they need not."""
    assert apps.get_model("articles.articlepage") in freshness.seen_models()
    assert apps.get_model("comments.outgoingmail") not in freshness.seen_models()
