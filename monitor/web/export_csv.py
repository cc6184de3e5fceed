"""The board as a table for other programs. A cell that a spreadsheet would take for a formula is made text."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from math import isnan

from fastapi import APIRouter, Depends, Response

from monitor.spreadsheet import inert
from monitor.web.access import for_coaches
from monitor.web.board import Id
from monitor.web.rows import Row
from monitor.web.shell import Here
from monitor.web.sifting import Asked, sifted
from monitor.web.team import team

Cell = str | float | date | None

router = APIRouter()


@router.get("/teams/{team_id}/board.csv", dependencies=[Depends(for_coaches)])
def board_csv(here: Here, team_id: Id, asked: Asked) -> Response:
    """The runners who were asked for; nothing that their board does not show."""
    found = team(here, team_id, here.now())
    rows = sifted(found, {rule.name: rule for rule in here.rules}, asked)
    return Response(
        as_csv(cells_of(row, found.groups.get(row.id, ())) for row in rows),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="board.csv"'},
    )


def cells_of(row: Row, groups: Iterable[str]) -> dict[str, Cell]:
    """What the board shows of a runner: numbers in full precision, empty where they are not known or not shown."""
    worst, trend, felt = row.worst, row.trend, row.felt
    return {
        "runner": row.name,
        "groups": "; ".join(groups),
        "verdict": row.verdict.word,
        "why": worst.sentence if worst else row.verdict.reason,
        "rule": worst.rule.name if worst else "",
        "day": worst.day if worst else None,
        "longest_run_ratio": row.longest_ratio or None,
        "mean_7_days_km": trend.acute_m / 1000 if trend else None,
        "mean_28_days_km": trend.chronic_m / 1000 if trend else None,
        "acwr_contested": trend.acwr if trend else None,
        "last_check_in": felt.day if felt else None,
        "check_in_says": felt.outcome.headline if felt else "",
        "data_until": row.verdict.data_until,
        "notes": "; ".join(row.notes),
    }


def as_csv(rows: Iterable[Mapping[str, Cell]]) -> str:
    """The rows under the names of their cells; nothing where there is no row."""
    text, writer = io.StringIO(), None
    for row in rows:
        if writer is None:
            writer = csv.writer(text)
            writer.writerow(row)
        writer.writerow(_written(value) for value in row.values())
    return text.getvalue()


def _written(value: Cell) -> str:
    if value is None or (isinstance(value, float) and isnan(value)):
        return ""
    return inert(value) if isinstance(value, str) else str(value)
