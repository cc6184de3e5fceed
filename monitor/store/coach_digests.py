"""What digests told coaches, of whom, and that it holds only while those agree."""

from collections.abc import Iterable
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import SMTP

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.alerts.coach_digest import Before, Line
from monitor.model import Level
from monitor.store.consents import Subject, agreed
from monitor.store.mail_tables import CoachTold, LetterAbout
from monitor.store.tables import Coach, Letter, Runner
from monitor.store.upsert import upsert

REMEMBERED = timedelta(days=7)


def told_lately(db: Session, coach: Coach, day: date) -> Before:
    """What this coach's digests told within a week, by runner: what leads, and its level."""
    since = day - REMEMBERED
    rows = db.exec(select(CoachTold).where(CoachTold.coach_id == coach.id, CoachTold.day >= since)).all()
    return {row.runner_id: (row.what, None if row.level is None else Level(row.level)) for row in rows}


def note_told(db: Session, coach: Coach, letter_id: int, lines: Iterable[Line], day: date) -> None:
    """Remember what a digest tells, and of whom: it may leave only while they agree."""
    lines = list(lines)
    told = [
        {
            "coach_id": coach.id,
            "runner_id": line.runner_id,
            "what": line.what,
            "level": None if line.level is None else int(line.level),
            "day": day,
            "letter_id": letter_id,
        }
        for line in lines
    ]
    upsert(db, CoachTold, told, ("coach_id", "runner_id"))
    sent = _with_channels(db, letter_id)
    db.add_all(LetterAbout(letter_id=each, runner_id=line.runner_id) for each in sent for line in lines)


def note_looked(db: Session, coach: Coach, day: date) -> None:
    """The digest of that day was decided, whether or not there is one."""
    db.get_one(Coach, coach.id).looked_on = day


def take_back(db: Session, letter: Letter) -> None:
    """A digest that has not left goes, because of whom it tells, and is decided anew without them."""
    coaches = select(CoachTold.coach_id).where(CoachTold.letter_id == letter.id)
    db.execute(sa.update(Coach).where(col(Coach.id).in_(coaches)).values(looked_on=None))
    db.delete(letter)


def _with_channels(db: Session, letter_id: int) -> list[int]:
    """The letter, and the short ones that tell it over other channels."""
    episode = db.get_one(Letter, letter_id).episode
    beside = select(Letter.id).where(col(Letter.episode).startswith(f"{episode}/channel/", autoescape=True))
    return [letter_id, *(each for each in db.exec(beside).all() if each is not None)]


def still_agreed(db: Session, letter_id: int) -> bool:
    """Whether everybody of whom a letter tells still agrees that coaches see them."""
    about = select(LetterAbout.runner_id).where(LetterAbout.letter_id == letter_id)
    withdrawn = select(Runner.id).where(col(Runner.id).in_(about), sa.not_(agreed(Subject.TEAM)))
    return db.exec(withdrawn.limit(1)).first() is None


def message_id(letter: Letter) -> str:
    """What tells this mail from all others, wherever a copy of it lies."""
    return str(message_from_bytes(letter.message, policy=SMTP)["Message-ID"])


def letters_about(db: Session, runner_id: int) -> list[Letter]:
    """Every letter to somebody else that tells of a runner."""
    about = select(LetterAbout.letter_id).where(LetterAbout.runner_id == runner_id)
    return list(db.exec(select(Letter).where(col(Letter.id).in_(about))).all())


def recall(db: Session, runner_id: int) -> None:
    """Take back what is still to be written to others of a runner who takes their word back."""
    for letter in letters_about(db, runner_id):
        if letter.state != "sent":
            take_back(db, letter)
    db.flush()


def drop_about(db: Session, runner_id: int) -> None:
    """The same, and of what had left its words go: what they rest on goes.

    Its Message-ID stays, by which a copy is found, and that it was told: nobody hears again what it said of the others.
    """
    recall(db, runner_id)
    for letter in letters_about(db, runner_id):
        letter.message = f"Message-ID: {message_id(letter)}\r\n\r\n".encode()
