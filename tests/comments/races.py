"""People who act at the same moment, each over a thread and a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Barrier

from django.core.management import call_command
from django.db import connection

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


def assert_sound():
    """Every tree and counter of every discussion holds."""
    call_command("check_threads", stdout=StringIO())
