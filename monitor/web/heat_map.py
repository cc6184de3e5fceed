"""A team by day over 12 weeks: one row a runner, as picture and as a table by week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fastapi import APIRouter, Depends, Request, Response

from monitor.alerts.heat_map import NAMES, Line, heat_map
from monitor.web.access import for_coaches
from monitor.web.board import Id
from monitor.web.finished import finished
from monitor.web.pages import page
from monitor.web.reading import reads
from monitor.web.rows import Row
from monitor.web.said import Told
from monitor.web.shell import Here, Shell
from monitor.web.sifting import WORDS, Asked, Sift, sifted
from monitor.web.team import team

MOST_ROWS = 100  # on one page; whoever is not among them is found by the filter
WIDTHS = {"wide": 1100, "middle": 700, "narrow": 340}  # laid out for a desk, for a tablet or paper, for a phone [px]

router = APIRouter()


@dataclass(frozen=True, slots=True)
class InWeek:
    """A runner's week in the table. *metres* of the known days; None where none is known."""

    metres: int | None
    unknown: int
    found: tuple[Told, ...]


@router.get("/teams/{team_id}/heat-map", dependencies=[Depends(for_coaches)])
def heat_map_page(here: Here, request: Request, team_id: Id, asked: Asked) -> Response:
    """For the coaches, of those whom the board shows them."""
    return finished(here, request, team_id, lambda now: _page(here, team_id, asked, now))


def _page(here: Shell, team_id: int, asked: Sift, now: datetime) -> Response:
    found = team(here, team_id, now)
    rows = sifted(found, {rule.name: rule for rule in here.rules}, asked)
    shown = rows[:MOST_ROWS]
    last_day = max((row.today for row in shown), default=now.date())
    return page(
        "heat-map.html",
        team=found,
        asked=asked,
        rules=[rule for rule in here.rules if not rule.context],
        words=WORDS,
        pictures=pictures(shown, last_day, f"{found.name}, the last 12 weeks by day"),
        weeks=[last_day - timedelta(days=7 * n + 6) for n in reversed(range(12))],
        table=[(row, weeks_of(row, last_day)) for row in shown],
        left_out=len(rows) - len(shown),
        steps=NAMES,
        from_strava=any(row.from_strava for row in shown),
    )


def pictures(rows: Sequence[Row], last_day: date, title: str) -> dict[str, str]:
    """The picture in each of its widths, as SVG. Days are the runner's own, ranged by their date."""
    lines = [
        Line(
            row.name,
            _ranged(row, last_day),
            {place: told.level for n, told in row.levels.items() if (place := n - _behind(row, last_day)) >= 0},
        )
        for row in rows
    ]
    return {
        name: heat_map(lines, last_day, title=title, width=width, locale=reads())
        for name, width in WIDTHS.items()
        if lines
    }


def weeks_of(row: Row, last_day: date) -> list[InWeek]:
    """The same days by week, oldest first."""
    metres, behind = _ranged(row, last_day), _behind(row, last_day)
    return [
        InWeek(
            metres=sum(known) if (known := [each for each in metres[n : n + 7] if each is not None]) else None,
            unknown=metres[n : n + 7].count(None),
            found=tuple(told for place, told in sorted(row.levels.items()) if n <= place - behind < n + 7),
        )
        for n in range(0, len(metres), 7)
    ]


def _behind(row: Row, last_day: date) -> int:
    """How many days the runner's calendar is behind that of the page, on the other side of the date line."""
    return (last_day - row.today).days


def _ranged(row: Row, last_day: date) -> tuple[int | None, ...]:
    behind = _behind(row, last_day)
    return (*row.metres[behind:], *(None,) * behind)
