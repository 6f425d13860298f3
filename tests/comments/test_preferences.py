"""The choice of mails in the profile: where it is kept, and what becomes of it with the account."""

import re

from allauth.account.models import EmailAddress

from comments import personal_data, services
from comments.models import NoticeRefusal, OutgoingMail


def test_the_profile_stops_and_starts_the_mails(client, reader):
    client.force_login(reader)
    profile = {"display_name": "Lectrice", "language": "fr"}
    assert re.search(r'name="notices"[^>]* checked', client.get("/compte/profil/").text)

    client.post("/compte/profil/", profile)
    assert NoticeRefusal.objects.get().email == reader.email
    assert "checked" not in client.get("/compte/profil/").text

    client.post("/compte/profil/", {**profile, "notices": "on"})
    assert not NoticeRefusal.objects.exists()


def test_a_profile_that_is_refused_changes_no_preference(client, reader):
    client.force_login(reader)

    client.post("/compte/profil/", {"display_name": "", "language": "fr"})

    assert not NoticeRefusal.objects.exists()


def test_a_refusal_follows_an_account_to_its_new_address(client, reader):
    old = EmailAddress.objects.create(user=reader, email=reader.email, verified=True, primary=True)
    new = EmailAddress.objects.create(user=reader, email="nouvelle@example.org", verified=True)
    services.refuse_notices(old.email)
    client.force_login(reader)

    client.post("/compte/email/", {"action_primary": "", "email": new.email})

    reader.refresh_from_db()
    assert reader.email == "nouvelle@example.org"
    assert NoticeRefusal.objects.of("nouvelle@example.org").exists()


def test_a_person_takes_their_refusal_along_and_it_goes_with_the_account(reader):
    services.refuse_notices(reader.email)
    OutgoingMail.objects.create(kind="reply", event="reply:1", recipient=reader.email.upper())
    assert personal_data.export(reader)["refuses_notices"] is True

    personal_data.erase(reader)

    assert personal_data.export(reader)["refuses_notices"] is False
    assert not OutgoingMail.objects.exists()
