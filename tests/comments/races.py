"""People who act at the same moment, each over a thread and a connection of their own."""

import time
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Barrier, Event

from django.core.management import call_command
from django.db import connection, transaction

from comments.services import Refused
from networks.services import Refused as RefusedInSpace

WORKERS = 8


def together(act, arguments):
    """Call `act` with each argument, WORKERS at a time; return the results in order."""

    def in_thread(argument):
        try:
            return act(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(in_thread, arguments))


def at_once(*acts):
    """Start every act at the same moment; return what came out in order, refusals included."""
    start = Barrier(len(acts))

    def run(act):
        start.wait(10)
        try:
            return act()
        except (Refused, RefusedInSpace) as refusal:
            return refusal

    def in_thread(act):
        try:
            return run(act)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(in_thread, acts))


def meanwhile(begin, end, act):
    """Call `act` while a transaction that has done `begin` is open, which then does `end`; return what came out of both, in this order.

    On PostgreSQL the transaction goes on once `act` waits for one of its locks, which shows in what order each takes them.
    """
    begun = Event()

    def first():
        with transaction.atomic():
            begin()
            begun.set()
            _until_somebody_waits()
            return end()

    def second():
        begun.wait(10)
        return act()

    return at_once(first, second)


def _until_somebody_waits():
    ends = time.monotonic() + 5
    while connection.vendor == "postgresql" and time.monotonic() < ends:
        with connection.cursor() as asked:
            asked.execute(
                "SELECT 1 FROM pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())"
            )
            if asked.fetchone():
                return


def assert_sound():
    """Every tree and counter of every discussion holds."""
    call_command("check_threads", stdout=StringIO())
