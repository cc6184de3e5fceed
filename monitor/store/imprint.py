"""All that decides what the pages of a team show, told by one query: while it stays the same, so do they."""

import hashlib
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from monitor.model import Origin
from monitor.store.group_tables import GroupMember
from monitor.store.heartbeats import SEEN, signs_of
from monitor.store.strava_tables import Brake, Consent, Subscription
from monitor.store.tables import Connection, Runner, SourceState, Team
from monitor.store.upsert import columns
from monitor.watch import Signs


def imprint(db: Session, team_id: int | None, now: datetime) -> tuple[bytes, Signs]:
    """The imprint of a team or of everybody, and the signs of life: both stand on every page of a team.

    Two imprints that are equal were taken of what gives the same pages at the same time.

    What a runner and their sources told, and what follows from it, is counted in `Runner.changes`. Consents are only
    ever added, so how many there are and the last one tell of all; asking a source moves the last moment of asking.
    """
    query = _OF_EVERYBODY if team_id is None else _OF_A_TEAM
    said = db.connection().execute(query, {"team_id": team_id, "now": now}).one()
    return hashlib.sha256(repr(said[: -len(SEEN)]).encode()).digest(), signs_of(said)


def _query(*whose: sa.ColumnElement[bool]) -> sa.Select[Any]:
    runner, consent, asked = columns(Runner).c, columns(Consent).c, columns(Connection).c
    group, brake, strava = columns(GroupMember).c, columns(Brake).c, columns(SourceState).c
    tells, team = columns(Subscription).c, columns(Team).c
    mine = sa.select(runner.id).where(*whose)
    last, count = sa.func.max, sa.func.count
    parts = (
        sa.select(_spelled(team.id, team.name)),
        sa.select(_spelled(runner.id, runner.changes, runner.timezone, runner.name)).where(*whose),
        sa.select(count(consent.id)),
        sa.select(last(consent.id)),
        sa.select(last(consent.at)),
        sa.select(_spelled(group.runner_id, group.name)).where(group.runner_id.in_(mine)),
        sa.select(count(asked.runner_id)),
        sa.select(last(asked.access_since)),
        sa.select(last(asked.last_complete_at)),
        sa.select(strava.down_since).where(strava.origin == Origin.STRAVA.value),
        sa.select(last(brake.since)).where(brake.lifted_at.is_(None)),
        sa.select(last(tells.lost_at)),
        sa.select(last(tells.missed_at)),
        sa.select(last(tells.last_event_at)),
    )
    return sa.select(*(part.scalar_subquery() for part in parts), *SEEN)


def _spelled(first: Any, *others: Any) -> sa.ColumnElement[str]:
    """All rows as one text; what they hold has no character that parts them."""
    row: sa.ColumnElement[str] = sa.type_coerce(first, sa.String)
    for each in others:
        row = row + "\t" + sa.type_coerce(each, sa.String)
    return sa.func.aggregate_strings(row, "\n")


_OF_EVERYBODY = _query()
_OF_A_TEAM = _query(columns(Runner).c.team_id == sa.bindparam("team_id", type_=sa.BigInteger))
