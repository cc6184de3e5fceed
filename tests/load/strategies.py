"""Training logs that nobody wrote: rest, one run, two runs, and now and then an unknown day."""

import numpy as np
from hypothesis import strategies as st

from monitor.load.daily import SERIES, History
from tests.builders import history

RUN = st.integers(100, 42_195).map(lambda distance_m: f"{distance_m / 1000:.3f}")
DAY = st.one_of(st.just("-"), RUN, RUN, st.tuples(RUN, RUN).map("+".join))
LOG = st.lists(st.one_of(DAY, DAY, DAY, st.just("?")), min_size=1, max_size=100).map(" ".join)
KNOWN_LOG = st.lists(DAY, min_size=1, max_size=100).map(" ".join)

HISTORY = LOG.map(history)
KNOWN_HISTORY = KNOWN_LOG.map(history)


def prefix(one: History, days: int) -> History:
    """What was known at the end of the first *days* days."""
    return History(one.first_day, **{name: getattr(one, name)[..., :days] for name in SERIES})


def same(one: np.ndarray, other: np.ndarray) -> None:
    """Equal bit for bit, NaN in the same places."""
    np.testing.assert_array_equal(one, other, strict=True)
