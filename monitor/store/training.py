"""All that is stored of a runner's training, gathered for the core."""

from datetime import timedelta

from sqlmodel import Session

from monitor.load.merging import NEVER
from monitor.load.training import Known, Log, training
from monitor.store.activities import stored_activities, told_spans
from monitor.store.exposures import stored_exposures
from monitor.store.log import events, injuries, profile


def known_training(db: Session, runner_id: int) -> Known:
    """What sources and the runner have told so far."""
    return Known(
        activities=tuple(stored_activities(db, runner_id)),
        told=tuple(told_spans(db, runner_id)),
        exposures=stored_exposures(db, runner_id),
        profile=profile(db, runner_id),
        events=tuple(events(db, runner_id).values()),
        injuries=tuple(injuries(db, runner_id).values()),
    )


def training_log(db: Session, runner_id: int, merge_gap: timedelta = NEVER) -> Log:
    """The training log read anew from what is stored; *merge_gap* as in `merging.merged`."""
    return training(known_training(db, runner_id), merge_gap)
