"""How many of what, for machines that draw curves: no name, no number of a runner."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from monitor.alerts.aggregate import may_be_told
from monitor.model import Verdict
from monitor.store.budget import budget
from monitor.store.claims import last_finished
from monitor.store.heartbeats import beats, signs
from monitor.store.outbox import letters_by_state


@dataclass(frozen=True, slots=True)
class Figures:
    """The state of the machine."""

    beat_age_s: dict[str, float]  # by part
    last_pass_age_s: float | None
    oldest_due_age_s: float  # of the letter that waits longest; 0 where none does
    letters: dict[str, int]  # by state
    requests: dict[tuple[str, str], int]  # by window (quarter, day) and whether used or left


@dataclass(frozen=True, slots=True)
class Counts:
    """The state of everybody together; empty where it would tell somebody of a runner whom they do not see."""

    verdicts: dict[str, int]  # by level, or CANNOT SAY
    freshness: dict[str, int]
    findings: dict[tuple[str, str], int]  # in force, by rule and level


def figures(db: Session, now: datetime) -> Figures:
    """What is read in a few short queries."""
    held, last_pass, waits_since = budget(db, now), last_finished(db), signs(db, now).oldest_due
    return Figures(
        {part: _age_s(at, now) for part, at in beats(db).items()},
        _age_s(last_pass, now) if last_pass else None,
        _age_s(waits_since, now) if waits_since else 0.0,
        letters_by_state(db),
        {
            ("quarter", "used"): held.quarter_used,
            ("quarter", "left"): max(0, held.quarter_limit - held.quarter_used),
            ("day", "used"): held.day_used,
            ("day", "left"): max(0, held.day_limit - held.day_used),
        },
    )


def counts(verdicts: Collection[Verdict], seen: Iterable[int]) -> Counts:
    """How many of these there are of each kind; nothing where whoever sees so many of them could tell the others'.

    Anybody may ask, also a runner or a coach, who know the verdicts that they see.
    """
    if not all(may_be_told(len(verdicts), each) for each in (0, 1, *seen)):
        return Counts({}, {}, {})
    found = [finding for verdict in verdicts for finding in verdict.findings]
    return Counts(
        Counter(each.word for each in verdicts),
        Counter(each.freshness.name for each in verdicts),
        Counter((finding.rule, finding.level.name) for finding in found),
    )


def _age_s(at: datetime, now: datetime) -> float:
    """Never negative, whatever a clock did in between."""
    return max(0.0, (now - at).total_seconds())
