"""Time a call many times and say how long it takes, as a reader would feel it."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of a call: the middle one, and the one that only a hundredth of the calls exceeds."""

    p50: float
    p99: float
    calls: int


def time_calls(call: Callable[[], object], *, seconds: float = 3.0, least: int = 20) -> Timing:
    """Call for `seconds`, at least `least` times, after two calls that fill caches and do not count."""
    for _ in range(2):
        call()
    took: list[float] = []
    end = perf_counter() + seconds
    while len(took) < least or perf_counter() < end:
        began = perf_counter()
        call()
        took.append((perf_counter() - began) * 1000)
    took.sort()
    return Timing(took[len(took) // 2], took[min(len(took) - 1, len(took) * 99 // 100)], len(took))
