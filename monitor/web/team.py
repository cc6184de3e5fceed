"""A team as its pages show it: whom its coaches may see, in the order in which they need a look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import HTTPException

from monitor.store import view
from monitor.store.view import Mark
from monitor.web.reading import reads
from monitor.web.rows import Row, in_order, row, with_cells
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


def team(here: Here, team_id: int, now: datetime) -> Team:
    """A team for its coaches: who agreed to be seen by them, and of the others only how many they are. 404 for none."""
    shared, stale_after = here.settings.strava.coach_sharing, here.settings.files.stale_after_days
    with here.open_db() as db:
        name = view.team_name(db, team_id)
        if name is None:
            raise HTTPException(404)
        marks = view.team_marks(db, team_id, now, stale_after, strava_is_shared=shared)
        groups, not_agreed = view.team_groups(db, team_id), view.team_size(db, team_id) - len(marks)
    path = f"/teams/{team_id}"
    return Team(name, path, _rows(here, path, marks, now, f"{path}/runners"), groups, not_agreed)


def everyone(here: Here, now: datetime) -> Team:
    """Everybody, and all that is known, for the operator."""
    with here.open_db() as db:
        marks = view.everyones_marks(db, now, here.settings.files.stale_after_days)
        groups = view.everyones_groups(db)
    return Team("All runners", "/runners", _rows(here, "/runners", marks, now, "/runners"), groups)


def _rows(here: Here, path: str, marks: Sequence[Mark], now: datetime, runners_path: str) -> tuple[Row, ...]:
    """Each runner who must be read anew in a transaction of their own, so that none is long."""
    rules, settings = {rule.name: rule for rule in here.rules}, here.settings

    def made(mark: Mark) -> Row:
        with here.open_db() as db:
            found = view.judged_as(db, mark, here.rules, now, settings.files.stale_after_days, settings.rules.merge_gap)
        return row(found, rules)

    plain = {each.id: each for each in here.kept.rows(path, marks, made)}
    as_read = f"{path} {reads().tag}"
    return in_order(here.kept.rows(as_read, marks, lambda mark: with_cells(plain[mark.person.id], runners_path)))
