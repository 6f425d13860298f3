"""The identification log in the admin: asked for with a reason, by the few who may, and shown to nobody else."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from comments import services
from comments.models import IdentificationLook, IdentificationRecord
from comments.models.identification import Act
from comments.origins import Origin
from comments.services.identification import note_origin

FROM = Origin("203.0.113.77", 40123)
OTHERS = ["reader", "editor", "member", "facilitator", "network_moderator", "other_moderator", "moderator"]


@pytest.fixture
def written(here):
    """A comment of the first network, and from where it was written."""
    note_origin(here, Act.POSTED, FROM)
    return here


@pytest.fixture
def officer(moderator):
    """A global moderator who was given the right to look."""
    moderator.user_permissions.add(Permission.objects.get(codename="look_into_identificationrecord"))
    return moderator


def address(name, comment):
    return reverse(f"identification:{name}", args=[comment.pk])


@pytest.mark.parametrize("who", ["admin", "officer"])
def test_the_data_are_shown_after_a_reason_and_the_look_is_written_down(client, request, who, written):
    client.force_login(request.getfixturevalue(who))

    before = client.get(address("comment", written))
    after = client.post(address("comment", written), {"reason": "Réquisition 2026/12"})

    assert FROM.ip not in before.text
    assert FROM.ip in after.text
    assert "40123" in after.text
    assert "no-store" in after["Cache-Control"]
    assert IdentificationLook.objects.get().reason == "Réquisition 2026/12"


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_without_a_reason_nothing_is_shown_and_what_was_typed_stays(client, admin, written, reason):
    client.force_login(admin)

    answer = client.post(address("comment", written), {"reason": reason})

    assert FROM.ip not in answer.text
    assert answer.context["form"].errors["reason"]
    assert reason.strip() in answer.text
    assert not IdentificationLook.objects.exists()


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("name", ["comment", "hold"])
def test_nobody_else_gets_in(client, request, who, name, written):
    client.force_login(request.getfixturevalue(who))

    for answer in [client.get(address(name, written)), client.post(address(name, written), {"reason": "Curiosité", "act": "hold"})]:
        assert answer.status_code in {302, 403, 404}
        assert FROM.ip not in answer.text
    assert not IdentificationLook.objects.exists()
    assert not IdentificationRecord.objects.filter(held=True).exists()


def test_a_network_moderator_with_the_right_stays_outside_all_the_same(client, network_moderator, written):
    network_moderator.user_permissions.add(Permission.objects.get(codename="look_into_identificationrecord"))
    client.force_login(network_moderator)

    answer = client.post(address("comment", written), {"reason": "Curiosité"})

    assert answer.status_code in {302, 403}
    assert not IdentificationLook.objects.exists()


@pytest.mark.parametrize(("who", "sees"), [("admin", True), ("officer", True), ("network_moderator", False)])
def test_a_comments_page_leads_there_only_for_those_who_may_look(client, request, who, sees, written):
    client.force_login(request.getfixturevalue(who))

    page = client.get(reverse("moderation:inspect", args=[written.pk]))

    assert (address("comment", written) in page.text) is sees
    assert FROM.ip not in page.text


def test_moderators_find_no_address_in_queue_history_or_export(client, admin, moderator, written):
    services.look_into(written, by=admin, reason="Réquisition 2026/12")
    services.hold(written, by=admin, reason="Réquisition 2026/12")
    client.force_login(moderator)
    pages = [
        reverse("moderation:index"),
        reverse("moderation:inspect", args=[written.pk]),
        reverse("moderation:history", args=[written.pk]),
        f"{reverse('moderation:index')}?export=csv",
        "/admin/reports/site-history/",
    ]

    for page in pages:
        answer = client.get(page)
        body = answer.getvalue().decode() if answer.streaming else answer.text
        assert FROM.ip not in body
        assert "2026/12" not in body


def test_a_hold_is_put_on_and_lifted_with_a_reason(client, admin, written):
    client.force_login(admin)

    client.post(address("hold", written), {"reason": "Réquisition 2026/12", "act": "hold"})
    assert IdentificationRecord.objects.get().held
    assert "gel" in client.get(address("comment", written)).text

    client.post(address("hold", written), {"reason": "Levée", "act": "release"})
    assert not IdentificationRecord.objects.get().held
    assert [look.kind for look in IdentificationLook.objects.order_by("pk")] == ["held", "released"]


def test_a_hold_on_nothing_is_refused_in_a_sentence(client, admin, here):
    client.force_login(admin)

    answer = client.post(address("hold", here), {"reason": "Réquisition", "act": "hold"})

    assert "il n’y a rien à geler" in answer.text


def test_those_who_may_look_read_who_looked(client, admin, officer, written):
    services.look_into(written, by=admin, reason="Réquisition 2026/12")
    client.force_login(officer)

    page = client.get(reverse("identification:index"))

    assert "Réquisition 2026/12" in page.text
    assert "Administration" in page.text or admin.email in page.text
    assert FROM.ip not in page.text


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_reads_who_looked(client, request, who, admin, written):
    services.look_into(written, by=admin, reason="Réquisition 2026/12")
    client.force_login(request.getfixturevalue(who))

    for name in ["index", "index_results"]:
        answer = client.get(reverse(f"identification:{name}"))
        assert answer.status_code in {302, 403}
    assert "Réquisition" not in answer.text


def test_the_list_of_looks_costs_the_same_for_one_and_for_many(client, admin, written, django_assert_num_queries):
    client.force_login(admin)
    services.look_into(written, by=admin, reason="Un")
    client.get(reverse("identification:index"))
    with django_assert_num_queries(100, exact=False) as few:
        client.get(reverse("identification:index"))
    for number in range(10):
        services.look_into(written, by=admin, reason=f"Encore {number}")

    with django_assert_num_queries(len(few)):
        client.get(reverse("identification:index"))


def test_the_right_is_offered_to_groups(client, admin):
    client.force_login(admin)

    assert "Peut consulter le journal d’identification" in client.get(reverse("wagtailusers_groups:add")).text


def test_a_comment_nobody_may_decide_about_has_no_page(client, admin):
    client.force_login(admin)

    assert client.get(reverse("identification:comment", args=[999_999])).status_code == 404
