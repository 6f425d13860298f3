"""The group that the first migration creates."""

from django.apps import apps
from django.contrib.auth.models import Group

from comments.moderators import MODERATORS, migrated
from comments.permissions import moderates_everything
from tests.factories import UserFactory


def test_the_group_opens_the_admin_and_every_conversation(db):
    user = UserFactory()
    user.groups.add(Group.objects.get(name=MODERATORS))

    assert moderates_everything(user)
    assert user.has_perm("wagtailadmin.access_admin")


def test_what_administrators_made_of_the_group_stays_theirs(db):
    group = Group.objects.get(name=MODERATORS)
    group.permissions.clear()

    migrated(apps.get_app_config("comments"), using="default")

    assert Group.objects.filter(name=MODERATORS).count() == 1
    assert not group.permissions.exists()
