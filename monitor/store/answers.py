"""What runners answered to the mails that told them of findings."""

from datetime import datetime
from math import nan

from sqlmodel import Session, col, select

from monitor.alerts.answers import Answer, Say
from monitor.errors import UserError
from monitor.model import Finding, Level
from monitor.store.mail_tables import AnswerRow
from monitor.store.tables import FindingRow, Letter, Notice


def told_by(db: Session, runner_id: int, episode: str) -> list[Finding]:
    """What the letter of this episode told, the worst first; its value is NaN where it is not found any more.

    Raises `UserError` where there is no such letter of theirs any more.
    """
    letter = db.exec(select(Letter).where(Letter.episode == episode, Letter.runner_id == runner_id)).first()
    if letter is None:
        raise UserError("this mail is not known here any more: what it told is on your page")
    query = select(Notice).where(Notice.letter_id == letter.id).order_by(col(Notice.level).desc(), col(Notice.rule))
    return [_finding(db, row) for row in db.exec(query).all()]


def answer(db: Session, runner_id: int, findings: list[Finding], say: Say, now: datetime) -> None:
    """The runner says this of all *findings* of a letter; a later answer stands beside an earlier one."""
    db.add_all(
        AnswerRow(runner_id=runner_id, say=say.value, rule=each.rule, day=each.day, level=int(each.level), at=now)
        for each in findings
    )


def answers(db: Session, runner_id: int) -> list[Answer]:
    """All that this runner answered, oldest first."""
    rows = db.exec(select(AnswerRow).where(AnswerRow.runner_id == runner_id).order_by(col(AnswerRow.id))).all()
    return [Answer(Say(row.say), row.rule, row.day, Level(row.level), row.at) for row in rows]


def _finding(db: Session, row: Notice) -> Finding:
    now = db.get(FindingRow, (row.runner_id, row.rule, row.day))
    return Finding(row.rule, row.day, Level(row.level), now.value if now else nan, now.facts if now else {})
