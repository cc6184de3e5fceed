"""A stretch of days out of a series."""

from datetime import date

import numpy as np
import pytest

from monitor.load.stretch import stretch
from tests.builders import history

LOG = history("1 2 3", date(2026, 3, 2))


@pytest.mark.parametrize(
    ("last", "days", "found"),
    [
        pytest.param(date(2026, 3, 4), 2, [2000, 3000], id="the last two"),
        pytest.param(date(2026, 3, 3), 1, [2000], id="one within"),
        pytest.param(date(2026, 3, 2), 2, [np.nan, 1000], id="days before the history are not known"),
        pytest.param(date(2026, 3, 5), 2, [3000, np.nan], id="nor are days after it"),
        pytest.param(date(2026, 3, 8), 7, [1000, 2000, 3000, *[np.nan] * 4], id="more than it holds"),
        pytest.param(date(2026, 1, 1), 1, [np.nan], id="long before"),
        pytest.param(date(2027, 1, 1), 1, [np.nan], id="long after"),
    ],
)
def test_a_stretch_has_as_many_days_as_asked_for(last, days, found):
    assert stretch(LOG, LOG.distance_m, last, days) == pytest.approx(found, nan_ok=True)
