"""The agenda of a space: what is typed becomes a moment, who reads it, and the file for one's own calendar."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from networks import services
from networks.models import AgendaDate, Network
from networks.services import Refused
from networks.states import Visibility


@pytest.fixture
def add(client, network, facilitator):
    """`add(**values)`: what the form of a new date answers the facilitator."""
    client.force_login(facilitator)
    address = reverse("networks:date_new", args=[network.slug])
    return lambda **values: client.post(address, {"title": "Réunion", "first_day": "2027-03-01", **values})


@pytest.fixture
def date(network, facilitator):
    starts = timezone.now().replace(microsecond=0) + timedelta(days=3)
    return services.save_date(network, by=facilitator, title="Réunion", starts_at=starts, ends_at=starts + timedelta(hours=2))


def agenda(client, network, query=""):
    return client.get(reverse("networks:agenda", args=[network.slug]) + query)


def test_a_date_with_hours_is_a_moment_where_the_site_is(add):
    add(begins="09:30", ends="11:00", place="Paris", text="**Venez**")

    date = AgendaDate.objects.get()
    assert (date.starts_at, date.ends_at) == (datetime(2027, 3, 1, 8, 30, tzinfo=UTC), datetime(2027, 3, 1, 10, 0, tzinfo=UTC))
    assert not date.whole_days
    assert "<strong>Venez</strong>" in date.html


@pytest.mark.parametrize(
    ("typed", "ends"),
    [
        ({}, datetime(2027, 3, 1, 22, 59, 59, tzinfo=UTC)),
        ({"last_day": "2027-03-03"}, datetime(2027, 3, 3, 22, 59, 59, tzinfo=UTC)),
        ({"begins": "09:00"}, datetime(2027, 3, 1, 8, 0, tzinfo=UTC)),
        ({"begins": "09:00", "last_day": "2027-03-02"}, datetime(2027, 3, 2, 22, 59, 59, tzinfo=UTC)),
    ],
)
def test_what_is_left_out_has_a_meaning(add, typed, ends):
    add(**typed)

    assert AgendaDate.objects.get().ends_at == ends


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"first_day": "demain"}, "first_day"),
        ({"first_day": "0001-01-01"}, "first_day"),
        ({"first_day": "9999-12-31"}, "first_day"),
        ({"last_day": "2027-02-28"}, "last_day"),
        ({"last_day": "2029-01-01"}, "last_day"),
        ({"begins": "10:00", "ends": "09:00"}, "ends"),
        ({"ends": "09:00"}, "begins"),
        ({"begins": "25:00"}, "begins"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"text": "x" * 10_001}, "text"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(add, typed, field):
    answer = add(place="Salle à garder", **typed)

    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert 'value="Salle à garder"' in answer.text
    assert not AgendaDate.objects.exists()


def test_a_date_is_changed_and_taken_out(client, network, facilitator, date):
    client.force_login(facilitator)
    edit = reverse("networks:date_edit", args=[network.slug, date.pk])
    form = client.get(edit).context["form"]
    shown = {name: form[name].value() for name in form.fields}

    client.post(edit, {**{name: value for name, value in shown.items() if value}, "title": "Assemblée"})
    date.refresh_from_db()
    assert date.title == "Assemblée"

    client.post(reverse("networks:date_remove", args=[network.slug, date.pk]))
    assert not AgendaDate.objects.exists()


def test_a_date_sent_twice_is_one(add):
    add()
    add()

    assert AgendaDate.objects.count() == 1


@pytest.mark.parametrize("person", ["member", "network_moderator", "reader"])
def test_only_who_runs_the_space_keeps_its_agenda(client, request, network, date, person):
    user = request.getfixturevalue(person)
    client.force_login(user)

    assert client.post(reverse("networks:date_new", args=[network.slug]), {"title": "X", "first_day": "2027-03-01"}).status_code == 403
    for name in ("date_edit", "date_remove"):
        assert client.post(reverse(f"networks:{name}", args=[network.slug, date.pk])).status_code == 403
    with pytest.raises(Refused):
        services.remove_date(date, by=user)

    assert AgendaDate.objects.get() == date


@pytest.mark.parametrize(("visibility", "status"), [(Visibility.PUBLIC, 200), (Visibility.MEMBERS, 403), (Visibility.SECRET, 404)])
def test_the_agenda_is_read_by_who_reads_the_topics(client, network, date, member, visibility, status):
    Network.objects.filter(pk=network.pk).update(visibility=visibility)
    file = reverse("networks:date_file", args=[network.slug, date.pk])

    assert agenda(client, network).status_code == client.get(file).status_code == status
    assert ("Réunion" in client.get(network.get_absolute_url()).text) is (status == 200)
    client.force_login(member)
    assert "Réunion" in agenda(client, network).text
    assert "Réunion" in client.get(network.get_absolute_url()).text


def test_what_is_over_stands_apart(client, network, member, date):
    AgendaDate.objects.create(
        network=network, title="Hier", starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1)
    )
    client.force_login(member)

    assert [found.title for found in agenda(client, network).context["dates"]] == ["Réunion"]
    assert [found.title for found in agenda(client, network, "?passees=1").context["dates"]] == ["Hier"]


@pytest.mark.parametrize(("query", "sign"), [("", 1), ("?passees=1", -1)])
def test_dates_are_paged_by_key_though_many_begin_at_once(client, network, member, query, sign, django_assert_max_num_queries):
    now = timezone.now().replace(microsecond=0)
    dates = [
        AgendaDate(network=network, title=str(number), starts_at=(moment := now + sign * timedelta(days=1 + number // 10)), ends_at=moment)
        for number in range(65)
    ]
    AgendaDate.objects.bulk_create(dates)
    client.force_login(member)
    agenda(client, network)
    seen, key = [], ""

    while True:
        with django_assert_max_num_queries(20):
            context = agenda(client, network, f"{query or '?'}&after={key}").context
        seen += [date.title for date in context["dates"]]
        if not (key := context["next_key"]):
            break

    assert sorted(map(int, seen)) == list(range(65))


@pytest.mark.parametrize("key", ["x", "1", "1.", ".1", "9" * 11 + ".1", "-1.1", "1.x", "٣.٣", "%00.1"])
def test_nonsense_in_the_key_of_a_page_gets_an_answer(client, network, member, date, key):
    client.force_login(member)

    assert agenda(client, network, f"?after={key}").status_code == 200


@pytest.mark.parametrize("whole_days", [True, False])
def test_a_date_goes_into_ones_own_calendar(client, network, member, facilitator, whole_days):
    starts, ends = datetime(2027, 3, 1, 8, 0, tzinfo=UTC), datetime(2027, 3, 2, 22, 59, 59, tzinfo=UTC)
    said = {"title": "Réunion ; à, Paris\nBEGIN:VALARM", "text": "Ligne\r\nEND:VCALENDAR", "place": "Salle A"}
    date = services.save_date(network, by=facilitator, starts_at=starts, ends_at=ends, whole_days=whole_days, **said)
    client.force_login(member)

    answer = client.get(reverse("networks:date_file", args=[network.slug, date.pk]))
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")

    assert answer["Content-Type"].startswith("text/calendar")
    assert event["summary"] == date.title
    assert event["description"] == date.text
    assert event.decoded("dtstart") == (starts.date() if whole_days else starts)
    assert event.decoded("dtend") == (datetime(2027, 3, 3, tzinfo=UTC).date() if whole_days else ends)
    assert b"\r\nBEGIN:VALARM" not in answer.content
    assert answer["Cache-Control"] == "private, no-store"
