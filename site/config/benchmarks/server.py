"""The real server, started for a measure, and what it uses while it answers."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TICK = os.sysconf("SC_CLK_TCK")


class Server:
    """A gunicorn and its workers."""

    def __init__(self, process: subprocess.Popen, port: int) -> None:
        self.process = process
        self.port = port

    def url(self, path: str) -> str:
        """The whole address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def workers(self) -> list[int]:
        """The processes that answer."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def cpu(self) -> float:
        """Seconds of CPU that the workers have used so far."""
        used = 0
        for pid in self.workers:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            used += int(fields[11]) + int(fields[12])
        return used / TICK

    def memory(self) -> float:
        """Megabytes that the largest worker keeps to itself."""
        return max(_private(pid) for pid in self.workers) / 1024


def _private(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Clean", "Private_Dirty")))


@contextmanager
def serving(application: str = "config.wsgi:application", ready: str = "/sante/", **environment: str) -> Iterator[Server]:
    """Serve with site/gunicorn.conf.py on a free port, as `make run` and production do, for as long as it is measured."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "site/gunicorn.conf.py", "--log-level", "error", application]
    process = subprocess.Popen(  # noqa: S603 (our own server)
        command, cwd=ROOT, env={**os.environ, "BIND": f"127.0.0.1:{port}", "WEB_CONCURRENCY": "2", "WEB_THREADS": "4", **environment}
    )
    server = Server(process, port)
    try:
        _wait_for(server.url(ready))
        yield server
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(url: str) -> None:
    for _attempt in range(300):
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 (our own address)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{url} does not answer.")
