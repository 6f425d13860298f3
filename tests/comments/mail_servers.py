"""Mail servers in each of their moods, as real e-mail backends; what leaves is in `django.core.mail.outbox`."""

import smtplib

from django.core.mail.backends.locmem import EmailBackend
from django.db import connection


class ClosedServer(EmailBackend):
    """Down: nobody answers at its door."""

    def open(self):
        raise ConnectionRefusedError("nobody listens")


class CountingServer(EmailBackend):
    """Works, and counts how often it was rung up."""

    calls = 0

    def open(self):
        CountingServer.calls += 1


class StrictServer(EmailBackend):
    """Knows that the address does not exist."""

    code = 550

    def send_messages(self, email_messages):
        raise smtplib.SMTPRecipientsRefused({"eve@example.org": (self.code, b"no such user")})


class GreylistingServer(StrictServer):
    """Asks to come back later."""

    code = 450


class MoodyServer(EmailBackend):
    """Hangs up at the sight of one address."""

    def send_messages(self, email_messages):
        if email_messages[0].to == ["eve0@example.org"]:
            raise smtplib.SMTPServerDisconnected("please run connect() first")
        return super().send_messages(email_messages)


class LastWordServer(EmailBackend):
    """Takes the mail, and our process is killed before it hears of that."""

    def send_messages(self, email_messages):
        super().send_messages(email_messages)
        raise SystemExit


class WatchfulServer(EmailBackend):
    """Notes whether who talks to it keeps a connection to the database meanwhile."""

    holds_database: list[bool] = []

    def send_messages(self, email_messages):
        self.holds_database.append(connection.connection is not None)
        return super().send_messages(email_messages)
