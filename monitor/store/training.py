"""All that is stored of a runner's training, gathered for the core."""

from datetime import date, timedelta

from sqlmodel import Session

from monitor.load.duplicates import counted
from monitor.load.merging import NEVER
from monitor.load.training import Known, Log, training
from monitor.rules.hidden import Hidden
from monitor.store.activities import stored_activities, told_by
from monitor.store.amendments import amendments
from monitor.store.audience import OWN, Audience
from monitor.store.check_ins import check_ins
from monitor.store.exposures import stored_exposures
from monitor.store.log import events, injuries, profile

COUNTED_DAYS = 56  # what the board and a runner's page show


def known_training(db: Session, runner_id: int, audience: Audience = OWN) -> Known:
    """What sources and the runner have told so far, as far as the *audience* may see it."""
    told = told_by(db, runner_id, audience)
    return Known(
        activities=tuple(stored_activities(db, runner_id, audience)),
        told=tuple(span for _, span in told),
        exposures=stored_exposures(db, runner_id, audience),
        profile=profile(db, runner_id),
        events=tuple(events(db, runner_id).values()),
        injuries=tuple(injuries(db, runner_id).values()),
        told_since={origin: first for origin, (first, _) in sorted(told, key=lambda each: each[1], reverse=True)},
        check_ins=tuple(check_ins(db, runner_id, audience)),
        amendments=tuple(amendments(db, runner_id, audience)),
    )


def training_log(db: Session, runner_id: int, audience: Audience = OWN, merge_gap: timedelta = NEVER) -> Log:
    """The training log read anew from what is stored and may be seen; *merge_gap* as in `merging.merged`."""
    return training(known_training(db, runner_id, audience), merge_gap)


def hidden(db: Session, runner_id: int, audience: Audience, today: date) -> Hidden:
    """How much the *audience* does not see of the last 8 weeks. Only these counts leave the rows that are hidden."""
    if not audience.hidden:
        return Hidden()
    sessions = counted(stored_activities(db, runner_id))
    recent = [each for each in sessions if 0 <= (today - each.run.day).days < COUNTED_DAYS]
    unseen = [each for each in recent if {run.origin for run in (each.run, *each.copies)} <= audience.hidden]
    told = {origin for origin, _ in told_by(db, runner_id)}
    return Hidden(len(unseen), len(recent), everything=bool(told) and told <= audience.hidden)
