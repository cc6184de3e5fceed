"""One runner's measures as a frame."""

import math

import numpy as np
import pytest
from hypothesis import given, settings

from monitor.load.metrics import metrics
from tests.builders import history
from tests.load.strategies import HISTORY

COLUMNS = [
    "distance_km",
    "acute_load",
    "chronic_load",
    "acwr_coupled",
    "acwr_uncoupled",
    "acwr_ewma",
    "monotony",
    "strain",
    "week_to_week",
    "longest_30d_km",
    "session_spike",
    "fitness",
    "fatigue",
    "form",
    "fast_km",
    "sprint_m",
    "fast_uphill_m",
    "climb_m",
    "internal_load",
    "cadence_spm",
]


def test_the_columns_are_those_that_others_rely_on():
    assert list(metrics(history("8"))) == COLUMNS


def test_a_row_is_a_day_from_the_first_to_the_last_known_one():
    frame = metrics(history("? ? 8 ? - ?"))
    assert frame.index.name == "day"
    assert [str(day) for day in frame.index] == ["2026-03-04", "2026-03-05", "2026-03-06"]
    assert frame["distance_km"].tolist() == pytest.approx([8, math.nan, 0], nan_ok=True)


@pytest.mark.parametrize("log", ["", "? ?"])
def test_nothing_known_is_an_empty_frame(log):
    assert metrics(history(log)).shape == (0, len(COLUMNS))


def test_loads_are_kilometres_a_day():
    last = metrics(history("10 - " * 21)).iloc[-1]
    assert last["acute_load"] == pytest.approx(30 / 7)  # the last seven days hold three runs
    assert last["chronic_load"] == 5
    assert last["acwr_coupled"] == 6 / 7
    assert last["week_to_week"] == 3 / 4
    assert last["longest_30d_km"] == 10
    assert last["session_spike"] == 0


def test_a_printed_load_is_the_double_nearest_to_the_true_one():
    week = history("10.001 - 7.003 - 5.005 - 3.002")
    assert metrics(week)["acute_load"].iloc[-1] == 25_011 / 7_000


def test_strain_is_in_kilometres():
    assert metrics(history("- - - 7 - - -"))["strain"].iloc[-1] == pytest.approx(7 * 0.377964, abs=1e-5)


@given(days=HISTORY)
@settings(deadline=None, max_examples=30)
def test_numbers_are_finite_or_missing(days):
    assert not np.isinf(metrics(days).to_numpy()).any()
