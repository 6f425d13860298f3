"""Mails of the account speak in the name of the site."""


def test_a_mail_of_the_account_names_the_site_and_its_address(client, reader, mailoutbox, settings):
    settings.BASE_URL = "https://guide.federation.test"

    client.post("/compte/password/reset/", {"email": reader.email})

    [mail] = mailoutbox
    assert "Palabre" in mail.body
    assert "guide.federation.test" in mail.body
    assert "example.com" not in mail.body + mail.subject
