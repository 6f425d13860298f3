"""The demo is never loaded in production."""

import pytest
from django.core.management import CommandError, call_command

from users.models import User


def test_production_refuses_the_demo(db, settings):
    settings.DEMO_ALLOWED = False

    with pytest.raises(CommandError, match="refused under production settings"):
        call_command("load_demo")
    assert not User.objects.exists()
