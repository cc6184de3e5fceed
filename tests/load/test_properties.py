"""What holds for every measure and every training log."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.load.workload import acute_load, acwr_coupled, acwr_ewma, acwr_uncoupled
from tests.builders import block, history
from tests.load.measures import OF_HISTORY
from tests.load.strategies import HISTORY, KNOWN_HISTORY, prefix, same

every_measure = pytest.mark.parametrize("measure", OF_HISTORY.values(), ids=OF_HISTORY.keys())
a_few = settings(deadline=None, max_examples=30)


@every_measure
@given(days=HISTORY, cut=st.integers(0, 100))
@a_few
def test_no_measure_looks_ahead(measure, days, cut):
    whole = measure(days)
    same(measure(prefix(days, cut)), whole[:cut])


@every_measure
@given(runner=HISTORY, other=HISTORY)
@a_few
def test_a_runner_alone_is_the_same_as_in_a_block(measure, runner, other):
    length = min(len(runner.runs), len(other.runs))
    rows = block([prefix(other, length), prefix(runner, length), prefix(other, length)])
    same(measure(rows)[1], measure(prefix(runner, length)))


@every_measure
def test_no_measure_minds_an_empty_history(measure):
    assert measure(history("")).shape == (0,)


@every_measure
@given(days=HISTORY)
@a_few
def test_no_measure_changes_its_input_or_is_ever_infinite(measure, days):
    before = days.distance_m.copy(), days.longest_m.copy(), days.runs.copy()
    assert not np.isinf(measure(days)).any()
    for series, copy in zip((days.distance_m, days.longest_m, days.runs), before, strict=True):
        same(series, copy)


@pytest.mark.parametrize("acwr", [acwr_coupled, acwr_uncoupled, acwr_ewma])
@given(days=KNOWN_HISTORY)
@a_few
def test_the_unit_of_load_does_not_change_a_ratio(acwr, days):
    np.testing.assert_allclose(acwr(days.distance_m / 1609.344), acwr(days.distance_m), rtol=1e-9)


@given(days=KNOWN_HISTORY)
@a_few
def test_a_day_of_rest_never_raises_the_acute_load(days):
    rested = acute_load(np.append(days.distance_m, 0.0))
    assert not rested[-1] > rested[-2:][0]


@given(days=HISTORY)
@a_few
def test_an_unknown_day_poisons_each_week_that_holds_it(days):
    unknown = np.flatnonzero(np.isnan(days.distance_m))
    weeks = [load for n in unknown for load in acute_load(days.distance_m)[n : n + 7]]
    assert np.isnan(weeks).all()
