"""The list of runs: what is told of each beside its distance and time."""

from dataclasses import replace
from datetime import date

import pytest

from monitor.load.duplicates import Counted
from monitor.load.fast_speed import FastSpeed
from monitor.model import Flag, Verdict
from monitor.store.people import Person
from monitor.store.view import Judged
from monitor.web.runs import listed
from tests.builders import activity
from tests.web.samples import samples

TODAY = date(2026, 3, 2)
ADA = Person(1, "Ada", "ada@example.org", "UTC", 1, "Harriers")
RUN = activity(climb_m=75.0)
FAST = FastSpeed(4.4, "set", 0, None)


def told(run=RUN, found=None, fast=FAST):
    """Climb and fast metres of the only run."""
    exposures = {} if found is None else {run.key: found}
    judged = Judged(ADA, TODAY, Verdict(TODAY, None), None, (), (), fast_speed=fast, exposures=exposures)
    [only] = listed(judged, [Counted(run)])
    return only.climb_m, only.fast_m


def test_samples_tell_climb_and_fast_metres():
    assert told(found=samples(fast_m=300)) == (90, 300)


def test_without_samples_the_climb_is_what_the_source_told_and_fast_running_is_not_known():
    assert told() == (75, None)


def test_samples_without_altitude_leave_the_climb_to_the_source():
    assert told(found=replace(samples(fast_m=0), climb_m=None)) == (75, 0)


def test_without_a_fast_speed_fast_running_is_not_known():
    assert told(found=samples(fast_m=300), fast=None) == (90, None)


@pytest.mark.parametrize("indoors", [{"flags": frozenset({Flag.TREADMILL})}, {"sport": "VirtualRun"}])
def test_indoors_there_is_no_climb_to_tell(indoors):
    assert told(activity(climb_m=75.0, **indoors), samples(fast_m=300)) == (None, 300)


def test_a_run_whose_distance_cannot_be_used_tells_no_fast_running():
    assert told(activity(flags=frozenset({Flag.TOO_FAST})), samples(fast_m=9_000)) == (90, None)
