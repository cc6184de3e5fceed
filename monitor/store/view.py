"""What pages, mails and the board need to know of a runner now, gathered in one place and judged by the rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlmodel import Session

from monitor.load.daily import History
from monitor.load.duplicates import Counted
from monitor.load.fast_speed import FastSpeed
from monitor.load.returning import returning
from monitor.load.training import Log
from monitor.model import Exposure, Finding, Injury, Level, Profile, RunKey, Verdict
from monitor.rules.freshness import Access, Ledger
from monitor.rules.rule import Rule
from monitor.rules.together import Context, reasons
from monitor.rules.verdict import verdict
from monitor.store.activities import last_told
from monitor.store.connections import connection, silent_since
from monitor.store.findings import stored_findings
from monitor.store.people import Person, people, person, teams
from monitor.store.source_state import strava_state
from monitor.store.tables import Runner
from monitor.store.training import training_log

__all__ = ["Judged", "Person", "everyone", "judged", "ledger", "team_board", "teams"]

SHOWN_DAYS = 60
LOOK_FIRST = {Level.STRONG: 0, Level.CAUTION: 1, None: 2, Level.WATCH: 3, Level.OK: 4}


@dataclass(frozen=True, slots=True)
class Judged:
    """One runner now."""

    person: Person
    today: date
    verdict: Verdict
    history: History | None
    runs: tuple[Counted, ...]  # newest first
    findings: tuple[Finding, ...]  # of the last 60 days, newest first
    fast_speed: FastSpeed | None = None  # from what speed on running is fast for them
    injuries: tuple[Injury, ...] = ()
    exposures: Mapping[RunKey, Exposure] = field(default_factory=dict)  # what the samples of the runs contained
    profile: Profile = field(default_factory=Profile)

    def raised(self, finding: Finding) -> tuple[str, ...]:
        """Why a finding stands one band above its line; empty where it does not."""
        returning_days = {each.day for each in self.findings if each.rule == "return_after_layoff"}
        return tuple(reasons(finding, returning_days, Context(self.injuries)))

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
    return _judged(db, person(db, runner_id), rules, now, files_stale_after_days)


def team_board(
    db: Session, team_id: int, rules: Sequence[Rule], now: datetime, files_stale_after_days: int = 10
) -> list[Judged]:
    """The runners of a team, who needs a look first at the top."""
    return _sorted(_judged(db, each, rules, now, files_stale_after_days) for each in people(db, team_id))


def everyone(db: Session, rules: Sequence[Rule], now: datetime, files_stale_after_days: int = 10) -> list[Judged]:
    """All runners, who needs a look first at the top."""
    return _sorted(_judged(db, each, rules, now, files_stale_after_days) for each in people(db))


def ledger(db: Session, of: Person, files_stale_after_days: int) -> Ledger:
    """How asking this runner's sources went."""
    row, imported = connection(db, of.id), last_told(db, of.id)
    if row is None:
        return Ledger(of.zone, last_imported=imported, files_stale_after_days=files_stale_after_days)
    down_since = strava_state(db).down_since
    return Ledger(of.zone, Access(row.access), row.access_since, down_since, silent_since(row), imported)


def _judged(db: Session, of: Person, rules: Sequence[Rule], now: datetime, files_stale_after_days: int) -> Judged:
    log = training_log(db, of.id)
    today = now.astimezone(of.zone).date()
    found = [f for f in stored_findings(db, of.id, today - timedelta(days=SHOWN_DAYS)) if f.day <= today]
    by_name = {rule.name: rule for rule in rules}
    told = ledger(db, of, files_stale_after_days)
    known = [f for f in found if f.rule in by_name]
    judgement = verdict(now, told, log.history, log.runs, known, by_name)
    return Judged(
        person=of,
        today=today,
        verdict=judgement,
        history=log.history,
        runs=log.runs,
        findings=tuple(reversed(known)),
        fast_speed=log.fast_speed,
        injuries=log.injuries,
        exposures=log.exposures,
        profile=log.profile,
    )


def _sorted(rows: Iterable[Judged]) -> list[Judged]:
    return sorted(rows, key=lambda row: (LOOK_FIRST[row.verdict.level], row.person.name))
