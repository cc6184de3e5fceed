"""What pages, mails and the board need to know of a runner now, judged by the rules from what `reading.py` read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from monitor.load.daily import History
from monitor.load.duplicates import Counted
from monitor.load.fast_speed import FastSpeed
from monitor.load.merging import NEVER
from monitor.load.returning import returning
from monitor.load.training import Log, training
from monitor.model import Exposure, Finding, Injury, Level, Profile, RunKey, Verdict
from monitor.rules.assessing import assessed
from monitor.rules.hidden import Hidden, with_hidden
from monitor.rules.rule import Rule
from monitor.rules.together import Context, reasons
from monitor.rules.verdict import verdict
from monitor.store.audience import OWN, Audience
from monitor.store.marks import Mark
from monitor.store.people import Person, people, person
from monitor.store.reading import Read, read
from monitor.store.seen import coached, coached_member
from monitor.store.tables import Runner
from monitor.symptoms.check_in import CheckIn
from monitor.symptoms.red_flags import urgency

SHOWN_DAYS, BOARD_DAYS, NOTED_DAYS = 60, 84, 28
LOOK_FIRST = {Level.STRONG: 0, Level.CAUTION: 1, None: 2, Level.WATCH: 3, Level.OK: 4}


@dataclass(frozen=True, slots=True)
class Judged:
    """One runner now."""

    person: Person
    today: date
    verdict: Verdict
    history: History | None
    runs: tuple[Counted, ...]  # newest first
    findings: tuple[Finding, ...]  # of the last 60 days, on a board 84; newest first
    fast_speed: FastSpeed | None = None  # from what speed on running is fast for them
    injuries: tuple[Injury, ...] = ()
    exposures: Mapping[RunKey, Exposure] = field(default_factory=dict)  # what the samples of the runs contained
    hidden: Hidden = field(default_factory=Hidden)  # how much more there is that the reader does not see
    profile: Profile = field(default_factory=Profile)
    check_ins: tuple[CheckIn, ...] = ()  # oldest first; none where the reader may not hear of them
    excluded: tuple[Counted, ...] = ()  # runs that the runner left out, newest first

    def raised(self, finding: Finding) -> tuple[str, ...]:
        """Why a finding stands one band above its line; empty where it does not."""
        returning_days = {each.day for each in self.findings if each.rule == "return_after_layoff"}
        return tuple(reasons(finding, returning_days, Context(self.injuries)))

    @property
    def is_red(self) -> bool:
        """Whether the last check-in that the reader may hear of told of something that belongs before a doctor."""
        return bool(self.check_ins) and urgency(self.check_ins[-1].flags).is_red

    @property
    def order(self) -> tuple[bool, int, str]:
        """Who needs a look first comes first; what belongs before a doctor above all."""
        return not self.is_red, LOOK_FIRST[self.verdict.level], self.person.name

    @property
    def log(self) -> Log:
        return Log(self.runs, self.history, self.fast_speed, self.injuries, self.exposures, self.profile)

    @property
    def comparable(self) -> History | None:
        """The history where ratios mean something now: a verdict is given, and the runner is not on the way back."""
        if self.verdict.level is None or self.history is None:
            return None
        return None if returning(self.history, self.injuries, self.today) else self.history


def judged(
    db: Session, runner_id: int, rules: Sequence[Rule], now: datetime, files_stale_after_days: int = 10
) -> Judged | None:
    """The runner with this id as they stand at *now*; None where there is none."""
    if db.get(Runner, runner_id) is None:
        return None
    return _judged(db, {person(db, runner_id): OWN}, rules, now, files_stale_after_days)[0]


def team_board(
    db: Session,
    team_id: int,
    rules: Sequence[Rule],
    now: datetime,
    files_stale_after_days: int = 10,
    *,
    strava_is_shared: bool = False,
    merge_gap: timedelta = NEVER,
) -> list[Judged]:
    """The runners of a team as its coaches may see them, who needs a look first at the top."""
    seen = coached(db, team_id, strava_is_shared=strava_is_shared)
    return _sorted(_judged(db, seen, rules, now, files_stale_after_days, merge_gap))


def team_member(
    db: Session,
    team_id: int,
    runner_id: int,
    rules: Sequence[Rule],
    now: datetime,
    files_stale_after_days: int = 10,
    *,
    strava_is_shared: bool = False,
    merge_gap: timedelta = NEVER,
) -> Judged | None:
    """One runner as the coaches of this team may see them; None where they may not."""
    seen = coached_member(db, team_id, runner_id, strava_is_shared=strava_is_shared)
    return next(iter(_judged(db, seen, rules, now, files_stale_after_days, merge_gap)), None)


def everyone(db: Session, rules: Sequence[Rule], now: datetime, files_stale_after_days: int = 10) -> list[Judged]:
    """All runners, who needs a look first at the top."""
    return _sorted(_judged(db, dict.fromkeys(people(db), OWN), rules, now, files_stale_after_days))


def read_as(db: Session, marks: Iterable[Mark], now: datetime, files_stale_after_days: int = 10) -> list[Read]:
    """The runners of these *marks*, for the audiences that they name, with the findings of 12 weeks; for `judge`."""
    return list(read(db, {mark.person: mark.audience for mark in marks}, now, files_stale_after_days, BOARD_DAYS))


def judge(found: Read, rules: Sequence[Rule], now: datetime, merge_gap: timedelta = NEVER) -> Judged:
    """The runner as the rules see them at *now*."""
    log, by_name = training(found.known, merge_gap), {rule.name: rule for rule in rules}
    known = [each for each in _findings(found, log, rules) if each.rule in by_name]
    judgement = with_hidden(verdict(now, found.ledger, log.history, log.runs, known, by_name), found.hidden)
    since = found.today - timedelta(days=NOTED_DAYS)
    missing = sum(day >= since for day in found.missing)
    noted = [missing_note(missing) if missing else "", corrected_note(log, since)]
    return Judged(
        person=found.person,
        today=found.today,
        verdict=replace(judgement, notes=(*judgement.notes, *filter(None, noted))),
        history=log.history,
        runs=log.runs,
        findings=tuple(reversed(known)),
        fast_speed=log.fast_speed,
        injuries=log.injuries,
        exposures=log.exposures,
        hidden=found.hidden,
        profile=log.profile,
        check_ins=log.check_ins,
        excluded=log.excluded,
    )


def corrected_note(log: Log, since: date) -> str:
    """What stands beside the verdict where the runner corrected runs of the days after *since*; empty where none."""
    corrected = sum(1 for each in log.runs if each.amendments and each.run.day > since)
    left_out = sum(1 for each in log.excluded if each.run.day > since)
    told = {"corrected": corrected, "left out": left_out}
    said = [f"{n} {'run' if n == 1 else 'runs'} {how}" for how, n in told.items() if n]
    return f"{' and '.join(said)} by the runner" if said else ""


def missing_note(runs: int) -> str:
    """What stands beside the verdict where Strava lists a run and fails to give what it contained."""
    return f"{runs} {'activity' if runs == 1 else 'activities'} missing: Strava does not give what was recorded"


def _judged(
    db: Session,
    audiences: Mapping[Person, Audience],
    rules: Sequence[Rule],
    now: datetime,
    files_stale_after_days: int,
    merge_gap: timedelta = NEVER,
) -> list[Judged]:
    found = read(db, audiences, now, files_stale_after_days, SHOWN_DAYS)
    return [judge(each, rules, now, merge_gap) for each in found]


def _findings(found: Read, log: Log, rules: Sequence[Rule]) -> Sequence[Finding]:
    """Those that are stored rest on all rows, so who does not see all gets others."""
    if found.findings is not None:
        return found.findings
    said = assessed(log, rules, found.first, found.today)
    return sorted(said, key=lambda finding: (finding.day, finding.rule))


def _sorted(rows: Iterable[Judged]) -> list[Judged]:
    return sorted(rows, key=lambda row: row.order)
