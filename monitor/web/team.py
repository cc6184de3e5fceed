"""A team as its pages show it: whom its coaches may see, in the order in which they need a look."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fastapi import HTTPException
from sqlmodel import Session

from monitor.store import view
from monitor.store.view import Mark
from monitor.web.rows import Row, in_order, row
from monitor.web.shell import Here


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody who may be seen here."""

    name: str
    path: str  # where its pages are
    rows: tuple[Row, ...]  # who needs a look first at the top
    groups: Mapping[int, tuple[str, ...]]  # by runner
    not_agreed: int = 0  # how many more there are, who have not agreed to be seen

    @property
    def group_names(self) -> list[str]:
        return sorted({name for names in self.groups.values() for name in names})


def team(here: Here, db: Session, team_id: int, now: datetime) -> Team:
    """A team for its coaches: who agreed to be seen by them, and of the others only how many they are. 404 for none."""
    name = next((name for known, name, _ in view.teams(db) if known == team_id), None)
    if name is None:
        raise HTTPException(404)
    shared, stale_after = here.settings.strava.coach_sharing, here.settings.files.stale_after_days
    marks = view.team_marks(db, team_id, now, stale_after, strava_is_shared=shared)
    path = f"/teams/{team_id}"
    rows = here.kept.rows(path, marks, lambda mark: _row(here, db, mark, now, f"{path}/runners"))
    return Team(name, path, in_order(rows), view.team_groups(db, team_id), view.not_agreed(db, team_id))


def everyone(here: Here, db: Session, now: datetime) -> Team:
    """Everybody, and all that is known, for the operator."""
    marks = view.everyones_marks(db, now, here.settings.files.stale_after_days)
    rows = here.kept.rows("/runners", marks, lambda mark: _row(here, db, mark, now, "/runners"))
    return Team("All runners", "/runners", in_order(rows), view.everyones_groups(db))


def _row(here: Here, db: Session, mark: Mark, now: datetime, runners_path: str) -> Row:
    settings = here.settings
    found = view.judged_as(db, mark, here.rules, now, settings.files.stale_after_days, settings.rules.merge_gap)
    return row(found, {rule.name: rule for rule in here.rules}, runners_path)
