"""All rules over one training log, and what each finding rests on."""

from datetime import date, timedelta

from monitor.load.training import Known, training
from monitor.model import Finding, Origin
from monitor.rules import RULES
from monitor.rules.assessing import assessed
from tests.builders import FIRST_DAY, activities

SPIKES = f"{'8 - 8 - 6 10 - ' * 5}16"
LAST = FIRST_DAY + timedelta(days=35)


def found(*told_by: Origin, **given: object) -> Finding:
    """The spike of the last day, where these origins told the runs, one after the other."""
    runs = activities(SPIKES, origin=Origin.EXPORT)
    runs = [run for run in runs if run.day < LAST] + activities("16", LAST, origin=told_by[-1])
    known = Known(tuple(runs), ((FIRST_DAY, LAST),), **given)  # type: ignore[arg-type]
    [spike] = [each for each in assessed(training(known), RULES, LAST, LAST) if each.rule == "single_session_spike"]
    return spike


def test_a_finding_rests_on_every_origin_that_told_of_a_run_by_then() -> None:
    assert found(Origin.EXPORT).origins == {Origin.EXPORT}
    assert found(Origin.STRAVA).origins == {Origin.EXPORT, Origin.STRAVA}


def test_a_finding_rests_on_whoever_told_that_a_day_was_rest() -> None:
    since: dict[Origin, date] = {Origin.STRAVA: FIRST_DAY}
    assert found(Origin.EXPORT, told_since=since).origins == {Origin.EXPORT, Origin.STRAVA}


def test_a_finding_does_not_rest_on_what_was_told_later() -> None:
    since = {Origin.STRAVA: LAST + timedelta(days=1)}
    assert found(Origin.EXPORT, told_since=since).origins == {Origin.EXPORT}
