"""The figures as Markdown tables."""

from collections.abc import Iterable

from config.benchmarks.in_process import Figures
from config.benchmarks.posting import Throughput
from config.benchmarks.reading import Rate


def of_costs(figures: list[Figures]) -> str:
    """What each act costs one process."""
    head = ["one process", "queries", "p50 ms", "p95 ms", "CPU ms"]
    return _table(head, ([one.act, one.queries, f"{one.p50:.1f}", f"{one.p95:.1f}", f"{one.cpu:.1f}"] for one in figures))


def of_rates(rates: list[Rate]) -> str:
    """What the server answers visitors with."""
    head = ["8 visitors", "requests/s", "of the bare view", "CPU µs", "of the bare view’s CPU", "p99 ms"]
    return _table(
        head,
        (
            [one.what, f"{one.rate:.0f}", f"{one.of_bare_rate:.0%}", f"{one.cpu:.0f}", f"{one.of_bare_cpu:.0%}", f"{one.p99:.1f}"]
            for one in rates
        ),
    )


def of_posts(throughputs: list[Throughput]) -> str:
    """What the server stores."""
    head = ["posting", "posts/s", "p50 ms", "p99 ms", "slowest ms"]
    return _table(head, ([one.what, f"{one.rate:.0f}", f"{one.p50:.1f}", f"{one.p99:.1f}", f"{one.slowest:.0f}"] for one in throughputs))


def of_memory(memory: dict[int, float]) -> str:
    """What a worker keeps after reading."""
    return _table(
        ["a worker that served", "private MB"], ([f"{size:,} comments", f"{megabytes:.1f}"] for size, megabytes in memory.items())
    )


def _table(head: list[str], rows: Iterable[list[object]]) -> str:
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
