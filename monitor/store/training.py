"""All that is stored of runners' training, gathered for the core: a few queries, however many runners they are."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from sqlmodel import Session, col, select

from monitor.load.daily import Span
from monitor.load.duplicates import counted
from monitor.load.merging import NEVER
from monitor.load.training import Known, Log, training
from monitor.model import Activity, Origin
from monitor.rules.hidden import Hidden
from monitor.store.activities import activities_of, told_of
from monitor.store.amendments import amendments_of
from monitor.store.audience import OWN, Audience
from monitor.store.check_ins import check_ins_of
from monitor.store.exposures import exposures_of
from monitor.store.log import events_of, injuries_of, profiles
from monitor.store.tables import ActivityRow

COUNTED_DAYS = 56  # what the board and a runner's page show


def known_training(db: Session, runner_id: int, audience: Audience = OWN) -> Known:
    """What sources and the runner have told so far, as far as the *audience* may see it."""
    return known_of(db, [runner_id], audience)[runner_id]


def known_of(db: Session, runners: Collection[int], audience: Audience = OWN) -> dict[int, Known]:
    """The same of many runners."""
    activities, told = activities_of(db, runners, audience), told_of(db, runners, audience)
    exposures, check_ins = exposures_of(db, runners, audience), check_ins_of(db, runners, audience)
    events, injuries = events_of(db, runners), injuries_of(db, runners)
    corrected, about = amendments_of(db, runners, audience), profiles(db, runners)
    return {
        each: Known(
            activities=tuple(activities[each]),
            told=tuple(span for _, span in told[each]),
            exposures=exposures[each],
            profile=about[each],
            events=tuple(events[each].values()),
            injuries=tuple(injuries[each].values()),
            told_since=_told_since(told[each]),
            check_ins=tuple(check_ins[each]),
            amendments=tuple(corrected[each]),
        )
        for each in runners
    }


def training_log(db: Session, runner_id: int, audience: Audience = OWN, merge_gap: timedelta = NEVER) -> Log:
    """The training log read anew from what is stored and may be seen; *merge_gap* as in `merging.merged`."""
    return training(known_training(db, runner_id, audience), merge_gap)


def hidden(db: Session, todays: Mapping[int, date], audience: Audience) -> dict[int, Hidden]:
    """How much the *audience* does not see of the 8 weeks to each runner's today.

    Only these counts leave the rows that are hidden.
    """
    if not audience.hidden:
        return dict.fromkeys(todays, Hidden())
    is_hidden = col(ActivityRow.origin).in_(audience.hidden)
    whose = select(ActivityRow.runner_id).where(col(ActivityRow.runner_id).in_(todays), is_hidden).distinct()
    told, runs = told_of(db, todays), activities_of(db, db.exec(whose).all())
    return {each: _hidden(runs.get(each, []), told[each], audience, today) for each, today in todays.items()}


def _hidden(runs: Sequence[Activity], told: Sequence[tuple[Origin, Span]], audience: Audience, today: date) -> Hidden:
    recent = [each for each in counted(runs) if 0 <= (today - each.run.day).days < COUNTED_DAYS]
    unseen = [each for each in recent if {run.origin for run in (each.run, *each.copies)} <= audience.hidden]
    told_by = {origin for origin, _ in told}
    return Hidden(len(unseen), len(recent), everything=bool(told_by) and told_by <= audience.hidden)


def _told_since(told: Sequence[tuple[Origin, Span]]) -> dict[Origin, date]:
    return {origin: first for origin, (first, _) in sorted(told, key=lambda each: each[1], reverse=True)}
