"""How the last check-in reads on a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.symptoms.check_in import CheckIn
from monitor.symptoms.outcome import Outcome, outcome

STANDS_FOR = timedelta(days=7)  # beside a verdict; what is red stands until another check-in is made


@dataclass(frozen=True, slots=True)
class Felt:
    """The last check-in, and what follows from it."""

    day: date
    outcome: Outcome


def last_felt(check_ins: Sequence[CheckIn]) -> Felt | None:
    """That of the last of *check_ins*, oldest first; None without one. It stands until another is made."""
    return Felt(check_ins[-1].day, outcome(check_ins[-1], check_ins[:-1])) if check_ins else None


def current_felt(check_ins: Sequence[CheckIn], today: date) -> Felt | None:
    """The same for a page about *today*: one of more than 7 days ago says nothing any more, unless it is red."""
    felt = last_felt(check_ins)
    return felt if felt and (felt.outcome.is_red or today - felt.day < STANDS_FOR) else None
