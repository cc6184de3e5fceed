"""What a runner agreed to, since when, and when that was withdrawn: rows are added, and never changed."""

from datetime import datetime
from enum import StrEnum
from functools import cache

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.store.strava_tables import Consent
from monitor.store.tables import Runner
from monitor.store.within import Condition, Whose, of_team


class Subject(StrEnum):
    """What is agreed to. A letter names the one without which it must not leave."""

    STRAVA = "strava"  # that Hamwatch reads the runner's Strava account
    TEAM = "team"  # that the coaches of the runner's team see their training and what the rules say of it
    SYMPTOMS = "symptoms"  # that those coaches see the runner's check-ins too, and what follows from them


# Which text is agreed to: the one that monitor/web/templates/words.html shows. A change there is a new version here.
WORDING = {Subject.STRAVA: "2026-11", Subject.TEAM: "2026-11", Subject.SYMPTOMS: "2026-11"}


def team_wording(strava_is_shared: bool) -> str:
    """The version of the text about the team. Whether coaches see runs from Strava is part of what is agreed to."""
    return WORDING[Subject.TEAM] + (", with runs from Strava" if strava_is_shared else "")


def give(db: Session, runner_id: int, subject: Subject, wording: str, now: datetime) -> None:
    """The runner agrees to *subject*, in the words that *wording* names; nothing new where they already did."""
    held = consent(db, runner_id, subject)
    if held is None or held.wording != wording:
        db.add(Consent(runner_id=runner_id, subject=subject.value, given=True, wording=wording, at=now))


def withdraw(db: Session, runner_id: int, subject: Subject, now: datetime) -> None:
    """The runner takes their word back, in effect from the next request on."""
    held = consent(db, runner_id, subject)
    if held is not None:
        db.add(Consent(runner_id=runner_id, subject=subject.value, given=False, wording=held.wording, at=now))


def consent(db: Session, runner_id: int, subject: Subject) -> Consent | None:
    """The consent to *subject* that is in force; None where there is none, or it was withdrawn."""
    latest = db.exec(
        select(Consent)
        .where(Consent.runner_id == runner_id, Consent.subject == subject.value)
        .order_by(col(Consent.id).desc())
    ).first()
    return latest if latest and latest.given else None


def in_force(db: Session, whose: Whose) -> dict[tuple[int, Subject], str]:
    """The consents that are in force, by runner and subject, each with the wording that was agreed to."""
    rows = db.execute(_in_force(whose.condition), whose.values).all()
    return {(runner_id, Subject(subject)): wording for runner_id, subject, wording in rows}


def team_since(db: Session, team_id: int) -> dict[int, datetime]:
    """Since when each runner of a team has agreed that its coaches see them; only those who have."""
    latest = select(sa.func.max(Consent.id)).where(of_team(Consent.runner_id), Consent.subject == Subject.TEAM.value)
    query = select(Consent.runner_id, Consent.at).where(col(Consent.id).in_(latest.group_by(col(Consent.runner_id))))
    return dict(db.exec(query.where(col(Consent.given)), params={"team_id": team_id}).all())


def agreed(subject: Subject) -> sa.ColumnElement[bool]:
    """Whether a runner's consent to *subject* is in force, for a query over `Runner`."""
    latest = (
        select(sa.func.max(Consent.id))
        .where(Consent.runner_id == Runner.id, Consent.subject == subject.value)
        .correlate(Runner)
        .scalar_subquery()
    )
    return sa.exists().where(col(Consent.id) == latest, col(Consent.given))


def consents(db: Session, runner_id: int) -> list[Consent]:
    """All that was ever agreed to and withdrawn, oldest first."""
    return list(db.exec(select(Consent).where(Consent.runner_id == runner_id).order_by(col(Consent.id))).all())


@cache
def _in_force(of: Condition) -> sa.Select[int, str, str]:
    latest = select(sa.func.max(Consent.id)).where(of(Consent.runner_id))
    latest = latest.group_by(col(Consent.runner_id), col(Consent.subject))
    held = col(Consent.id).in_(latest), col(Consent.given)
    return sa.select(col(Consent.runner_id), col(Consent.subject), col(Consent.wording)).where(*held)
