"""What happens between the door of a page and its act: the act is refused in a sentence, and never a fault."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from networks import services
from networks.exposure import exposure_of
from networks.models import AgendaDate, Membership, Network
from networks.states import Visibility

DATE = {"title": "Réunion", "first_day": "2030-05-04"}


@pytest.fixture
def meanwhile():
    """`meanwhile(act, request)`: makes a request, with somebody else's act done once it is through the door, before it writes."""

    def meanwhile(act, ask):
        done = []

        def before_writing(execute, sql, params, many, context):
            if sql.startswith("SAVEPOINT") and not done:
                done.append(sql)
                act()
            return execute(sql, params, many, context)

        with connection.execute_wrapper(before_writing):
            answer = ask()
        assert done
        return answer

    return meanwhile


@pytest.fixture
def date(network, facilitator):
    now = timezone.now()
    return services.save_date(network, by=facilitator, title="Atelier", starts_at=now, ends_at=now + timedelta(hours=1))


def ends_role(network, person):
    return lambda: Membership.objects.filter(network=network, user=person).update(role="member")


def test_a_date_of_who_no_longer_runs_the_space_is_not_kept(client, network, facilitator, meanwhile):
    client.force_login(facilitator)
    address = reverse("networks:date_new", args=[network.slug])

    answer = meanwhile(ends_role(network, facilitator), lambda: client.post(address, DATE, follow=True))

    assert "Vous ne pouvez pas faire cela dans cet espace." in answer.text
    assert not AgendaDate.objects.exists()


def test_a_date_that_was_taken_out_is_not_rewritten(client, network, facilitator, date, meanwhile):
    client.force_login(facilitator)
    address = reverse("networks:date_edit", args=[network.slug, date.pk])

    answer = meanwhile(AgendaDate.objects.all().delete, lambda: client.post(address, DATE, follow=True))

    assert "Cette date a été retirée de l’agenda entre-temps." in answer.text
    assert not AgendaDate.objects.exists()


def test_who_no_longer_runs_the_space_does_not_switch_it(client, network, facilitator, meanwhile):
    client.force_login(facilitator)
    address, seen = reverse("networks:visibility", args=[network.slug]), exposure_of(network, Visibility.PUBLIC).seen

    answer = meanwhile(ends_role(network, facilitator), lambda: client.post(address, {"after": "public", "seen": seen}, follow=True))

    assert "Vous ne pouvez pas faire cela dans cet espace." in answer.text
    assert Network.objects.get().visibility == Visibility.MEMBERS


def test_who_was_sent_away_from_a_secret_space_meanwhile_finds_nothing(client, network, facilitator, meanwhile):
    Network.objects.update(visibility=Visibility.SECRET)
    client.force_login(facilitator)
    address = reverse("networks:date_new", args=[network.slug])

    answer = meanwhile(Membership.objects.filter(user=facilitator).delete, lambda: client.post(address, DATE, follow=True))

    assert answer.status_code == 404
    assert network.name not in answer.text
