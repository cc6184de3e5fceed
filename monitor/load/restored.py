"""A runner's own copy read back: what came through Strava's API becomes their own export, and counts as it did."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from monitor.load.duplicates import Counted, counted
from monitor.model import Activity, Amendment, Exposure, Origin, RunKey


def restored(
    activities: Iterable[Activity], exposures: Mapping[RunKey, Exposure]
) -> tuple[list[Activity], dict[RunKey, Exposure]]:
    """The activities as they are taken in, and what their samples contained.

    A file counts before its copy on Strava. As an export that copy could count before the file, and other kilometres
    with it, so a copy from Strava that did not count stays out; what only its samples told goes to the run that did.
    """
    activities = list(activities)
    found: dict[RunKey, Exposure] = {}
    runs: dict[RunKey, Activity] = {}
    for session in counted(activities):
        kept = [run for run in session.copies if run.origin is not Origin.STRAVA]
        for run in (*kept, session.run):  # the one that counts last: it may be the copy's namesake now
            own = _as_own(run)
            runs[own.key] = own
            if run.key in exposures:
                found[own.key] = exposures[run.key]
        if told := _told(session, exposures):
            found[_as_own(session.run).key] = told
    others = {own.key: own for own in (_as_own(each) for each in activities if not each.is_run)}
    return [*runs.values(), *others.values()], found


def restored_amendments(activities: Iterable[Activity], amendments: Iterable[Amendment]) -> list[Amendment]:
    """What was said of any record of a session, said of the one that counts as it is taken in; else it is left out."""
    own = {run.key: _as_own(session.run).key for session in counted(list(activities)) for run in session.records}
    return [
        replace(each, run=own[each.run], into=own[each.into] if each.into else None)
        for each in amendments
        if each.run in own and (each.into is None or each.into in own)
    ]


def _told(session: Counted, exposures: Mapping[RunKey, Exposure]) -> Exposure | None:
    """The samples by which the session was judged: those of the run that counts, else of its best copy."""
    return next((exposures[run.key] for run in session.records if run.key in exposures), None)


def _as_own(activity: Activity) -> Activity:
    return replace(activity, origin=Origin.EXPORT) if activity.origin is Origin.STRAVA else activity
