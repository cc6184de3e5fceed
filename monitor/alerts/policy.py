"""Whether to tell a runner, and why: one pure function over what was found, what was told and what was answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from monitor.alerts.answers import Answer, snoozed_until
from monitor.alerts.episodes import began
from monitor.model import Finding, Level
from monitor.rules.rule import Kind, Mails, Rule

NEWS_DAYS = 3
RUNS_TO_MAIL = 4
APART, RULE_APART = timedelta(days=7), timedelta(days=10)
BUDGET, BUDGET_PERIOD = 2, timedelta(days=30)


class Reason(StrEnum):
    """Why a mail goes, or why none does."""

    FIRST = "first"
    WORSE = "worse"
    REMINDER = "reminder"
    STILL_TRUE = "still true, and told already"
    NOTHING_NEW = "nothing new that may be mailed"
    ONLY_SHOWN = "findings of this kind stand here and on your page only"
    FEW_RUNS = "fewer than 4 runs in the 30 days before"
    ALONE = "alone it is no reason for a mail"
    OLD = "it is older than three days"
    ANSWERED = "you answered"
    SNOOZED = "you asked for two weeks without alerts"
    SWITCHED_OFF = "you switched alerts off"
    TOO_SOON = "an alert went out in the last days"
    BUDGET = "two alerts went out in the last 30 days"

    @property
    def mails(self) -> bool:
        return self in (Reason.FIRST, Reason.WORSE, Reason.REMINDER)


@dataclass(frozen=True, slots=True)
class Told:
    """A finding that an alert mail told, and when it was decided."""

    rule: str
    day: date
    level: Level
    at: datetime


@dataclass(frozen=True, slots=True)
class Memory:
    """What one runner was told and answered, all that was found of them lately, and whether alerts are wanted."""

    told: Sequence[Told] = ()
    answers: Sequence[Answer] = ()
    found: Sequence[Finding] = ()
    wanted: bool = True

    def after(self, told: Sequence[Finding], now: datetime) -> "Memory":
        """What is remembered once a letter of *now* tells these findings."""
        return replace(self, told=(*self.told, *(Told(each.rule, each.day, each.level, now) for each in told)))


@dataclass(frozen=True, slots=True)
class Decision:
    reason: Reason
    findings: tuple[Finding, ...] = ()


def reason_to_notify(
    findings: Sequence[Finding], memory: Memory, rules: Mapping[str, Rule], now: datetime, zone: ZoneInfo
) -> Decision:
    """Decide about one runner's *findings* in force.

    Only findings of the last three days are news, so a first import never mails old history. A single-session spike
    may mail alone with at least 4 runs in the 30 days before it, pain that was told however many there were; rules of
    plausible evidence need two at once; contested rules and expert opinion never mail. One alert in seven days unless
    it is worse, and never more than two in thirty. What a runner answered stays quiet.
    """
    today = now.astimezone(zone).date()
    standings = [(finding, standing(finding, memory, rules[finding.rule], now)) for finding in findings]
    news = [finding for finding, why in standings if why.mails and (today - finding.day).days <= NEWS_DAYS]
    open_ones = [finding for finding, why in standings if why is not Reason.ANSWERED]
    mailable = _mailable(news, open_ones, rules)
    if not mailable:
        return Decision(_why_not([why for _, why in standings]))
    if withheld := _withheld(memory, now):
        return Decision(withheld)
    lately = [notice.level for notice in memory.told if now - notice.at < APART]
    if lately:
        worse = max(finding.level for finding in mailable) > max(lately)
        return Decision(Reason.WORSE, mailable) if worse else Decision(Reason.TOO_SOON)
    reasons = {why for finding, why in standings if finding in mailable}
    return Decision(next(why for why in (Reason.WORSE, Reason.FIRST, Reason.REMINDER) if why in reasons), mailable)


def standing(finding: Finding, memory: Memory, rule: Rule, now: datetime) -> Reason:
    """What this finding alone would be a reason for: new, worse, worth a reminder, told already, or answered.

    Told is told for a whole episode: a measure that flaps around its line, or between two levels, is no news. A rule
    is not told twice in ten days at the same level; a window that still holds then, unanswered, is worth a reminder.
    """
    since = began(finding, memory.found)
    said = [answer for answer in memory.answers if answer.rule == finding.rule and answer.day >= since]
    if any(answer.quiets(finding.level) for answer in said):
        return Reason.ANSWERED
    of_rule = [notice for notice in memory.told if notice.rule == finding.rule]
    heard = [notice for notice in of_rule if notice.day >= since]
    lately = [notice for notice in of_rule if now - notice.at < RULE_APART and notice.level >= finding.level]
    if not heard:
        return Reason.TOO_SOON if lately else Reason.FIRST
    if finding.level > max(notice.level for notice in heard):
        return Reason.WORSE
    return Reason.STILL_TRUE if lately or rule.kind is Kind.SESSION else Reason.REMINDER


def why_not_mailed(finding: Finding, memory: Memory, rule: Rule, now: datetime, zone: ZoneInfo) -> Reason:
    """Why a *finding* that no letter told was not mailed: of its kind, of its own, or of all mail at that time."""
    if rule.mails is Mails.NEVER:
        return Reason.ONLY_SHOWN
    own = standing(finding, memory, rule, now)
    if not own.mails:
        return own
    if (now.astimezone(zone).date() - finding.day).days > NEWS_DAYS:
        return Reason.OLD
    if not _enough_runs(finding, rule):
        return Reason.FEW_RUNS
    if withheld := _withheld(memory, now):
        return withheld
    lately = any(now - notice.at < APART for notice in memory.told)
    return Reason.TOO_SOON if lately else Reason.ALONE


def recent(
    stored: Sequence[Finding], in_force: Sequence[Finding], rules: Mapping[str, Rule], today: date
) -> tuple[Finding, ...]:
    """What a letter may speak of: what holds today, and the sessions of the last days that worse ones outshine."""
    sessions = (
        finding
        for finding in stored
        if rules[finding.rule].kind is Kind.SESSION
        and not rules[finding.rule].context
        and (today - finding.day).days <= NEWS_DAYS
        and finding not in in_force
    )
    return (*in_force, *sessions)


def not_before(now: datetime, zone: ZoneInfo, quiet_from: int, quiet_until: int) -> datetime:
    """The first moment from *now* on outside the recipient's quiet hours (local hours; none where both are equal)."""
    local = now.astimezone(zone)
    over_midnight = quiet_from > quiet_until
    late, early = local.hour >= quiet_from, local.hour < quiet_until
    if not ((late or early) if over_midnight else (late and early)):
        return now
    morning = local.date() + timedelta(days=over_midnight and late)
    return datetime.combine(morning, time(quiet_until), zone).astimezone(now.tzinfo)


def _withheld(memory: Memory, now: datetime) -> Reason | None:
    """Why nothing at all is mailed now, however new it is."""
    if not memory.wanted:
        return Reason.SWITCHED_OFF
    until = snoozed_until(memory.answers)
    if until and now < until:
        return Reason.SNOOZED
    letters = {notice.at for notice in memory.told if now - notice.at < BUDGET_PERIOD}
    return Reason.BUDGET if len(letters) >= BUDGET else None


def _why_not(standings: Sequence[Reason]) -> Reason:
    quiet = (Reason.ANSWERED, Reason.STILL_TRUE, Reason.TOO_SOON)
    return next((why for why in quiet if why in standings), Reason.NOTHING_NEW)


def _mailable(news: Sequence[Finding], in_force: Sequence[Finding], rules: Mapping[str, Rule]) -> tuple[Finding, ...]:
    alone = [f for f in news if rules[f.rule].mails is Mails.ALONE and _enough_runs(f, rules[f.rule])]
    # An older run is not told beside a new one, but what holds together with it is.
    together = [f for f in in_force if rules[f.rule].mails is Mails.WITH_ANOTHER or f in alone]
    enough = alone or (len({f.rule for f in together}) >= 2 and any(f in news for f in together))
    if not enough:
        return ()
    return tuple(sorted({id(f): f for f in [*alone, *together]}.values(), key=lambda f: f.level, reverse=True))


def _enough_runs(finding: Finding, rule: Rule) -> bool:
    """Whether what a run was compared with is enough to write about; a rule that compares no runs always has enough."""
    return "runs_30d" not in rule.facts or finding.facts.get("runs_30d", 0) >= RUNS_TO_MAIL
