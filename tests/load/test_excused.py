"""What a runner told excuses days."""

from datetime import date

import pytest

from monitor.load.excused import excused_spans
from monitor.model import Event, EventKind

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 8)


@pytest.mark.parametrize("kind", [EventKind.TAPER, EventKind.ILLNESS, EventKind.HOLIDAY])
def test_an_event_excuses_its_own_days(kind):
    assert excused_spans([Event(kind, FIRST, LAST)]) == [(FIRST, LAST)]


def test_a_race_excuses_the_week_after_it_too():
    assert excused_spans([Event(EventKind.RACE, LAST, LAST)]) == [(LAST, date(2026, 3, 15))]


def test_spans_come_in_the_order_of_their_first_day():
    later = Event(EventKind.HOLIDAY, LAST, LAST)
    assert excused_spans([later, Event(EventKind.TAPER, FIRST, FIRST)]) == [(FIRST, FIRST), (LAST, LAST)]


def test_nothing_told_excuses_nothing():
    assert excused_spans([]) == []
