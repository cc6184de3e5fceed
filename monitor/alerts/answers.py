"""What a runner answers to a mail, and for how long that keeps the next ones away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from monitor.model import Level

SNOOZE = timedelta(days=14)


class Say(StrEnum):
    """The answers that a mail offers."""

    PLANNED = "planned"
    FINE = "fine"
    SORE = "sore"
    SNOOZE = "snooze"
    WRONG = "wrong"

    @property
    def label(self) -> str:
        """What stands on the button."""
        return LABELS[self]

    @property
    def follows(self) -> str:
        """What happens then, in a sentence."""
        return FOLLOWS[self]


LABELS = {
    Say.PLANNED: "It was planned",
    Say.FINE: "It felt fine",
    Say.SORE: "I am sore",
    Say.SNOOZE: "No alerts for 14 days",
    Say.WRONG: "The data is wrong",
}
FOLLOWS = {
    Say.PLANNED: "We do not write about this again. Your page still shows it.",
    Say.FINE: "We do not write about this again unless it becomes more.",
    Say.SORE: "We do not write about this again unless it becomes more. A few short questions, half a"
    " minute, tell what may help next.",
    Say.SNOOZE: "No alert is mailed for 14 days. Your page goes on as always, and so does your weekly digest.",
    Say.WRONG: "We do not write about this again. Correct the run on your own page, or where it was recorded, and the"
    " numbers here follow within a day.",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a runner said of a finding that a mail told."""

    say: Say
    rule: str
    day: date
    level: Level
    at: datetime

    def quiets(self, level: Level) -> bool:
        """Whether it keeps the same finding quiet at this level: what was planned or wrong is so at any."""
        return self.say in (Say.PLANNED, Say.WRONG) or level <= self.level


def snoozed_until(answers: Iterable[Answer]) -> datetime | None:
    """Until when no alert is wanted; None where nobody asked for quiet."""
    return max((answer.at + SNOOZE for answer in answers if answer.say is Say.SNOOZE), default=None)
