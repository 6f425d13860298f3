"""The figures as Markdown tables."""

from collections import defaultdict
from collections.abc import Iterable
from statistics import median

from config.benchmarks.acts import ActCost
from config.benchmarks.in_process import Figures
from config.benchmarks.posting import Throughput
from config.benchmarks.reading import Rate
from config.benchmarks.spaces import Cost


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


def of_pages(small: Iterable[Cost], large: Iterable[Cost]) -> str:
    """What each page asks of the database in both federations, at most; in the large one its slowest query, its time and its weight.

    Times are those of the person in the middle, queries and bytes those of who costs most.
    """
    head = ["page", "people who read it", "queries", "in the small federation", "slowest query ms", "ms", "kB"]
    few, many = _read_by_page(small), _read_by_page(large)
    return _table(
        head,
        (
            [
                page,
                len(costs),
                max(cost.queries for cost in costs),
                max(cost.queries for cost in few[page]),
                f"{median(cost.slowest for cost in costs):.0f}",
                f"{median(cost.milliseconds for cost in costs):.0f}",
                f"{max(cost.size for cost in costs) / 1000:.0f}",
            ]
            for page, costs in many.items()
        ),
    )


def _read_by_page(costs: Iterable[Cost]) -> dict[str, list[Cost]]:
    found: dict[str, list[Cost]] = defaultdict(list)
    for cost in costs:
        if cost.status == 200:
            found[cost.page].append(cost)
    return found


def of_acts(small: Iterable[ActCost], large: Iterable[ActCost]) -> str:
    """What each act costs in both federations."""
    head = ["act", "statements", "in the small federation", "ms", "in the small federation"]
    pairs = zip(large, small, strict=True)
    return _table(
        head, ([one.act, one.statements, few.statements, f"{one.milliseconds:.0f}", f"{few.milliseconds:.0f}"] for one, few in pairs)
    )


def _table(head: list[str], rows: Iterable[list[object]]) -> str:
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
