"""How much of everybody those see who coach: what they could take out of a total that all may read."""

from collections import defaultdict
from collections.abc import Iterator

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.model import Origin
from monitor.store.check_in_tables import CheckInRow
from monitor.store.coaches import coaches
from monitor.store.consents import Subject, in_force, team_wording
from monitor.store.people import teams
from monitor.store.tables import ActivityRow
from monitor.store.within import within


def seen_by_coaches(db: Session, *, strava_is_shared: bool) -> Iterator[int]:
    """Of each person who coaches, in all their teams together: how many runners they see, and how many in full."""
    seen: dict[str, set[int]] = defaultdict(set)
    in_full: dict[str, set[int]] = defaultdict(set)
    of_team = {team_id: _seen(db, team_id, strava_is_shared) for team_id, _, _ in teams(db)}
    for coach in coaches(db):
        seen[coach.email.lower()] |= of_team[coach.team_id][0]
        in_full[coach.email.lower()] |= of_team[coach.team_id][1]
    for whose in (seen, in_full):
        yield from map(len, whose.values())


def _seen(db: Session, team_id: int, strava_is_shared: bool) -> tuple[set[int], set[int]]:
    """A team's runners who agreed, and those of them of whom nothing is kept from its coaches."""
    agreed = in_force(db, within(team_id))
    everything = team_wording(True) if strava_is_shared else ""
    seen = {runner_id for runner_id, subject in agreed if subject is Subject.TEAM}
    heard = {runner_id for runner_id, subject in agreed if subject is Subject.SYMPTOMS}
    shown = {runner_id for runner_id in seen if agreed[runner_id, Subject.TEAM] == everything}
    kept = _with_rows(db, ActivityRow.runner_id, col(ActivityRow.origin) == Origin.STRAVA.value) - shown
    return seen, seen - kept - (_with_rows(db, CheckInRow.runner_id, sa.true()) - heard)


def _with_rows(db: Session, runner_id: int, such: sa.ColumnElement[bool]) -> set[int]:
    return set(db.exec(select(runner_id).where(such).distinct()).all())
