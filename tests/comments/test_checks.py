"""What `manage.py check` says of a site that installs the discussions; the forgetful one is in tests/plugin."""

from comments.checks import check_installation

MIDDLEWARE = "comments.middleware.NetworkModeratorsMiddleware"
BACKEND = "networks.auth.NetworkModeratorBackend"


def told():
    return [message.id for message in check_installation(None)]


def test_our_own_site_forgets_nothing():
    assert told() == []


def test_letting_moderators_in_without_closing_the_other_rooms_is_an_error(settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != MIDDLEWARE]

    assert told() == ["comments.E006"]


def test_leaving_moderators_outside_is_a_warning(settings):
    settings.AUTHENTICATION_BACKENDS = [name for name in settings.AUTHENTICATION_BACKENDS if name != BACKEND]

    assert told() == ["comments.W002"]


def test_mails_without_an_address_to_lead_to_are_a_warning(settings):
    del settings.BASE_URL
    del settings.WAGTAILADMIN_BASE_URL

    assert told() == ["comments.W001"]
