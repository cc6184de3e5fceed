"""Findings: recomputed rows, replaced day by day."""

from collections.abc import Collection, Iterable
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.errors import Gone
from monitor.model import Finding, Level, Origin
from monitor.store.audience import OWN, Audience
from monitor.store.people import count_change, still_here
from monitor.store.tables import FindingRow, Runner
from monitor.store.upsert import upsert
from monitor.store.within import by_runner


def save_findings(db: Session, runner_id: int, first: date, last: date, found: Iterable[Finding]) -> None:
    """Replace the findings of *first* … *last*; the same days twice give the same rows."""
    db.execute(
        sa.delete(FindingRow).where(
            col(FindingRow.runner_id) == runner_id, col(FindingRow.day) >= first, col(FindingRow.day) <= last
        )
    )
    rows = [
        {
            "runner_id": runner_id,
            "rule": finding.rule,
            "day": finding.day,
            "level": int(finding.level),
            "value": finding.value,
            "facts": dict(finding.facts),
            "origins": sorted(finding.origins),
        }
        for finding in found
        if first <= finding.day <= last
    ]
    upsert(db, FindingRow, rows, ("runner_id", "rule", "day"))
    count_change(db, runner_id)


def stored_findings(
    db: Session, runner_id: int, first: date = date.min, last: date = date.max, audience: Audience = OWN
) -> list[Finding]:
    """The findings of *first* … *last*, oldest first, those of check-ins only where the *audience* may hear of them."""
    return findings_of(db, [runner_id], first, last, audience)[runner_id]


def findings_of(
    db: Session, runners: Collection[int], first: date, last: date, audience: Audience = OWN
) -> dict[int, list[Finding]]:
    """The same of many runners."""
    query = select(FindingRow).where(
        col(FindingRow.runner_id).in_(runners),
        col(FindingRow.day) >= first,
        col(FindingRow.day) <= last,
        sa.or_(
            sa.cast(FindingRow.origins, sa.String).not_like(f'%"{Origin.CHECK_IN}"%'),
            col(FindingRow.runner_id).in_(select(Runner.id).where(audience.hears())),
        ),
    )
    rows = db.exec(query.order_by(col(FindingRow.day), col(FindingRow.rule))).all()
    return by_runner(runners, ((row.runner_id, _finding(row)) for row in rows))


def changes_of(db: Session, runner_id: int) -> int:
    """How often something of the runner has changed: read before what it counts, and compared by `unchanged`.

    Raises `Gone`.
    """
    return still_here(db, runner_id).changes


def unchanged(db: Session, runner_id: int, changes: int) -> bool:
    """Whether what was made of a runner's rows may still be written; until the transaction ends nothing changes them.

    Raises `Gone`.
    """
    held = select(Runner.changes).where(Runner.id == runner_id).with_for_update(key_share=True)
    now = db.exec(held).first()
    if now is None:
        raise Gone(f"runner {runner_id} has left")
    return now == changes


def assess_from(db: Session, runner_id: int, rules_version: str) -> date | None:
    """The earliest day whose findings are out of date; `date.min` where they were made with other rules.

    Raises `Gone`.
    """
    runner = still_here(db, runner_id)
    return date.min if runner.assessed_with != rules_version else runner.assess_from


def mark_assessed(db: Session, runner_id: int, rules_version: str) -> None:
    """The findings are up to date; the alert job has something to look at."""
    runner = still_here(db, runner_id)
    runner.assess_from, runner.assessed_with, runner.alert_due = None, rules_version, True


def with_alert_due(db: Session) -> list[int]:
    """The runners who were assessed since the alert job last looked at them."""
    return [
        id_ for id_ in db.exec(select(Runner.id).where(col(Runner.alert_due)).order_by(col(Runner.id))).all() if id_
    ]


def clear_alert_due(db: Session, runner_id: int) -> None:
    still_here(db, runner_id).alert_due = False


def _finding(row: FindingRow) -> Finding:
    return Finding(row.rule, row.day, Level(row.level), row.value, row.facts, frozenset(map(Origin, row.origins)))
