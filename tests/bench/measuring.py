"""Ratios to a bare floor, measured in turn in one run, so that they hold when the machine's speed drifts."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured, its ratio to the floor (the median over pairs), the floor's milliseconds, and the bar."""

    what: str
    ratio: float
    floor: str
    bar: float
    note: str = ""

    @property
    def passed(self) -> bool:
        return self.ratio <= self.bar


def ratio(ours: Callable[[], object], floor: Callable[[], object], runs: int = 15) -> tuple[float, float, float]:
    """(median of ours / floor pair by pair, median of ours, median of the floor), times in milliseconds."""
    ours(), floor()
    pairs = [(_time(ours), _time(floor)) for _run in range(runs)]
    return (
        statistics.median(one / other for one, other in pairs),
        statistics.median(one for one, _other in pairs),
        statistics.median(other for _one, other in pairs),
    )


def table(rows: list[Measured]) -> str:
    """The rows as a table in text."""
    width = max(len(row.what) for row in rows)
    lines = [f"{'what':<{width}}  {'ratio':>6}  {'bar':>5}  {'':<4}  floor"]
    for row in rows:
        passed = "pass" if row.passed else "FAIL"
        lines.append(
            f"{row.what:<{width}}  {row.ratio:>6.2f}  {row.bar:>5.1f}  {passed}  {row.floor} {row.note}".rstrip()
        )
    return "\n".join(lines)


def _time(function: Callable[[], object]) -> float:
    start = time.perf_counter()
    function()
    return (time.perf_counter() - start) * 1000
