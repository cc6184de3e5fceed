"""Days on which less running than usual has a reason that the runner told."""

from collections.abc import Iterable
from datetime import timedelta

from monitor.load.daily import Span
from monitor.model import Event, EventKind

AFTER_A_RACE = timedelta(days=7)  # the easy week after it is part of a race


def excused_spans(events: Iterable[Event]) -> list[Span]:
    """The stretches of days that *events* explain, for `Reading.excused`, in order of their first day.

    Taper, illness and holiday explain their own days; a race explains its days and the 7 that follow.
    """
    return sorted(
        (event.first_day, event.last_day + (AFTER_A_RACE if event.kind is EventKind.RACE else timedelta()))
        for event in events
    )
