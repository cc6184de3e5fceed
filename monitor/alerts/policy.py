"""Whether to tell a runner, and why: one pure function over what was found and what was already told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

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
    NOTHING_NEW = "nothing new that may be mailed"
    TOO_SOON = "an alert went out in the last 7 days"
    BUDGET = "two alerts went out in the last 30 days"

    @property
    def mails(self) -> bool:
        return self in (Reason.FIRST, Reason.WORSE)


@dataclass(frozen=True, slots=True)
class Told:
    """A finding that an alert mail told, and when it was decided."""

    rule: str
    day: date
    level: Level
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    reason: Reason
    findings: tuple[Finding, ...] = ()


def reason_to_notify(
    findings: Sequence[Finding], told: Sequence[Told], rules: Mapping[str, Rule], now: datetime, zone: ZoneInfo
) -> Decision:
    """Decide about one runner's *findings* in force.

    Only findings of the last three days are news, so a first import never mails old history. What was told is not
    told again unless it became worse, and no rule twice in ten days at the same level. A single-session spike may mail
    alone with at least 4 runs in the 30 days before it, pain that was told however many there were; rules of plausible
    evidence need two at once; contested rules and expert opinion never mail. One alert in seven days unless it is
    worse, and never more than two in thirty.
    """
    today = now.astimezone(zone).date()
    news = [f for f in findings if (today - f.day).days <= NEWS_DAYS and _unheard(f, told, now)]
    mailable = _mailable(news, findings, rules)
    if not mailable:
        return Decision(Reason.NOTHING_NEW)
    if len({notice.at for notice in told if now - notice.at < BUDGET_PERIOD}) >= BUDGET:
        return Decision(Reason.BUDGET)
    lately = [notice.level for notice in told if now - notice.at < APART]
    if not lately:
        return Decision(Reason.FIRST, mailable)
    worse = max(finding.level for finding in mailable) > max(lately)
    return Decision(Reason.WORSE, mailable) if worse else Decision(Reason.TOO_SOON)


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


def _unheard(finding: Finding, told: Sequence[Told], now: datetime) -> bool:
    """Whether no letter told of this day, and none of this rule lately, at this level or a higher one."""
    same_rule = [notice for notice in told if notice.rule == finding.rule and notice.level >= finding.level]
    return not any(notice.day == finding.day or now - notice.at < RULE_APART for notice in same_rule)


def _has_habit(finding: Finding) -> bool:
    """Whether there were runs enough to compare with; a finding that compares with none tells no count of them."""
    return finding.facts.get("runs_30d", RUNS_TO_MAIL) >= RUNS_TO_MAIL


def _mailable(news: Sequence[Finding], in_force: Sequence[Finding], rules: Mapping[str, Rule]) -> tuple[Finding, ...]:
    alone = [f for f in news if rules[f.rule].mails is Mails.ALONE and _has_habit(f)]
    # An older run is not told beside a new one, but what holds together with it is.
    together = [f for f in in_force if rules[f.rule].mails is Mails.WITH_ANOTHER or f in alone]
    enough = alone or (len({f.rule for f in together}) >= 2 and any(f in news for f in together))
    if not enough:
        return ()
    return tuple(sorted({id(f): f for f in [*alone, *together]}.values(), key=lambda f: f.level, reverse=True))
