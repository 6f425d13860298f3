"""Planning consultations in the Wagtail admin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

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
        ({"chapters": []}, "Champ requis"),
        ({"remind_days": "40"}, "partirait avant"),
        ({"remind_days": "200", "closes_at": "2099-01-01 10:00"}, "90"),
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


@pytest.mark.parametrize("how", ["withdrawn", "restricted"])
def test_a_chapter_that_is_not_offered_any_more_stays_where_it_is(client, editor, planned, filled_in, chapter, other_chapter, how):
    consultation = planned(chapters=(chapter, other_chapter))
    if how == "withdrawn":
        chapter.unpublish()
    else:
        PageViewRestriction.objects.create(page=chapter, restriction_type=PageViewRestriction.PASSWORD, password="mot")
    client.force_login(editor)

    client.post(reverse("consultations:edit", args=[consultation.pk]), filled_in(title="Corrigée", chapters=[other_chapter.pk]))

    consultation.refresh_from_db()
    assert consultation.title == "Corrigée"
    assert {discussion.target for discussion in consultation.discussions.all()} == {chapter, other_chapter}
