"""Planning consultations in the Wagtail admin."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, PageViewRestriction

from comments.models import Consultation
from tests.comments.consultations.conftest import DAY
from tests.factories import published_article

FORM = "%Y-%m-%d %H:%M"


@pytest.fixture
def filled_in(chapter):
    """`filled_in(…)`: the form as an editor fills it in."""

    def filled_in(**changes):
        now = timezone.localtime()
        return {
            "title": "Vos priorités",
            "words": "",
            "opens_at": (now + DAY).strftime(FORM),
            "closes_at": (now + 30 * DAY).strftime(FORM),
            "only_between": "on",
            "remind_days": "7",
            "chapters": [chapter.pk],
            **changes,
        }

    return filled_in


def test_an_editor_plans_changes_and_calls_off(client, editor, filled_in, chapter, other_chapter):
    client.force_login(editor)
    client.post(reverse("consultations:add"), filled_in())
    consultation = Consultation.objects.get()
    assert [discussion.target for discussion in consultation.discussions.all()] == [chapter]

    edit = reverse("consultations:edit", args=[consultation.pk])
    assert f'value="{chapter.pk}"' in client.get(edit).text
    client.post(edit, filled_in(title="Autre titre", chapters=[other_chapter.pk]))
    consultation.refresh_from_db()
    assert consultation.title == "Autre titre"
    assert [discussion.target for discussion in consultation.discussions.all()] == [other_chapter]
    assert "Autre titre" in client.get(reverse("consultations:index")).text
    assert client.get(reverse("consultations:history", args=[consultation.pk])).status_code == 200

    client.post(reverse("consultations:delete", args=[consultation.pk]))
    assert not Consultation.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"closes_at": "2020-01-01 10:00"}, "fermerait avant"),
        ({"closes_at": "2099-01-01 10:00"}, "plus de cinq ans"),
        ({"chapters": []}, "Champ requis"),
        ({"remind_days": "40"}, "partirait avant"),
        ({"remind_days": "200", "closes_at": "2030-01-01 10:00"}, "90"),
        ({"opens_at": "demain"}, "date"),
    ],
)
def test_what_cannot_be_is_said_at_the_form_and_kept(client, editor, filled_in, changes, sentence):
    client.force_login(editor)

    page = client.post(reverse("consultations:add"), filled_in(title="Mon titre", **changes))

    assert page.status_code == 200
    assert sentence in page.text
    assert "Mon titre" in page.text
    assert not Consultation.objects.exists()


def test_chapters_of_others_and_pages_that_are_no_chapters_are_not_offered(client, editor, filled_in, admin):
    from tests.factories import standard_page

    client.force_login(editor)
    page = client.post(reverse("consultations:add"), filled_in(chapters=[standard_page().pk]))

    assert page.status_code == 200
    assert not Consultation.objects.exists()


@pytest.mark.parametrize("person", ["writer", "moderator", "network_moderator", "facilitator", "reader"])
def test_who_publishes_nothing_plans_nothing(request, client, filled_in, planned, person):
    consultation = planned()
    client.force_login(request.getfixturevalue(person))

    for address in (
        reverse("consultations:index"),
        reverse("consultations:add"),
        reverse("consultations:edit", args=[consultation.pk]),
        reverse("consultations:delete", args=[consultation.pk]),
    ):
        assert client.get(address).status_code == 302
        client.post(address, filled_in(title="À moi"))

    assert Consultation.objects.get().title == "Vos priorités"


def test_the_list_asks_the_same_of_few_and_of_many(client, editor, planned, django_assert_max_num_queries):
    planned()
    client.force_login(editor)
    address = reverse("consultations:index")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    number = len(few)
    for each in range(8):
        planned(chapters=(published_article(f"Chapitre {each}"),), closes=20 + each)
    assert number <= 20
    with django_assert_max_num_queries(number):
        client.get(address)


@pytest.mark.parametrize(
    "changes",
    [
        {"opens_at": "0001-01-01 00:00", "closes_at": "0001-01-03 00:00"},
        {"opens_at": "0001-01-01 00:00", "remind_days": ""},
        {"opens_at": "0100-01-01 00:00"},
        {"closes_at": "9999-12-31 23:59"},
    ],
)
def test_years_that_nobody_means_are_refused_at_the_form(client, editor, filled_in, changes):
    client.force_login(editor)

    page = client.post(reverse("consultations:add"), filled_in(**changes))

    assert "entre 2000 et 8999" in page.text
    assert not Consultation.objects.exists()


def test_a_reminder_beyond_all_numbers_is_refused_at_the_form(client, editor, filled_in):
    client.force_login(editor)

    page = client.post(reverse("consultations:add"), filled_in(remind_days="9" * 20))

    assert "90 jours avant" in page.text
    assert not Consultation.objects.exists()


@pytest.mark.parametrize("closed_by", ["unpublishing", "password"])
def test_correcting_a_title_keeps_chapters_withdrawn_since(client, editor, filled_in, planned, chapter, other_chapter, closed_by):
    consultation = planned(chapters=(chapter, other_chapter))
    if closed_by == "password":
        PageViewRestriction.objects.create(page=chapter, restriction_type="password", password="sésame")
    else:
        chapter.unpublish()
    client.force_login(editor)
    edit = reverse("consultations:edit", args=[consultation.pk])

    ticked = [page.pk for page in client.get(edit).context["form"].initial["chapters"]]
    client.post(edit, filled_in(title="Corrigé", chapters=ticked))

    consultation.refresh_from_db()
    assert consultation.title == "Corrigé"
    assert consultation.discussions.count() == 2


def test_who_publishes_other_chapters_alone_opens_no_form_of_this_one(client, planned, other_chapter, writer):
    consultation = planned()
    publish = Permission.objects.get(codename="publish_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=writer.groups.get(), page=other_chapter, permission=publish)
    client.force_login(writer)

    assert client.get(reverse("consultations:add")).status_code == 200
    for name in ("edit", "delete"):
        address = reverse(f"consultations:{name}", args=[consultation.pk])
        assert client.get(address).status_code == 302
        assert client.post(address).status_code == 302
    assert Consultation.objects.get() == consultation
