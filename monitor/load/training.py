"""All that is known of a runner's training, as values, and what the core makes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from monitor.load.amended import amended, joined
from monitor.load.daily import NOTHING, History, Span, known_spans, usable_distance
from monitor.load.duplicates import Counted, counted
from monitor.load.excused import excused_spans
from monitor.load.fast_speed import FastSpeed, fast_speed
from monitor.load.full_days import within_a_day
from monitor.load.gathering import Reading, history
from monitor.load.internal import internal_loads
from monitor.load.merging import NEVER, merged
from monitor.model import Activity, Amendment, Event, EventKind, Exposure, Injury, Origin, Profile, RunKey
from monitor.symptoms import pain
from monitor.symptoms.check_in import CheckIn


@dataclass(frozen=True, slots=True)
class Known:
    """What sources and the runner have told."""

    activities: tuple[Activity, ...] = ()
    told: tuple[Span, ...] = ()  # the stretches of days that sources have told completely
    exposures: Mapping[RunKey, Exposure] = field(default_factory=dict)
    profile: Profile = field(default_factory=Profile)
    events: tuple[Event, ...] = ()
    injuries: tuple[Injury, ...] = ()
    told_since: Mapping[Origin, date] = field(default_factory=dict)  # from what day on an origin has told of days
    check_ins: tuple[CheckIn, ...] = ()  # oldest first
    amendments: tuple[Amendment, ...] = ()  # what the runner corrects of the activities

    def until(self, day: date) -> "Known":
        """What was known at the end of *day*: nothing of later runs, events, injuries or check-ins."""
        return replace(
            self,
            activities=tuple(run for run in self.activities if run.day <= day),
            told=tuple((first, min(last, day)) for first, last in self.told if first <= day),
            events=tuple(event for event in self.events if event.first_day <= day),
            injuries=tuple(_as_of(injury, day) for injury in self.injuries if injury.onset <= day),
            check_ins=tuple(told for told in self.check_ins if told.day <= day),
        )


@dataclass(frozen=True, slots=True)
class Log:
    """A training log read: the runs that count, newest first, their days, and from what speed on running is fast."""

    runs: tuple[Counted, ...] = ()
    history: History | None = None
    fast_speed: FastSpeed | None = None
    injuries: tuple[Injury, ...] = ()
    exposures: Mapping[RunKey, Exposure] = field(default_factory=dict)  # of the runs that count
    profile: Profile = field(default_factory=Profile)
    merged: History | None = None  # *history*, but runs close after one another are one (`merging`)
    told_since: Mapping[Origin, date] = field(default_factory=dict)  # from what day on an origin told anything
    check_ins: tuple[CheckIn, ...] = ()  # oldest first
    excluded: tuple[Counted, ...] = ()  # runs that the runner left out, newest first

    def read_by(self, *, merges: bool) -> History:
        """The days as a rule reads them, runs close after one another as one where it *merges*; empty without any."""
        return (self.merged if merges else self.history) or NOTHING

    def rests_on(self, day: date) -> frozenset[Origin]:
        """The origins behind every figure of *day*: all that had told of a run or a day by then.

        Some measures look back without an end, and a day of rest rests on whoever told it, so none is left out.
        """
        return frozenset(origin for origin, since in self.told_since.items() if since <= day)


def training(known: Known, merge_gap: timedelta = NEVER) -> Log:
    """The training log of what is *known*; *merge_gap* as in `merging.merged`."""
    corrected = amended(counted(known.activities), known.amendments)
    runs = within_a_day(corrected.runs)
    spans = known_spans([each.run for each in runs], known.told)
    exposures = {each.run.key: found for each in runs if (found := _exposure(each, known.exposures))}
    last = max((end for _, end in spans), default=date.min)
    # A ride that was called a run must not teach what is fast.
    trusted = [each.run for each in runs if usable_distance(each.run) is not None]
    dated = [(run.day, exposures[run.key]) for run in trusted if run.key in exposures]
    fast = fast_speed(dated, last, known.profile.fast_mps)
    counting = [each.run for each in runs]
    reading = Reading(
        exposures=exposures,
        fast_mps=fast.mps if fast else None,
        internal_loads=internal_loads(counting, exposures, known.profile),
        excused=excused_spans(known.events),
        races=[(event.first_day, event.last_day) for event in known.events if event.kind is EventKind.RACE],
        pains=pain.by_day(known.check_ins),
    )
    days = history(counting, spans, reading)
    as_one = history(merged(counting, merge_gap), spans, reading) if merge_gap else days
    since = _told_since(known)
    newest_first, excluded = _newest_first(runs), _newest_first(corrected.excluded)
    return Log(
        newest_first, days, fast, known.injuries, exposures, known.profile, as_one, since, known.check_ins, excluded
    )


def _newest_first(sessions: Sequence[Counted]) -> tuple[Counted, ...]:
    return tuple(sorted(sessions, key=lambda each: each.run.start, reverse=True))


def _told_since(known: Known) -> dict[Origin, date]:
    since = dict(known.told_since)
    for run in known.activities:
        since[run.origin] = min(run.day, since.get(run.origin, run.day))
    return since


def _exposure(session: Counted, exposures: Mapping[RunKey, Exposure]) -> Exposure | None:
    """The samples of the record that counts, else of a copy: they are of one session. Those of parts are joined."""
    if session.parts:
        return joined([_exposure(part, exposures) for part in session.parts])
    return next((exposures[run.key] for run in session.records if run.key in exposures), None)


def _as_of(injury: Injury, day: date) -> Injury:
    """On a day before its end an injury was open."""
    return replace(injury, ended=None) if injury.ended and injury.ended > day else injury
