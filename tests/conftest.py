"""The cast: one person for each role, the same in every test; and what tests with real transactions need."""

import gc

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import TransactionTestCase

from comments.spam import weights
from comments.visitors import pages
from tests import cast, kept_rows

REAL_TRANSACTIONS = {"transactional_db", "live_server"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Run tests with real transactions last, whatever groups them: they are the slow ones."""
    items.sort(key=_has_real_transactions)


def pytest_collection_finish():
    """Spare the garbage collector what stays until the end: the code, the settings, the tests; and let it come by less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


def _has_real_transactions(item):
    marker = item.get_closest_marker("django_db")
    return bool(REAL_TRANSACTIONS & set(item.fixturenames) or (marker and marker.kwargs.get("transaction")))


@pytest.fixture(scope="session")
def _browser_before_database(request):
    """Start the browser's driver first: it changes the context that Django finds its connections by."""
    if any("playwright" in item.fixturenames for item in request.session.items):
        request.getfixturevalue("playwright")


@pytest.fixture(scope="session")
def django_db_setup(_browser_before_database, django_db_setup, django_db_blocker):
    """Put back what migrations wrote after each test with real transactions, where Django would leave every table empty."""
    with django_db_blocker.unblock():
        put_back = kept_rows.keep()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: put_back())
        yield


@pytest.fixture(scope="module")
def rows_of_module(django_db_setup, django_db_blocker):
    """A transaction around all tests of a module, for a fixture of the same scope to write in what each of them starts from."""
    around = transaction.atomic()
    around._from_testcase = True  # durable blocks pass through it, as through the transaction of one test
    with django_db_blocker.unblock():
        around.__enter__()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def _empty_cache():
    """Each test starts with an empty cache: nobody has posted too often yet, no page is kept."""
    cache.clear()
    pages.forget_all()
    weights.forget()


@pytest.fixture
def network(db):
    """A members-only network."""
    return cast.network()


@pytest.fixture
def other_network(db):
    """A network that none of the first network's people belongs to."""
    return cast.other_network()


@pytest.fixture
def reader(db):
    """An account that belongs to no network."""
    return cast.reader()


@pytest.fixture
def member(network):
    """A member of the first network."""
    return cast.member(network)


@pytest.fixture
def facilitator(network):
    """The facilitator of the first network."""
    return cast.facilitator(network)


@pytest.fixture
def network_moderator(network):
    """A moderator of the first network only."""
    return cast.network_moderator(network)


@pytest.fixture
def other_moderator(other_network):
    """A moderator of the other network only."""
    return cast.other_moderator(other_network)


@pytest.fixture
def moderator(db):
    """A global moderator."""
    return cast.moderator()


@pytest.fixture
def admin(db):
    """An administrator."""
    return cast.admin()


@pytest.fixture
def editor(db):
    """Someone who writes the guide in the admin and moderates nothing."""
    return cast.editor()
