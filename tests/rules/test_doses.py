"""What holds for every rule that weighs one series of doses: with histories that have long known stretches."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.load.daily import History
from monitor.rules.climb_spike import RULE as CLIMB_SPIKE
from monitor.rules.fast_running_spike import RULE as FAST_RUNNING_SPIKE
from monitor.rules.fast_uphill import RULE as FAST_UPHILL
from monitor.rules.first_fast_running import RULE as FIRST_FAST_RUNNING
from monitor.rules.hard_day_spacing import RULE as HARD_DAY_SPACING
from monitor.rules.sprint_jump import RULE as SPRINT_JUMP
from tests.builders import block, history
from tests.load.strategies import prefix, same

DOSE_OF = [
    (CLIMB_SPIKE, "climb_m"),
    (FAST_RUNNING_SPIKE, "fast_m"),
    (FAST_UPHILL, "fast_uphill_m"),
    (FIRST_FAST_RUNNING, "fast_m"),
    (SPRINT_JUMP, "sprint_m"),
]
every_dose = pytest.mark.parametrize(("rule", "series"), DOSE_OF, ids=lambda part: getattr(part, "name", part))
DOSES = st.lists(st.sampled_from([0] * 30 + [60, 120, 350, 500, 900, 2500] * 2 + [np.nan]), min_size=30, max_size=150)
some = settings(deadline=None, max_examples=50)


def dosed(series: str, doses: list[float]) -> History:
    return history("8 " * len(doses), **{series: doses})


@every_dose
@given(doses=DOSES, more=st.integers(0, 5000))
@some
def test_more_of_it_today_never_lowers_the_level(rule, series, doses, more):
    today = np.nan_to_num(doses[-1])
    less, rest = rule.measure(dosed(series, [*doses[:-1], today]))[-1], doses[:-1]
    raised = rule.measure(dosed(series, [*rest, today + more]))[-1]
    assert np.isnan(raised) or rule.level(raised) >= rule.level(less)


@every_dose
@given(doses=DOSES, cut=st.integers(0, 150))
@some
def test_no_dose_of_tomorrow_changes_today(rule, series, doses, cut):
    days = dosed(series, doses)
    same(rule.measure(prefix(days, cut)), rule.measure(days)[:cut])


@every_dose
@given(doses=DOSES)
@some
def test_a_runner_in_a_block_is_the_runner_alone(rule, series, doses):
    days = dosed(series, doses)
    same(rule.measure(block([dosed(series, doses[::-1]), days]))[1], rule.measure(days))


@every_dose
@given(doses=DOSES)
@some
def test_a_measure_is_finite_or_unknown_and_never_below_nothing(rule, series, doses):
    measure = rule.measure(dosed(series, doses))
    assert not (measure < 0).any()
    assert not np.isinf(measure).any()


@given(doses=DOSES)
@some
def test_hard_sessions_are_counted_only_on_hard_days(doses):
    days = dosed("fast_m", doses)
    counted = HARD_DAY_SPACING.measure(days)
    assert (days.fast_m[counted > 0] >= 800).all()
    assert (counted[counted > 0] >= 2).all()
