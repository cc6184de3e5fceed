"""One run against the longest of the 30 days before."""

import numpy as np
import pytest

from monitor.load.spikes import longest_30d, runs_30d, session_spike
from tests.builders import history


def spike(log: str) -> float:
    """The spike of a log's last day."""
    return float(session_spike(history(log))[-1])


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        pytest.param("10 - 11", 1.1, id="11,000 m after 10,000 m is 1.1 and nothing more"),
        pytest.param("16.83 - 18.513", 1.1, id="where kilometres would say 1.1000000000000003"),
        pytest.param("10 20", 2.0, id="yesterday counts"),
        pytest.param("10 -", 0, id="a day of rest is no spike"),
        pytest.param("10 5+5", 0.5, id="two runs in one day are two sessions"),
        pytest.param("6+4 8+9", 1.5, id="the longest of each day"),
        pytest.param("20 " + "8 " * 29 + "10", 0.5, id="30 days ago still counts"),
        pytest.param("20 " + "8 " * 30 + "10", 1.25, id="31 days ago does not"),
        pytest.param("10 ? ? 12", 1.2, id="unknown days between are left out"),
    ],
)
def test_a_run_over_the_longest_before_it(log, expected):
    assert spike(log) == expected


@pytest.mark.parametrize(
    "log",
    [
        pytest.param("10", id="the first run"),
        pytest.param("10 " + "- " * 30 + "21", id="a comeback after 30 days"),
        pytest.param("? 10", id="nothing known before"),
        pytest.param("10 ?", id="an unknown day"),
    ],
)
def test_with_nothing_to_compare_there_is_no_ratio(log):
    assert np.isnan(spike(log))


def test_the_longest_before_is_never_of_the_same_day():
    assert longest_30d(history("8 30 -").longest_m).tolist()[1:] == [8_000, 30_000]


def test_rest_is_no_run_to_compare_with():
    assert np.isnan(longest_30d(history("- - -").longest_m)).all()


def test_runs_of_the_30_days_before_are_counted():
    assert runs_30d(history("8+3 - ? 5 -")).tolist() == [0, 2, 2, 2, 3]
    assert runs_30d(history("8 " * 40))[[29, 30, 39]].tolist() == [29, 30, 30]
