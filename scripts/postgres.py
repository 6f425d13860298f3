"""Prints the address of a database on a PostgreSQL server where tests may create one, or nothing when none answers.

`DATABASE_URL_TEST_PG` names one; a named server that does not answer is an error. Otherwise the local server is tried, by its socket first.
usage: postgres.py [what to add to the database's name]
"""

import getpass
import os
import sys
import zlib
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg

PLACES = ["/{name}?host=/var/run/postgresql", "127.0.0.1:5432/{name}"]
NAME = f"palabre_{zlib.crc32(str(Path(__file__).resolve()).encode()):x}"
"""A name of this clone's own, so that two clones may run their tests at once."""


def may_create_databases(url: str) -> bool:
    """Whether the server answers and lets us create databases; raises psycopg.OperationalError when it does not answer."""
    with psycopg.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")), connect_timeout=3) as connection:
        row = connection.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    return bool(row and row[0])


def main(suffix: str = "") -> str:
    """The address for DATABASE_URL, or an empty text."""
    if named := os.environ.get("DATABASE_URL_TEST_PG"):
        if not may_create_databases(named):
            sys.exit("DATABASE_URL_TEST_PG: this role may not create databases (ALTER ROLE … CREATEDB).")
        parts = urlsplit(named)
        return urlunsplit(parts._replace(path=parts.path + suffix))
    for place in PLACES:
        url = f"postgres://{quote(getpass.getuser())}@{place.format(name=NAME + suffix)}"
        try:
            if may_create_databases(url):
                return url
        except psycopg.OperationalError:
            continue
    return ""


if __name__ == "__main__":
    sys.stdout.write(main(*sys.argv[1:]))
