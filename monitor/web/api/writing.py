"""What other programs may tell, with a runner's own token or the operator's. A coach's only reads."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, HTTPException, Path
from sqlmodel import Session

from monitor.errors import UserError
from monitor.store.answers import answer
from monitor.store.check_ins import check_ins, save_check_in
from monitor.store.findings import stored_findings
from monitor.store.log import add_event, events, remove_event
from monitor.symptoms.circumstances import context
from monitor.symptoms.outcome import outcome
from monitor.web.api import saying, scope, told
from monitor.web.api.given import AnswerGiven, CheckInGiven, Day, EventGiven
from monitor.web.api.scope import Asking, may_write
from monitor.web.board import Id
from monitor.web.shell import Here

INCOMPLETE = "an answer is missing: what follows from the others is asked, too"

log = structlog.get_logger()


def routes(writing: Callable[[], AbstractContextManager[Session]]) -> APIRouter:
    """What changes something; *writing* opens the transaction."""
    router = APIRouter(prefix="/runners/{runner_id}", dependencies=[Depends(may_write)])

    @router.post("/check-ins", status_code=201)
    def check_in(here: Here, holder: Asking, runner_id: Id, given: CheckInGiven) -> told.CheckedIn:
        """How it feels today, in place of an earlier check-in of the day; what follows from it."""
        now = here.now()
        with writing() as db:
            made = given.check_in(now.astimezone(scope.spoken_for(db, holder, runner_id).zone).date())
            if made is None:
                raise HTTPException(422, INCOMPLETE)
            save_check_in(db, runner_id, made, now)
            follows = outcome(made, check_ins(db, runner_id))
        log.info("check-in made", runner=runner_id, token=holder.token_id)
        return told.CheckedIn(
            day=made.day,
            severity=follows.severity,
            substantial=follows.substantial,
            urgency=follows.urgency.name,
            stops_running=follows.stops_running,
            sentences=[*follows.sentences, *(() if follows.is_red else context(made))],
        )

    @router.post("/findings/{rule}/{day}/answer", status_code=201)
    def acknowledge(
        here: Here,
        holder: Asking,
        runner_id: Id,
        rule: Annotated[str, Path(max_length=60)],
        day: Day,
        given: AnswerGiven,
    ) -> told.Answered:
        """What the runner says of a finding, as by a mail's buttons; a later answer stands beside an earlier one."""
        with writing() as db:
            scope.spoken_for(db, holder, runner_id)
            found = [each for each in stored_findings(db, runner_id, day, day) if each.rule == rule]
            if not found:
                raise HTTPException(404)
            answer(db, runner_id, found, given.say, here.now())
        log.info("finding answered", runner=runner_id, token=holder.token_id, say=given.say.value)
        return told.Answered(say=given.say, follows=given.say.follows)

    @router.post("/events", status_code=201)
    def note_event(holder: Asking, runner_id: Id, given: EventGiven) -> told.EventTold:
        """A race, taper, illness or holiday, which explains its days."""
        with writing() as db:
            scope.spoken_for(db, holder, runner_id)
            try:
                number = add_event(db, runner_id, given.event())
            except UserError as error:
                raise HTTPException(409, str(error)) from error
        return saying.event(number, given.event())

    @router.delete("/events/{event_id}", status_code=204)
    def forget_event(holder: Asking, runner_id: Id, event_id: Id) -> None:
        """Forget an event that was noted by mistake."""
        with writing() as db:
            scope.spoken_for(db, holder, runner_id)
            if event_id not in events(db, runner_id):
                raise HTTPException(404)
            remove_event(db, event_id)

    return router
