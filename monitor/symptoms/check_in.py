"""The answers of a day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from monitor.symptoms.circumstances import Circumstances
from monitor.symptoms.patterns import Trait
from monitor.symptoms.red_flags import RedFlag

PAINS = range(11)


class Morning(StrEnum):
    """The morning after the last run, beside the morning before it."""

    AS_BEFORE = "as-before"
    WORSE = "worse"
    NO_RUN = "no-run"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn(Circumstances):
    """What a runner told on a *day* of the 7 days before. Options are 1 … 4 as printed; None was not asked."""

    day: date
    participation: int
    modification: int | None = None
    performance: int | None = None
    symptoms: int | None = None
    there: bool = False  # whether buttock, hip or the back of the thigh was part of it; only then is the rest asked
    pain: int | None = None  # the worst in or after a run, 0 to 10
    morning: Morning | None = None
    lasting: bool = False  # for two weeks or longer
    flags: frozenset[RedFlag] = frozenset()
    traits: frozenset[Trait] = frozenset()
