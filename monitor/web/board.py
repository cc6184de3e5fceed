"""The team board: one row a runner, who needs a look first at the top."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Response
from fastapi.responses import RedirectResponse

from monitor.alerts.chart import sparkline
from monitor.load.left_out import LeftOut
from monitor.load.spikes import LOOK_BACK_DAYS
from monitor.load.workload import CHRONIC_DAYS, acwr_coupled
from monitor.model import Verdict
from monitor.rules.rule import Rule
from monitor.store import view
from monitor.store.view import Judged
from monitor.web.access import Who, as_coach, as_operator, as_somebody, may_coach
from monitor.web.numbers import RECENT_DAYS, last, longest_ratio
from monitor.web.pages import page, word
from monitor.web.said import Rules, Told, from_strava, told
from monitor.web.shell import Here

Id = Annotated[int, Path(ge=1, lt=2**63)]
WORDS = ("STRONG", "CAUTION", "CANNOT SAY", "WATCH", "OK")

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Row:
    """A runner on the board. The ratios are None where nothing current can be said."""

    id: int
    name: str
    verdict: Verdict
    worst: Told | None
    spark: str | None  # SVG
    longest_ratio: float | None  # the largest session spike of the last 7 days [1]; 0 without a run
    acwr: float | None
    longest_lacks: str  # what the two ratios lack
    acwr_lacks: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A team's page; *rows* in the order in which they are shown."""

    team: str
    rows: tuple[Row, ...]
    counts: tuple[tuple[str, int], ...]  # how many runners have each word
    shared_notes: tuple[str, ...]  # what holds for every verdict here, said once
    from_strava: bool
    runners_path: str = "/runners"  # where the page of each begins
    not_agreed: int = 0  # how many more there are, who have not agreed to be seen


@router.get("/")
def home(here: Here, who: Who) -> Response:
    """Where each belongs: coaches to their team, runners to their own page."""
    as_somebody(who)
    with here.open_db() as db:
        teams = [team for team in view.teams(db) if may_coach(who, team[0])]
    if len(teams) > 1:
        return page("teams.html", teams=teams)
    own = "/runners" if who.is_operator else f"/runners/{min(who.runner_ids)}" if who.runner_ids else "/sessions"
    return RedirectResponse(f"/teams/{teams[0][0]}" if teams else own, status_code=303)


@router.get("/teams/{team_id}")
def team_page(here: Here, who: Who, team_id: Id) -> Response:
    """For the coaches: who agreed to be seen by them, and of the others only how many they are."""
    as_coach(who, team_id)
    now, settings = here.now(), here.settings
    with here.open_db() as db:
        names = {known: name for known, name, _ in view.teams(db)}
        if team_id not in names:
            raise HTTPException(404)
        shared, stale_after = settings.strava.coach_sharing, settings.files.stale_after_days
        judged = view.team_board(
            db,
            team_id,
            here.rules,
            now,
            stale_after,
            strava_is_shared=shared,
            merge_gap=settings.rules.merge_gap,
        )
        not_agreed = view.not_agreed(db, team_id)
    shown = board(names[team_id], judged, here.rules, f"/teams/{team_id}/runners", not_agreed)
    return page("board.html", board=shown, now=now)


@router.get("/runners")
def everyone_page(here: Here, who: Who) -> Response:
    """For the operator: everybody, and all that is known."""
    as_operator(who)
    now = here.now()
    with here.open_db() as db:
        judged = view.everyone(db, here.rules, now, here.settings.files.stale_after_days)
    return page("board.html", board=board("All runners", judged, here.rules), now=now)


def board(
    team: str,
    judged: Sequence[Judged],
    rules: Iterable[Rule],
    runners_path: str = "/runners",
    not_agreed: int = 0,
) -> Board:
    """What the page shows of *judged*, in their order."""
    by_name = {rule.name: rule for rule in rules}
    shared = _shared_notes(judged)
    counted = Counter(word(each.verdict.level) for each in judged)
    return Board(
        team=team,
        rows=tuple(row(each, by_name, shared) for each in judged),
        counts=tuple((name, counted[name]) for name in WORDS if counted[name]),
        shared_notes=shared,
        from_strava=any(from_strava(each) for each in judged),
        runners_path=runners_path,
        not_agreed=not_agreed,
    )


def row(judged: Judged, rules: Rules, shared_notes: Sequence[str] = ()) -> Row:
    """A runner's row. Ratios are shown only where they mean something: an old one must not look like one of today."""
    left_out = LeftOut(judged.runs)
    history, today, verdict, current = judged.history, judged.today, judged.verdict, judged.comparable
    title = f"Daily distance of {judged.person.name}, 8 weeks"
    return Row(
        id=judged.person.id,
        name=judged.person.name,
        verdict=verdict,
        worst=next(iter(told(verdict.findings, rules)), None),
        spark=sparkline(history, today, title=title) if history else None,
        longest_ratio=longest_ratio(current, today) if current else None,
        acwr=last(acwr_coupled(current.until(today).distance_m)) if current else None,
        longest_lacks=left_out.distance(today, LOOK_BACK_DAYS + RECENT_DAYS) if current else "",
        acwr_lacks=left_out.distance(today, CHRONIC_DAYS) if current else "",
        notes=tuple(note for note in (judged.hidden.note, *verdict.notes) if note and note not in shared_notes),
    )


def _shared_notes(judged: Sequence[Judged]) -> tuple[str, ...]:
    said = [each.verdict.notes for each in judged if each.verdict.level is not None]
    return tuple(note for note in said[0] if all(note in notes for notes in said)) if len(said) > 1 else ()
