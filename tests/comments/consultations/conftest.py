"""Two chapters of the guide, and a consultation about the first."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from wagtail.models import GroupPagePermission

from comments import services
from comments.models import Discussion
from comments.services import Author, Plan
from tests.factories import MembershipFactory, UserFactory, published_article, root_page

DAY = timedelta(days=1)


@pytest.fixture
def chapter(db):
    return published_article("Qui influence ?")


@pytest.fixture
def other_chapter(db):
    return published_article("Comment débattre ?")


@pytest.fixture
def told(chapter):
    """`told(opens=days, closes=days, …)`: what an editor decides; days from now."""

    def told(*, opens=-1, closes=20, **facts):
        now = timezone.now()
        dates = {"opens_at": now + opens * DAY, "closes_at": now + closes * DAY}
        return Plan(**{"title": "Vos priorités", "chapters": (chapter,), "words": "Dites **tout**.", **dates, **facts})

    return told


@pytest.fixture
def planned(told, admin):
    """`planned(opens=…, closes=…)`: a consultation, planned by an administrator."""

    def planned(**facts):
        return services.plan(told(**facts), by=admin)

    return planned


@pytest.fixture
def writer(db):
    """Somebody who writes pages that others publish."""
    group = Group.objects.create(name="Plumes")
    group.permissions.add(Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"))
    for codename in ("add_page", "change_page"):
        GroupPagePermission.objects.create(group=group, page=root_page(), permission=Permission.objects.get(codename=codename))
    user = UserFactory(email="plume@example.org")
    user.groups.add(group)
    return user


@pytest.fixture
def discussion_of():
    """`discussion_of(page)`: the discussion of a page as it stands now."""

    def discussion_of(page):
        return Discussion.objects.for_target(page).get()

    return discussion_of


@pytest.fixture
def say(db):
    """`say(page, network)`: a comment under a chapter in a network's name, published at once."""

    def say(page, network, text="Notre avis"):
        discussion = services.discussion_of(page)
        Discussion.objects.filter(pk=discussion.pk).update(moderation="after")
        discussion.refresh_from_db()
        author = Author(user=MembershipFactory(network=network).user, network_id=network.pk)
        return services.post(discussion, author=author, text=text, notify=False).comment

    return say
