"""How many of what, for machines that draw curves: no name, no number of a runner."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from monitor.model import Verdict
from monitor.store.budget import budget
from monitor.store.due import last_finished
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
    """The state of everybody together."""

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


def counts(verdicts: Collection[Verdict]) -> Counts:
    """How many of these there are of each kind."""
    found = [finding for verdict in verdicts for finding in verdict.findings]
    return Counts(
        Counter(each.word for each in verdicts),
        Counter(each.freshness.name for each in verdicts),
        Counter((finding.rule, finding.level.name) for finding in found),
    )


def _age_s(at: datetime, now: datetime) -> float:
    """Never negative, whatever a clock did in between."""
    return max(0.0, (now - at).total_seconds())
