"""A team as its pages show it: whom its coaches may see, in the order in which they need a look."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import HTTPException

from monitor.store import seen, view
from monitor.store.marks import Mark
from monitor.store.people import how_many, team_name
from monitor.store.reading import AT_ONCE
from monitor.store.view import Judged
from monitor.web.reading import reads
from monitor.web.rows import Row, in_order, row, with_cells
from monitor.web.shell import Shell


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


def team(here: Shell, team_id: int, now: datetime) -> Team:
    """A team for its coaches: who agreed to be seen by them, and of the others only how many they are. 404 for none."""
    shared, stale_after = here.settings.strava.coach_sharing, here.settings.files.stale_after_days
    with here.open_db() as db:
        name = team_name(db, team_id)
        if name is None:
            raise HTTPException(404)
        marks = seen.team_marks(db, team_id, now, stale_after, strava_is_shared=shared)
        groups, not_agreed = seen.team_groups(db, team_id), how_many(db, team_id) - len(marks)
    path = f"/teams/{team_id}"
    return Team(name, path, _rows(here, path, marks, now, f"{path}/runners"), groups, not_agreed)


def member(here: Shell, team_id: int, runner_id: int, now: datetime) -> Judged:
    """One of them, judged anew. 404 for anybody else."""
    settings = here.settings
    with here.open_db() as db:
        found = view.team_member(
            db,
            team_id,
            runner_id,
            here.rules,
            now,
            settings.files.stale_after_days,
            strava_is_shared=settings.strava.coach_sharing,
            merge_gap=settings.rules.merge_gap,
        )
    if found is None:
        raise HTTPException(404)
    return found


def everyone(here: Shell, now: datetime) -> Team:
    """Everybody, and all that is known, for the operator."""
    with here.open_db() as db:
        marks = seen.everyones_marks(db, now, here.settings.files.stale_after_days)
        groups = seen.everyones_groups(db)
    return Team("All runners", "/runners", _rows(here, "/runners", marks, now, "/runners"), groups)


def _rows(here: Shell, path: str, marks: Sequence[Mark], now: datetime, runners_path: str) -> tuple[Row, ...]:
    """Who must be read anew is, some at a time: no transaction is long, and none is open while they are judged."""
    rules, settings = {rule.name: rule for rule in here.rules}, here.settings

    def made(changed: Sequence[Mark]) -> Iterator[Row]:
        for begin in range(0, len(changed), AT_ONCE):
            with here.open_db() as db:
                block = view.read_as(db, changed[begin : begin + AT_ONCE], now, settings.files.stale_after_days)
            for each in block:
                yield row(view.judge(each, here.rules, now, settings.rules.merge_gap), rules)

    plain = {each.id: each for each in here.kept.rows(path, marks, made)}

    def celled(changed: Sequence[Mark]) -> Iterator[Row]:
        return (with_cells(plain[mark.person.id], runners_path) for mark in changed)

    return in_order(here.kept.rows(f"{path} {reads().tag}", marks, celled))
