"""The week of a team on one sheet of paper."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import APIRouter, Depends, Request, Response

from monitor.alerts.aggregate import may_be_told
from monitor.model import Level
from monitor.web.access import for_coaches
from monitor.web.board import Id
from monitor.web.finished import finished
from monitor.web.pages import page
from monitor.web.rows import Row
from monitor.web.shell import Here, Shell
from monitor.web.sifting import WORDS, Asked, Sift, sifted
from monitor.web.team import team

MOST_LINES, MOST_NAMES = 16, 60  # what a sheet of A4 holds

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Report:
    """What the sheet holds: a line for whoever needs a look, the names of the others, and how many are left out."""

    counts: tuple[tuple[str, int], ...]
    lines: tuple[Row, ...]
    quiet: tuple[Row, ...]
    left_out: int
    total: "Total | None"  # None where too few are in it


@dataclass(frozen=True, slots=True)
class Total:
    """Kilometres of the runners of whom all 7 days are known."""

    runners: int
    distance_m: float
    before_m: float | None  # of the same runners in the week before; None where those are too few

    @property
    def mean_m(self) -> float:
        return self.distance_m / self.runners


@router.get("/teams/{team_id}/report", dependencies=[Depends(for_coaches)])
def report_page(here: Here, request: Request, team_id: Id, asked: Asked) -> Response:
    """For the coaches, of those whom the board shows them; the 7 days that ended yesterday."""
    return finished(here, request, team_id, lambda now: _page(here, team_id, asked, now))


def _page(here: Shell, team_id: int, asked: Sift, now: datetime) -> Response:
    found = team(here, team_id, now)
    rows = sifted(found, {rule.name: rule for rule in here.rules}, asked)
    last_day = max((row.today for row in rows), default=now.date()) - timedelta(days=1)
    return page(
        "report.html",
        team=found,
        asked=asked,
        rules=[rule for rule in here.rules if not rule.context],
        words=WORDS,
        report=report(rows),
        first_day=last_day - timedelta(days=6),
        last_day=last_day,
        now=now,
        from_strava=any(row.from_strava for row in rows),
    )


def report(rows: Sequence[Row]) -> Report:
    """The sheet of these runners, who stand in the order in which they need a look."""
    needing = [row for row in rows if row.verdict.level is not Level.OK or row.is_red]
    quiet = [row for row in rows if row not in needing]
    counted = Counter(row.verdict.word for row in rows)
    lines, names = needing[:MOST_LINES], quiet[:MOST_NAMES]
    return Report(
        counts=tuple((word, counted[word]) for word in WORDS if counted[word]),
        lines=tuple(lines),
        quiet=tuple(names),
        left_out=len(rows) - len(lines) - len(names),
        total=total(rows),
    )


def total(rows: Sequence[Row]) -> Total | None:
    """What they ran together; None of fewer whose week is known than may be told of."""
    weeks = [(row.week, row.week_before) for row in rows if row.week and not row.week.unknown]
    if not may_be_told(len(weeks), seen=len(weeks)):
        return None
    before = [earlier.distance_m for _, earlier in weeks if earlier and not earlier.unknown]
    whole = len(before) == len(weeks)
    return Total(len(weeks), sum(week.distance_m for week, _ in weeks), sum(before) if whole else None)
