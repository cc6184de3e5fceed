"""A runner's page: the verdict and why, what today can hold, the load as picture and table, the findings, the runs."""

from datetime import datetime

from fastapi import APIRouter, HTTPException, Request, Response

from monitor.store import view
from monitor.store.answers import answers
from monitor.store.own_settings import units_of
from monitor.web import links
from monitor.web.access import Who, as_coach, as_runner
from monitor.web.board import Id
from monitor.web.finished import finished
from monitor.web.pages import page
from monitor.web.runner_page import runner
from monitor.web.shell import Here, Shell
from monitor.web.team import member

router = APIRouter()


@router.get("/runners/{runner_id}")
def runner_page(here: Here, who: Who, runner_id: Id, key: str = "") -> Response:
    """For the runner, and the operator. Opened with the runner's own *key*, it leads to their other pages."""
    as_runner(who, runner_id)
    now = here.now()
    with here.open_db() as db:
        judged = view.judged(db, runner_id, here.rules, now, here.settings.files.stale_after_days)
        said, units = answers(db, runner_id), units_of(db, runner_id)
    if judged is None:
        raise HTTPException(404)
    if runner_id in who.runner_ids:
        key = links.own_key(here.secrets, runner_id)
    own = key if links.is_own(here.secrets, key, runner_id) else ""
    return page("runner.html", runner=runner(judged, here.rules, now, key=own, said=said, units=units))


@router.get("/teams/{team_id}/runners/{runner_id}")
def member_page(here: Here, request: Request, who: Who, team_id: Id, runner_id: Id) -> Response:
    """For the coaches of the team. Whoever has not agreed is not there."""
    as_coach(who, team_id)
    return finished(here, request, team_id, lambda now: _page(here, team_id, runner_id, now))


def _page(here: Shell, team_id: int, runner_id: int, now: datetime) -> Response:
    return page("runner.html", runner=runner(member(here, team_id, runner_id, now), here.rules, now, is_own=False))
