"""Statements written once: they answer what the queryset would, each time for the values of that time."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.db.models import DateTimeField, Value
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from networks.models import Membership, Network
from networks.prepared import Parameter, PreparedInsert, PreparedQuery, PreparedUpdate
from networks.states import Role
from tests.factories import MembershipFactory, NetworkFactory, UserFactory


@pytest.fixture
def sport():
    return NetworkFactory(name="Sport", slug="sport")


@pytest.fixture
def culture():
    return NetworkFactory(name="Culture", slug="culture")


by_key = PreparedQuery(lambda: Network.objects.filter(pk=Parameter("pk", Network._meta.pk)))


@pytest.mark.django_db
def test_each_asking_has_its_own_values(sport, culture):
    assert [by_key.get(pk=sport.pk), by_key.get(pk=culture.pk)] == [sport, culture]


@pytest.mark.django_db
def test_the_sql_is_written_once(sport, culture):
    written = []

    def build():
        written.append("once")
        return Network.objects.filter(pk=Parameter("pk", Network._meta.pk))

    query = PreparedQuery(build)
    query.first(pk=sport.pk)
    query.first(pk=culture.pk)

    assert written == ["once"]


@pytest.mark.django_db
def test_instances_are_those_that_a_queryset_gives(sport):
    found, same = by_key.get(pk=sport.pk), Network.objects.get(pk=sport.pk)

    assert {field.attname: getattr(found, field.attname) for field in Network._meta.concrete_fields} == {
        field.attname: getattr(same, field.attname) for field in Network._meta.concrete_fields
    }
    found.name = "Sports"
    found.save()
    assert Network.objects.get().name == "Sports"


@pytest.mark.django_db
def test_what_is_selected_beside_comes_along(sport, django_assert_num_queries):
    camille = UserFactory(display_name="Camille")
    MembershipFactory(user=camille, network=sport)
    memberships = PreparedQuery(
        lambda: (
            Membership.objects.filter(user=Parameter("user", get_user_model()._meta.pk))
            .select_related("network", "user")
            .annotate(mark=Value("annotated"))
            .only("role", "network__name", "user__display_name")
        )
    )

    with django_assert_num_queries(1):
        found = memberships.get(user=camille.pk)
        assert (found.network.name, found.user.display_name, found.mark) == ("Sport", "Camille", "annotated")
    assert found.get_deferred_fields() >= {"joined_at"}


@pytest.mark.django_db
def test_values_are_written_and_read_as_the_fields_say(sport):
    moment = timezone.now().replace(microsecond=123456)
    Network.objects.filter(pk=sport.pk).update(created_at=moment)
    since = PreparedQuery(
        lambda: Network.objects.filter(created_at__gte=Parameter("since", DateTimeField())).values_list("created_at", "name")
    )

    assert since.all(since=moment) == [(moment, "Sport")]
    assert since.all(since=moment + timedelta(microseconds=1)) == []


@pytest.mark.django_db
def test_nothing_found_is_none_or_the_models_own_error(sport):
    assert by_key.first(pk=sport.pk + 1) is None
    with pytest.raises(Network.DoesNotExist):
        by_key.get(pk=sport.pk + 1)


@pytest.mark.django_db
def test_a_value_that_is_not_named_is_an_error_and_not_everything(sport):
    with pytest.raises(KeyError):
        by_key.all()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite locks no rows")
def test_a_row_is_not_locked_outside_of_a_transaction(sport):
    locked = PreparedQuery(lambda: Network.objects.select_for_update().filter(pk=Parameter("pk", Network._meta.pk)))

    with transaction.atomic():
        assert locked.get(pk=sport.pk) == sport
    with pytest.raises(TransactionManagementError):
        locked.get(pk=sport.pk)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="how connections are pooled concerns a server")
@pytest.mark.parametrize(("pooled", "kept"), [(False, True), (True, False)])
def test_the_server_keeps_plans_unless_connections_are_pooled(sport, monkeypatch, pooled, kept):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", pooled)
    query = PreparedQuery(lambda: Network.objects.filter(slug=Parameter("slug")))
    connection.close()

    query.all(slug="sport")

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%networks_network%'")
        assert bool(cursor.fetchone()[0]) is kept


def a_membership(user, network, **columns):
    return Membership(user=user, network=network, role=Role.MEMBER, **columns)


@pytest.mark.django_db
def test_a_row_gets_the_key_that_the_database_chose(sport):
    membership = a_membership(UserFactory(), sport)

    PreparedInsert(Membership).one(membership)

    assert Membership.objects.get() == membership
    membership.role = Role.FACILITATOR
    membership.save()
    assert Membership.objects.get().role == Role.FACILITATOR


@pytest.mark.django_db
def test_many_rows_are_written_with_their_keys(sport):
    memberships = [a_membership(UserFactory(), sport, pk=key) for key in (7001, 7002)]

    PreparedInsert(Membership).all(memberships)

    assert list(Membership.objects.order_by("pk")) == memberships


@pytest.mark.django_db
def test_a_row_that_is_there_is_left_or_updated_as_was_asked(sport):
    camille = UserFactory()
    MembershipFactory(user=camille, network=sport, role=Role.MEMBER)
    again = Membership(user=camille, network=sport, role=Role.FACILITATOR)

    PreparedInsert(Membership, ignores_conflicts=True).one(again)
    assert Membership.objects.get().role == Role.MEMBER
    again.pk = None
    PreparedInsert(Membership, unique=["network", "user"], updates=["role"]).one(again)
    assert Membership.objects.get().role == Role.FACILITATOR


@pytest.mark.django_db
def test_an_update_writes_its_columns_and_no_others(sport, culture):
    sport.name, sport.slug = "Sports", "sports"

    PreparedUpdate(Network, ["name"]).one(sport)

    assert set(Network.objects.values_list("name", "slug")) == {("Sports", "sport"), ("Culture", "culture")}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite keeps no plan that a change of a table could spoil")
def test_a_table_that_was_changed_meanwhile_is_asked_anew(sport):
    query = PreparedQuery(lambda: Network.objects.filter(slug=Parameter("slug")))
    query.all(slug="sport")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE networks_network ALTER COLUMN name TYPE varchar(300)")
    try:
        assert query.all(slug="sport") == [sport]
        assert query.all(slug="sport") == [sport]
    finally:
        length = Network._meta.get_field("name").max_length
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE networks_network ALTER COLUMN name TYPE varchar({length})")


@pytest.mark.django_db
def test_a_row_that_cannot_be_written_lets_no_transaction_end_well(sport):
    camille = UserFactory()
    MembershipFactory(user=camille, network=sport)

    with pytest.raises(IntegrityError), transaction.atomic():
        PreparedInsert(Membership).one(a_membership(camille, sport))
    with transaction.atomic():
        try:
            PreparedInsert(Membership).one(a_membership(camille, sport))
        except IntegrityError:
            assert connection.needs_rollback
        transaction.set_rollback(True)
