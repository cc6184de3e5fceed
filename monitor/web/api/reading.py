"""What other programs may ask."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query

from monitor.store.log import EARLIEST, LATEST, events
from monitor.web.api import saying, scope, told
from monitor.web.api.given import LONGEST_SPAN, Span
from monitor.web.api.scope import Asking
from monitor.web.board import Id
from monitor.web.rows import row
from monitor.web.said import Rules
from monitor.web.said import told as in_words
from monitor.web.shell import Here, Shell

SHOWN_DAYS = 90

router = APIRouter()


@router.get("/me")
def myself(here: Here, holder: Asking) -> told.Myself:
    """Whose token this is."""
    kind = "operator" if holder.is_operator else "coach" if holder.runner_id is None else "runner"
    return told.Myself(
        holder=kind,
        runner_id=holder.runner_id,
        team_id=holder.team_id,
        read_only=holder.read_only,
        now=here.now(),
    )


@router.get("/teams")
def teams(here: Here, holder: Asking) -> list[told.Team]:
    """The teams whose board this token shows: none for a runner."""
    with here.open_db() as db:
        return [told.Team(id=id_, name=name) for id_, name in scope.teams(db, holder)]


@router.get("/teams/{team_id}/board")
def board(here: Here, holder: Asking, team_id: Id) -> told.Board:
    """A team as its page shows it to coaches; to the operator also those who have not agreed, as `/runners`."""
    with here.open_db() as db:
        names = dict(scope.teams(db, holder))
        if team_id not in names:
            raise HTTPException(404)
    rows, not_agreed = scope.board(here, holder, team_id)
    return told.Board(
        team=told.Team(id=team_id, name=names[team_id]),
        runners=[saying.runner(each) for each in rows],
        not_agreed=not_agreed,
    )


@router.get("/runners")
def runners(here: Here, holder: Asking) -> list[told.Runner]:
    """Everybody whom this token shows, who needs a look first at the top."""
    return [saying.runner(each) for each in scope.runners(here, holder)]


@router.get("/runners/{runner_id}")
def runner(here: Here, holder: Asking, runner_id: Id) -> told.Runner:
    """A runner now."""
    return saying.runner(row(scope.seen(here, holder, runner_id), by_name(here)))


@router.get("/runners/{runner_id}/findings")
def findings(here: Here, holder: Asking, runner_id: Id, span: Annotated[Span, Query()]) -> told.Findings:
    """What the rules found, with the evidence and its grade."""
    first, last = span.first or EARLIEST, span.last or LATEST
    judged = scope.seen(here, holder, runner_id)
    found = in_words(judged.findings, by_name(here), judged.raised)
    return told.Findings(
        runner_id=runner_id, findings=[saying.finding(each) for each in found if first <= each.day <= last]
    )


@router.get("/runners/{runner_id}/metrics")
def metrics(here: Here, holder: Asking, runner_id: Id, span: Annotated[Span, Query()]) -> told.MetricsOfDays:
    """Every load figure, one row a day; without days those of the last 90, and 400 at most."""
    judged = scope.seen(here, holder, runner_id)
    first, last = _days(span, judged.today)
    return told.MetricsOfDays(runner_id=runner_id, days=saying.days(judged, first, last))


@router.get("/runners/{runner_id}/headroom")
def headroom(here: Here, holder: Asking, runner_id: Id) -> told.HeadroomTold:
    """What today can hold; no limit that anybody has tested, and no promise."""
    judged = scope.seen(here, holder, runner_id)
    return saying.room(judged, by_name(here), here.now())


@router.get("/runners/{runner_id}/events")
def events_of(here: Here, holder: Asking, runner_id: Id) -> told.Events:
    """What the runner told of races, tapers, illness and holidays. Not for coaches."""
    with here.open_db() as db:
        scope.spoken_for(db, holder, runner_id)
        found = events(db, runner_id)
    return told.Events(runner_id=runner_id, events=[saying.event(id_, each) for id_, each in found.items()])


def by_name(here: Shell) -> Rules:
    return {rule.name: rule for rule in here.rules}


def _days(span: Span, today: date) -> tuple[date, date]:
    last = span.last or (min(LATEST, span.first + timedelta(LONGEST_SPAN - 1)) if span.first else today)
    return span.first or last - timedelta(SHOWN_DAYS - 1), last
