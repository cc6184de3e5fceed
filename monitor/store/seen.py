"""Whom somebody may see: the runners of a team whose coaches they let look, and what of them; all for the operator."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Session

from monitor.store.audience import COACHES, COACHES_WITH_STRAVA, OWN, Audience
from monitor.store.consents import Subject, in_force, team_wording
from monitor.store.groups import groups_of
from monitor.store.marks import Mark, marks
from monitor.store.people import Person, how_many, member, people
from monitor.store.within import among, within

Agreed = Mapping[tuple[int, Subject], str]


def coached(db: Session, team_id: int, *, strava_is_shared: bool) -> dict[Person, Audience]:
    """Whom the coaches of a team may see, each with what of them: by number."""
    return _audiences(people(db, team_id, COACHES), in_force(db, within(team_id)), strava_is_shared)


def coached_member(db: Session, team_id: int, runner_id: int, *, strava_is_shared: bool) -> dict[Person, Audience]:
    """The same of one; nobody where the coaches of this team may not see them."""
    found = member(db, team_id, runner_id, COACHES)
    return _audiences([found] if found else [], in_force(db, among([runner_id])), strava_is_shared)


def team_marks(
    db: Session, team_id: int, now: datetime, files_stale_after_days: int = 10, *, strava_is_shared: bool = False
) -> list[Mark]:
    """Whom the coaches of a team may see, each with what decides how."""
    agreed = in_force(db, within(team_id))
    audiences = _audiences(people(db, team_id, COACHES), agreed, strava_is_shared)
    heard = {runner_id for runner_id, subject in agreed if subject is Subject.SYMPTOMS}
    return marks(db, audiences, heard, now, files_stale_after_days, team_id)


def everyones_marks(db: Session, now: datetime, files_stale_after_days: int = 10) -> list[Mark]:
    """All runners, each with what decides how they are shown."""
    return marks(db, dict.fromkeys(people(db), OWN), set(), now, files_stale_after_days)


def team_groups(db: Session, team_id: int) -> dict[int, tuple[str, ...]]:
    """The groups of each runner of a team whom its coaches may see."""
    return groups_of(db, team_id, COACHES)


def everyones_groups(db: Session) -> dict[int, tuple[str, ...]]:
    return groups_of(db)


def not_agreed(db: Session, team_id: int) -> int:
    """How many runners of a team have not agreed that its coaches see them."""
    return how_many(db, team_id) - how_many(db, team_id, COACHES)


def _audiences(of: Iterable[Person], agreed: Agreed, strava_is_shared: bool) -> dict[Person, Audience]:
    """Rows of Strava's API are for coaches where operator and runner both agreed to that."""
    shares = {each: strava_is_shared and agreed.get((each.id, Subject.TEAM)) == team_wording(True) for each in of}
    return {each: COACHES_WITH_STRAVA if share else COACHES for each, share in shares.items()}
