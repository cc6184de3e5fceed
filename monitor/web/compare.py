"""Two runners of a team side by side: their pictures on one scale, their figures in one table."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from monitor.alerts.chart import highest_drawn, load_chart
from monitor.store.view import Judged
from monitor.web.access import for_coaches
from monitor.web.board import Id
from monitor.web.finished import finished
from monitor.web.pages import page
from monitor.web.reading import reads
from monitor.web.said import Rules, from_strava
from monitor.web.shell import Here, Shell
from monitor.web.sifting import Sift
from monitor.web.team import member, team

CHART_PX = 460  # two of them stand beside one another

router = APIRouter()


Number = Literal[""] | Annotated[int, Field(ge=1, lt=2**63)]


class Pair(BaseModel):
    """Who is to be compared; empty where nobody is chosen yet."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    left: Number = ""
    right: Number = ""


@router.get("/teams/{team_id}/compare", dependencies=[Depends(for_coaches)])
def compare_page(here: Here, request: Request, team_id: Id, chosen: Annotated[Pair, Query()]) -> Response:
    """For the coaches, of two whom they may see; 404 for anybody else."""
    return finished(here, request, team_id, lambda now: _page(here, team_id, chosen, now))


def _page(here: Shell, team_id: int, chosen: Pair, now: datetime) -> Response:
    found = team(here, team_id, now)
    pair = [member(here, team_id, each, now) for each in (chosen.left, chosen.right) if each]
    rules, rows = {rule.name: rule for rule in here.rules}, {row.id: row for row in found.rows}
    return page(
        "compare.html",
        team=found,
        asked=Sift(),
        chosen=chosen,
        names=sorted((row.name, row.id) for row in found.rows),
        pair=[rows[each.person.id] for each in pair] if len(pair) == 2 else [],
        charts=charts(pair, rules) if len(pair) == 2 else [],
        from_strava=any(from_strava(each) for each in pair),
    )


def charts(pair: Sequence[Judged], rules: Rules) -> list[str | None]:
    """The load of each as SVG, on one scale; None without data."""
    highest = max((highest_drawn(each.history, each.today) for each in pair if each.history), default=0.0)
    return [_chart(each, rules, highest) for each in pair]


def _chart(judged: Judged, rules: Rules, highest_km: float) -> str | None:
    if judged.history is None:
        return None
    marked = [each for each in judged.findings if each.rule in rules and not rules[each.rule].context]
    title = f"Training load of {judged.person.name}, last 8 weeks"
    return load_chart(
        judged.history, marked, judged.today, title=title, width=CHART_PX, highest_km=highest_km, locale=reads()
    )
