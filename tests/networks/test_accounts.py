"""What is shown of people whatever the site's model of account: here the default one of Django, unsaved."""

import pytest
from django.template import Context, Template

from networks.accounts import language_of, name_of, sign_in_url


class Account:
    """An account as Django's default model answers."""

    def __init__(self, full_name="", username=""):
        self.full_name, self.username = full_name, username

    def get_full_name(self):
        return self.full_name

    def get_username(self):
        return self.username


@pytest.mark.parametrize(
    ("account", "name"),
    [
        (Account("Ève Martin", "eve"), "Ève Martin"),
        (Account("", "eve"), "eve"),
        (Account("", "eve@example.org"), "Quelqu’un"),
    ],
)
def test_people_are_called_by_their_name_and_never_by_an_address(account, name):
    assert name_of(account) == name


def test_nobody_has_no_name():
    assert Template("{% load networks_tags %}{{ nobody|name_of }}").render(Context({"nobody": None})) == ""


def test_the_language_is_the_accounts_own(reader):
    reader.language = "en"

    assert language_of(reader) == "en"
    assert language_of(Account()) == ""


def test_signing_in_leads_back(settings):
    settings.LOGIN_URL = "/entrer/"

    assert sign_in_url("/réseaux/?a=b") == "/entrer/?next=/r%C3%A9seaux/%3Fa%3Db"
