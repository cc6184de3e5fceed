"""The team board: one row a runner, who needs a look first at the top."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import RedirectResponse

from monitor.rules.rule import Rule
from monitor.store.people import teams
from monitor.web.access import Who, as_somebody, for_coaches, for_operator, may_coach
from monitor.web.finished import finished
from monitor.web.pages import page
from monitor.web.rows import Row
from monitor.web.shell import Here
from monitor.web.sifting import WORDS, Asked, Sift, sifted
from monitor.web.team import Team, everyone, team

Id = Annotated[int, Path(ge=1, lt=2**63)]

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Board:
    """A team's page; *rows* are those that were asked for, in the order in which they are shown."""

    team: Team
    rows: tuple[Row, ...]
    asked: Sift
    rules: tuple[Rule, ...]  # by which one can ask
    counts: tuple[tuple[str, int], ...]  # how many runners of the whole team have each word
    shared_notes: tuple[str, ...]  # what holds for every verdict here, said once
    notes: dict[int, tuple[str, ...]]  # by runner: what else is to be said of theirs
    from_strava: bool


@router.get("/")
def home(here: Here, who: Who) -> Response:
    """Where each belongs: coaches to their team, runners to their own page."""
    as_somebody(who)
    with here.open_db() as db:
        mine = [team for team in teams(db) if may_coach(who, team[0])]
    if len(mine) > 1:
        return page("teams.html", teams=mine)
    own = "/runners" if who.is_operator else f"/runners/{min(who.runner_ids)}" if who.runner_ids else "/sessions"
    return RedirectResponse(f"/teams/{mine[0][0]}" if mine else own, status_code=303)


@router.get("/teams/{team_id}", dependencies=[Depends(for_coaches)])
def team_page(here: Here, request: Request, team_id: Id, asked: Asked) -> Response:
    """For the coaches: who agreed to be seen by them, and of the others only how many they are."""
    return finished(here, request, team_id, lambda now: _page(here, team(here, team_id, now), asked, now))


@router.get("/runners", dependencies=[Depends(for_operator)])
def everyone_page(here: Here, request: Request, asked: Asked) -> Response:
    """For the operator: everybody, and all that is known."""
    return finished(here, request, None, lambda now: _page(here, everyone(here, now), asked, now))


def board(team: Team, rules: Sequence[Rule], asked: Sift) -> Board:
    """What the page shows of a *team* to who *asked*."""
    rows = sifted(team, {rule.name: rule for rule in rules}, asked)
    counted, shared = Counter(row.verdict.word for row in team.rows), _shared_notes(team.rows)
    notes = {row.id: tuple(note for note in row.notes if note not in shared) for row in rows if row.notes}
    return Board(
        team=team,
        rows=rows,
        asked=asked,
        rules=tuple(rule for rule in rules if not rule.context),
        counts=tuple((word, counted[word]) for word in WORDS if counted[word]),
        shared_notes=shared,
        notes={runner_id: left for runner_id, left in notes.items() if left},
        from_strava=any(row.from_strava for row in rows),
    )


def _page(here: Here, found: Team, asked: Sift, now: datetime) -> Response:
    return page("board.html", board=board(found, here.rules, asked), words=WORDS, now=now)


def _shared_notes(rows: Sequence[Row]) -> tuple[str, ...]:
    said = [row.notes for row in rows if row.verdict.level is not None]
    return tuple(note for note in said[0] if all(note in notes for notes in said)) if len(said) > 1 else ()
