"""Sessions in the database, as Django keeps them."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db.models import DateTimeField
from django.utils import timezone

from networks.cursors import asking_first
from networks.prepared import Parameter, PreparedQuery

_SESSION = PreparedQuery(
    lambda: SessionStore.get_model_class().objects.filter(session_key=Parameter("key"), expire_date__gt=Parameter("now", DateTimeField()))
)


class SessionStore(DatabaseStore):
    """A cookie that holds no key of ours is no session, rather than an error of PostgreSQL, which refuses NUL bytes."""

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        """As Django does, for every request of somebody signed in."""
        found = asking_first(lambda: _SESSION.first(key=self.session_key, now=timezone.now()))
        if found is None:
            self._session_key = None
        return found

    def _validate_session_key(self, key: str) -> bool:
        return super()._validate_session_key(key) and key.isascii() and key.isalnum()
