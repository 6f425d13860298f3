"""How many visitors the real server answers, beside a bare Django view that returns the same bytes."""

import json
import re
import shutil
import subprocess
import tempfile
import urllib.request
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from config.benchmarks.filling import Subject
from config.benchmarks.server import Server, serving

ROUNDS = 5
SECONDS = 3
CLIENTS = 8
_REPORT = """
done = function(summary, latency, requests)
  io.stderr:write(string.format('{"requests":%d,"micros":%d,"errors":%d,"p99":%d}',
    summary.requests, summary.duration, summary.errors.status + summary.errors.read + summary.errors.timeout, latency:percentile(99)))
end
"""


@dataclass(frozen=True)
class Rate:
    """What one kind of request got: requests a second and microseconds of the workers' CPU, and both as ratios to the bare view."""

    what: str
    rate: float
    cpu: float
    of_bare_rate: float
    of_bare_cpu: float
    p99: float


def measure(subjects: list[Subject]) -> tuple[list[Rate], dict[int, float]]:
    """The rates, in turns so that a machine that slows down slows all; and the largest worker's megabytes by size of discussion."""
    if shutil.which("wrk") is None:
        raise RuntimeError("wrk measures how many requests a server answers. Install it with: sudo apt-get install wrk")
    memory = {subject.size: _memory_after_reading(subject) for subject in subjects[1:]}
    with serving() as site, tempfile.TemporaryDirectory() as folder:
        body = Path(folder, "page.html")
        with urllib.request.urlopen(site.url(subjects[1].url)) as answer:  # noqa: S310 (our own address)
            body.write_bytes(answer.read())
        with serving("config.benchmarks.bare:application", "/", BENCH_BODY=str(body)) as bare:
            return _in_turns(site, bare, subjects), memory


def _in_turns(site: Server, bare: Server, subjects: list[Subject]) -> list[Rate]:
    kinds: list[tuple[str, Server, str, dict[str, str]]] = [("bare Django view, the same bytes", bare, "/", {})]
    for subject in subjects[1:]:
        with urllib.request.urlopen(site.url(subject.url)) as answer:  # noqa: S310
            etag = answer.headers["ETag"]
        size = f"{subject.size:,} comments"
        kinds.append((f"{size}: page", site, subject.url, {}))
        kinds.append((f"{size}: compressed", site, subject.url, {"Accept-Encoding": "gzip"}))
        kinds.append((f"{size}: 304", site, subject.url, {"If-None-Match": etag}))
    seen: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for _round in range(ROUNDS):
        for what, server, path, headers in kinds:
            seen[what].append(_load(server, path, headers))
    of_bare = seen[kinds[0][0]]
    return [
        Rate(
            what,
            rate=median(rate for rate, _cpu, _p99 in runs),
            cpu=median(cpu for _rate, cpu, _p99 in runs),
            of_bare_rate=median(rate / bare_rate for (rate, _, _), (bare_rate, _, _) in zip(runs, of_bare, strict=True)),
            of_bare_cpu=median(bare_cpu / cpu for (_, cpu, _), (_, bare_cpu, _) in zip(runs, of_bare, strict=True)),
            p99=median(p99 for _rate, _cpu, p99 in runs),
        )
        for what, runs in seen.items()
    ]


def _load(server: Server, path: str, headers: dict[str, str]) -> tuple[float, float, float]:
    """Requests a second, microseconds of the workers' CPU for each, milliseconds that 99 % of them took at most."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_REPORT)
        script.flush()
        command = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{SECONDS}s", "-s", script.name]
        for name, value in headers.items():
            command += ["-H", f"{name}: {value}"]
        before = server.cpu()
        run = subprocess.run([*command, server.url(path)], capture_output=True, text=True, check=True)  # noqa: S603
        used = server.cpu() - before
    report = json.loads(re.search(r"\{.*\}", run.stderr).group())  # type: ignore[union-attr]
    if report["errors"]:
        raise RuntimeError(f"{path}: {report['errors']} requests failed.")
    return report["requests"] / report["micros"] * 1e6, used / report["requests"] * 1e6, report["p99"] / 1000


def _memory_after_reading(subject: Subject) -> float:
    with serving(WEB_CONCURRENCY="1") as site:
        _load(site, subject.url, {})
        _load(site, f"{subject.url}?after={'0' * 4}1", {})
        return site.memory()
