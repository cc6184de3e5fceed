"""Which mails a runner or a coach wants. Switching one off turns off mail, and nothing else."""

from enum import StrEnum

from sqlmodel import Session

from monitor.errors import Gone
from monitor.store.mail_tables import MailChoice
from monitor.store.people import still_here
from monitor.store.tables import Coach


class MailList(StrEnum):
    """What can be switched off by itself; each mail names its own."""

    ALERTS = "alerts"
    WEEKLY = "weekly"
    SOURCE = "source"
    COACH = "coach"  # the digest of a coach, whose number stands where a runner's does

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    MailList.ALERTS: "alerts about your training",
    MailList.WEEKLY: "the weekly digest",
    MailList.SOURCE: "mails about trouble with your source of runs",
    MailList.COACH: "your digest as a coach",
}


def choice(db: Session, runner_id: int) -> MailChoice:
    """What this runner chose; all mails, the digest on Mondays, where they chose nothing."""
    return db.get(MailChoice, runner_id) or MailChoice(runner_id=runner_id)


def choose(db: Session, runner_id: int, *, alerts: bool, weekly: bool, source: bool, weekday: int) -> None:
    """The runner's choice from now on. Raises `Gone`."""
    still_here(db, runner_id)
    row = choice(db, runner_id)
    row.alerts, row.weekly, row.source, row.weekday = alerts, weekly, source, weekday
    db.add(row)


def wanted(db: Session, person_id: int, which: MailList) -> bool:
    """Whether this list is switched on for its runner, or coach."""
    if which is MailList.COACH:
        coach = db.get(Coach, person_id)
        return coach is not None and coach.digest
    return bool(getattr(choice(db, person_id), which.value))


def switch(db: Session, person_id: int, which: MailList, *, on: bool) -> None:
    """Switch a list on or off. Raises `Gone` for somebody who has left."""
    if which is MailList.COACH:
        coach = db.get(Coach, person_id)
        if coach is None:
            raise Gone(f"coach {person_id} has left")
        coach.digest = on
        return
    still_here(db, person_id)
    row = choice(db, person_id)
    setattr(row, which.value, on)
    db.add(row)
