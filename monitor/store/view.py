"""What pages, mails and the board need to know of a runner now, gathered in one place and judged by the rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from monitor.load.daily import History
from monitor.load.duplicates import Counted
from monitor.load.fast_speed import FastSpeed
from monitor.load.merging import NEVER
from monitor.load.returning import returning
from monitor.load.training import Log
from monitor.model import Exposure, Finding, Injury, Level, Profile, RunKey, Verdict
from monitor.rules.assessing import assessed
from monitor.rules.hidden import Hidden, with_hidden
from monitor.rules.rule import Rule
from monitor.rules.together import Context, reasons
from monitor.rules.verdict import verdict
from monitor.store.audience import COACHES, COACHES_WITH_STRAVA, OWN, Audience
from monitor.store.consents import Subject, consent, in_force, team_wording
from monitor.store.exposures import given_up
from monitor.store.findings import stored_findings
from monitor.store.groups import groups_of
from monitor.store.ledgers import ledger
from monitor.store.marks import Mark, marks
from monitor.store.people import Person, how_many, member, people, person, team_name, teams
from monitor.store.tables import Runner
from monitor.store.training import hidden, training_log
from monitor.symptoms.check_in import CheckIn
from monitor.symptoms.red_flags import urgency

__all__ = [
    "Judged",
    "Mark",
    "Person",
    "everyone",
    "everyones_groups",
    "everyones_marks",
    "judged",
    "judged_as",
    "ledger",
    "not_agreed",
    "team_board",
    "team_groups",
    "team_marks",
    "team_member",
    "team_name",
    "team_size",
    "teams",
]

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
    return _judged(db, person(db, runner_id), rules, now, files_stale_after_days)


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
    return _sorted(
        _judged(db, each, rules, now, files_stale_after_days, _coaches(db, each, strava_is_shared), merge_gap)
        for each in people(db, team_id, COACHES)
    )


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
    found = member(db, team_id, runner_id, COACHES)
    if found is None:
        return None
    return _judged(db, found, rules, now, files_stale_after_days, _coaches(db, found, strava_is_shared), merge_gap)


def team_marks(
    db: Session, team_id: int, now: datetime, files_stale_after_days: int = 10, *, strava_is_shared: bool = False
) -> list[Mark]:
    """Whom the coaches of a team may see, each with what decides how: `judged_as` gives them as in `team_board`."""
    agreed = in_force(db, team_id)
    wordings = {each: agreed.get((each.id, Subject.TEAM)) for each in people(db, team_id, COACHES)}
    audiences = {each: _sharing(strava_is_shared, wording) for each, wording in wordings.items()}
    heard = {runner_id for runner_id, subject in agreed if subject is Subject.SYMPTOMS}
    return marks(db, audiences, heard, now, files_stale_after_days, team_id)


def everyones_marks(db: Session, now: datetime, files_stale_after_days: int = 10) -> list[Mark]:
    """All runners, each with what decides how they are shown."""
    return marks(db, dict.fromkeys(people(db), OWN), set(), now, files_stale_after_days)


def judged_as(
    db: Session,
    mark: Mark,
    rules: Sequence[Rule],
    now: datetime,
    files_stale_after_days: int = 10,
    merge_gap: timedelta = NEVER,
) -> Judged:
    """The runner of a mark, for the audience that it names, with the findings of 12 weeks."""
    return _judged(db, mark.person, rules, now, files_stale_after_days, mark.audience, merge_gap, BOARD_DAYS)


def team_groups(db: Session, team_id: int) -> dict[int, tuple[str, ...]]:
    """The groups of each runner of a team whom its coaches may see."""
    return groups_of(db, team_id, COACHES)


def everyones_groups(db: Session) -> dict[int, tuple[str, ...]]:
    return groups_of(db)


def team_size(db: Session, team_id: int) -> int:
    """How many runners a team has, whether or not they agreed that its coaches see them."""
    return how_many(db, team_id)


def not_agreed(db: Session, team_id: int) -> int:
    """How many runners of a team have not agreed that its coaches see them."""
    return team_size(db, team_id) - how_many(db, team_id, COACHES)


def everyone(
    db: Session, rules: Sequence[Rule], now: datetime, files_stale_after_days: int = 10, team_id: int | None = None
) -> list[Judged]:
    """All runners, or all of a team, who needs a look first at the top."""
    return _sorted(_judged(db, each, rules, now, files_stale_after_days) for each in people(db, team_id))


def _judged(
    db: Session,
    of: Person,
    rules: Sequence[Rule],
    now: datetime,
    files_stale_after_days: int,
    audience: Audience = OWN,
    merge_gap: timedelta = NEVER,
    days: int = SHOWN_DAYS,
) -> Judged:
    log = training_log(db, of.id, audience, merge_gap)
    today = now.astimezone(of.zone).date()
    by_name = {rule.name: rule for rule in rules}
    told = ledger(db, of, files_stale_after_days, audience)
    known = [f for f in _findings(db, of.id, log, rules, today, audience, days) if f.rule in by_name]
    unseen = hidden(db, of.id, audience, today)
    judgement = with_hidden(verdict(now, told, log.history, log.runs, known, by_name), unseen)
    missing = given_up(db, of.id, today - timedelta(days=NOTED_DAYS), audience)
    noted = [missing_note(missing) if missing else "", corrected_note(log, today - timedelta(days=NOTED_DAYS))]
    judgement = replace(judgement, notes=(*judgement.notes, *filter(None, noted)))
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
        hidden=unseen,
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


def _coaches(db: Session, of: Person, strava_is_shared: bool) -> Audience:
    """What coaches may see of this runner: rows of Strava's API where operator and runner both agreed to that."""
    held = consent(db, of.id, Subject.TEAM)
    return _sharing(strava_is_shared, held.wording if held else None)


def _sharing(strava_is_shared: bool, wording: str | None) -> Audience:
    return COACHES_WITH_STRAVA if strava_is_shared and wording == team_wording(True) else COACHES


def _findings(
    db: Session, runner_id: int, log: Log, rules: Sequence[Rule], today: date, audience: Audience, days: int
) -> list[Finding]:
    """The findings of so many days. Those that are stored rest on all rows, so who does not see all gets others."""
    first = today - timedelta(days=days)
    if not audience.hidden:
        return stored_findings(db, runner_id, first, today, audience)
    return sorted(assessed(log, rules, first, today), key=lambda finding: (finding.day, finding.rule))


def _sorted(rows: Iterable[Judged]) -> list[Judged]:
    return sorted(rows, key=lambda row: row.order)
