"""How much running a pain allows: the pain-monitoring model, and what S1 makes of it.

Source: Silbernagel et al. 2007, Am J Sports Med 35:897, doi:10.1177/0363546506298279, a trial of another tendon.
The line of 3 is what is used for the hamstring's by experts.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import IntEnum

from monitor.symptoms.check_in import CheckIn, Morning
from monitor.symptoms.patterns import Trait
from monitor.symptoms.red_flags import urgency

ACCEPTABLE, HOLD_UP_TO = 3, 5
COUNTS_AS_MORE = HOLD_UP_TO + 1  # what a worse morning, rising pain and a sudden onset count as at least
RED = 11  # beyond the scale: no pain is worse than a red flag
WEEK = timedelta(days=7)
LOOKS_BACK = 3 * 7 - 1  # check-ins, of which there is one a day: `is_rising` compares three weeks


class Step(IntEnum):
    """What a pain allows."""

    CONTINUE = 0
    HOLD = 1
    STOP_FAST = 2


TEXTS = {
    Step.CONTINUE: (
        "Pain up to 3 of 10 that settles by the next morning is commonly accepted: go on otherwise as you do.",
    ),
    Step.HOLD: ("For the next 48 to 72 hours do no more than you did, and leave out fast and uphill running.",),
    Step.STOP_FAST: ("Leave out fast and uphill running for now, and see a physiotherapist.",),
}


def step(told: CheckIn, earlier: Iterable[CheckIn] = ()) -> Step | None:
    """What the pain of *told* allows after the *earlier* ones; None where no pain was asked for."""
    if told.pain is None:
        return None
    pain = counted(told, earlier)
    return Step.CONTINUE if pain <= ACCEPTABLE else Step.HOLD if pain <= HOLD_UP_TO else Step.STOP_FAST


def counted(told: CheckIn, earlier: Iterable[CheckIn] = ()) -> int:
    """The pain of *told* [0-10], where what is worse than its number counts as 6 at least, and a red flag as 11.

    Worse is a worse next morning, two weeks of rise, or a sudden onset. 0 where no pain was asked for: after full
    participation, or with trouble elsewhere.
    """
    if urgency(told.flags).is_red:
        return RED
    sudden = Trait.SUDDEN in told.traits
    more = sudden or told.morning is Morning.WORSE or is_rising(told, earlier)
    return max(told.pain or 0, COUNTS_AS_MORE if more else 0)


def is_rising(told: CheckIn, earlier: Iterable[CheckIn]) -> bool:
    """Whether the worst pain of each of the last two weeks was above that of the week before it."""
    known = [*earlier, told]
    before, last, this = (_worst(known, told.day - n * WEEK) for n in (2, 1, 0))
    return before is not None and last is not None and this is not None and before < last < this


def by_day(check_ins: Iterable[CheckIn]) -> dict[date, int]:
    """`counted` of each check-in, by its day."""
    in_order = sorted(check_ins, key=lambda each: each.day)
    return {told.day: counted(told, in_order[max(0, n - LOOKS_BACK) : n]) for n, told in enumerate(in_order)}


def _worst(check_ins: Iterable[CheckIn], last: date) -> int | None:
    """The worst pain told in the 7 days up to *last*; None where none was asked for."""
    return max(
        (each.pain for each in check_ins if each.pain is not None and last - WEEK < each.day <= last), default=None
    )
