"""Training logs that nobody wrote: rest, one run, two runs, now and then an unknown day, and what the samples held."""

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from monitor.load.daily import SERIES, History
from tests.builders import history

RUN = st.integers(100, 42_195).map(lambda distance_m: f"{distance_m / 1000:.3f}")
DAY = st.one_of(st.just("-"), RUN, RUN, st.tuples(RUN, RUN).map("+".join))
LOG = st.lists(st.one_of(DAY, DAY, DAY, st.just("?")), min_size=1, max_size=100).map(" ".join)
KNOWN_LOG = st.lists(DAY, min_size=1, max_size=100).map(" ".join)

SEED = st.integers(0, 2**32 - 1)
WHOLE = {
    "fast_m": 3_000,
    "sprint_m": 300,
    "fast_uphill_m": 1_500,
    "internal_load": 2_000,
    "by_time_s": 10_000,
    "climb_m": 800,
    "hard_marked": 1,
    "race": 1,
}
BETWEEN = {
    "start_h": (0, 24),
    "cadence_spm": (150, 190),
    "cadence_mps": (2.2, 4.5),
    "cadence_grade": (-0.02, 0.02),
    "cadence_fade": (0.85, 1.05),
    "pace_fade": (0.85, 1.05),
    "heartrate_fade": (0.93, 1.07),
}


def lived(log: str, seed: int) -> History:
    """The log with everything else that a day can hold; one value in ten is unknown, one day in twenty excused.

    On one day in ten the runner told how it felt.
    """
    plain, any_ = history(log), np.random.default_rng(seed)
    days = len(plain.runs)
    drawn = {name: any_.integers(0, most, days, endpoint=True).astype(float) for name, most in WHOLE.items()}
    drawn |= {name: any_.uniform(*ends, days) for name, ends in BETWEEN.items()}
    drawn = {name: np.where(any_.random(days) < 0.1, np.nan, values) for name, values in drawn.items()}
    rest = {name: getattr(plain, name) for name in drawn}
    excused = np.where(any_.random(days) < 0.05, 1.0, plain.excused)
    checked_in = np.where(any_.random(days) < 0.1, 1.0, plain.checked_in)
    told = {"checked_in": checked_in, "pain": checked_in * any_.integers(0, 11, days, endpoint=True)}
    return replace(
        plain,
        excused=excused,
        **told,
        **{name: np.where(plain.runs > 0, drawn[name], rest[name]) for name in drawn},
    )


HISTORY = st.builds(lived, LOG, SEED)
KNOWN_HISTORY = st.builds(lived, KNOWN_LOG, SEED)


def prefix(one: History, days: int) -> History:
    """What was known at the end of the first *days* days."""
    return History(one.first_day, **{name: getattr(one, name)[..., :days] for name in SERIES})


def same(one: np.ndarray, other: np.ndarray) -> None:
    """Equal bit for bit, NaN in the same places."""
    np.testing.assert_array_equal(one, other, strict=True)
