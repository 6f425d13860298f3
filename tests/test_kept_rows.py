"""After a test with real transactions the database holds what migrations wrote, and nothing else."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection

from search.models import Entry
from tests import kept_rows
from tests.factories import MembershipFactory, published_article


def everything():
    with connection.cursor() as cursor:
        rows = {}
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows[table] = sorted(map(str, cursor.fetchall()))
        return rows


@pytest.mark.django_db(transaction=True)
def test_what_was_written_changed_and_removed_is_put_back():
    before, put_back = everything(), kept_rows.keep()

    MembershipFactory()
    published_article()
    Permission.objects.update(name="autre")
    Group.objects.all().delete()
    put_back()

    assert everything() == before
    assert any(before.values())
    assert not Entry.objects.exists()
