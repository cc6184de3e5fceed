"""What is remembered of mails beside the letters themselves: answers, choices, whom they are about."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from monitor.store.columns import moment, number, of_runner
from monitor.store.types import BigId


class AnswerRow(SQLModel, table=True):
    """What a runner said of a finding. Rows are only ever added."""

    __tablename__ = "answer"

    id: int | None = number()
    runner_id: int = of_runner()
    say: str  # Say of monitor.alerts.answers
    rule: str
    day: date
    level: int
    at: datetime = moment()


class MailChoice(SQLModel, table=True):
    """Which mails a runner wants; without a row, all of them."""

    __tablename__ = "mail_choice"

    runner_id: int = of_runner(primary_key=True)
    alerts: bool = True
    weekly: bool = True
    source: bool = True  # trouble with the source: silence, an ended permission
    weekday: int = 0  # of the weekly mail; 0 is Monday


class LetterAbout(SQLModel, table=True):
    """Whom a letter to somebody else tells of: it may leave only while they agree to that, and goes when they go."""

    __tablename__ = "letter_about"

    letter_id: int = Field(sa_type=BigId, foreign_key="letter.id", ondelete="CASCADE", primary_key=True)
    runner_id: int = of_runner(primary_key=True)


class CoachTold(SQLModel, table=True):
    """What the latest digest told a coach of a runner."""

    __tablename__ = "coach_told"

    coach_id: int = Field(sa_type=BigId, foreign_key="coach.id", ondelete="CASCADE", primary_key=True)
    runner_id: int = of_runner(primary_key=True)
    what: str  # the rule that leads, or why nothing can be said
    level: int | None = None
    day: date  # of the digest
    letter_id: int = Field(sa_type=BigId, foreign_key="letter.id", ondelete="CASCADE")
