"""The one question of every visitor, by a plan where the server keeps one: the same answer whatever became of the connection."""

import pytest
from django.db import OperationalError, connection, transaction

from comments.models import Discussion
from comments.visitors import freshness
from comments.visitors.asking import versions_of

on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite is in the same process")


def plans():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'palabre_versions_%'")
        return cursor.fetchone()[0]


def drop_connection():
    """As a server that was started anew: the connection is gone, and nobody has said so."""
    key = connection.connection.info.backend_pid
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [key])
    finally:
        other.close()


@pytest.fixture
def versions(transactional_db, discussion):
    """The versions as the database holds them, asked in the ordinary way."""
    with transaction.atomic():
        return freshness.current([discussion.pk])


@pytest.mark.django_db
def test_the_rows_come_back_as_whole_numbers(discussion):
    table = Discussion._meta.db_table

    rows = versions_of(f"SELECT id, version FROM {table} WHERE id IN (%s, %s)", [discussion.pk, 0])

    assert rows == [(discussion.pk, discussion.version)]


@on_postgresql
def test_a_plan_is_kept_and_answers_as_the_ordinary_way(versions, discussion):
    assert freshness.current([discussion.pk]) == versions
    assert freshness.current([discussion.pk]) == versions
    assert plans() == 1


@on_postgresql
def test_a_plan_that_was_dropped_is_made_again(versions, discussion):
    freshness.current([discussion.pk])
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")

    assert freshness.current([discussion.pk]) == versions
    assert plans() == 1


@on_postgresql
def test_within_a_transaction_it_sees_what_was_written_there(versions, discussion):
    freshness.current([discussion.pk])
    with transaction.atomic():
        Discussion.objects.filter(pk=discussion.pk).update(version=discussion.version + 7)
        assert freshness.current([discussion.pk])[discussion.pk] == discussion.version + 7


@on_postgresql
def test_a_connection_that_the_server_dropped_is_opened_anew(versions, client, discussion):
    address = discussion.target.get_url()
    client.get(address)
    drop_connection()

    assert client.get(address).status_code == 200
    assert freshness.current([discussion.pk]) == versions


@on_postgresql
def test_a_session_is_found_although_the_server_dropped_the_connection(versions, client, reader):
    client.force_login(reader)
    drop_connection()

    assert client.session["_auth_user_id"] == str(reader.pk)


@on_postgresql
def test_within_a_transaction_a_lost_connection_is_an_error(versions, discussion):
    @transaction.atomic
    def lose_it_halfway():
        Discussion.objects.select_for_update().get(pk=discussion.pk)
        drop_connection()
        freshness.current([discussion.pk])

    with pytest.raises(OperationalError):
        lose_it_halfway()
    connection.close()
