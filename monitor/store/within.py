"""Rows of a team's runners alone, where a query goes over many."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from monitor.store.tables import Runner


def within(team_id: int | None, runner_id: Any) -> sa.ColumnElement[bool]:
    """Whether the column *runner_id* names one of the team; of everybody where *team_id* is None."""
    if team_id is None:
        return sa.true()
    return col(runner_id).in_(select(col(Runner.id)).where(Runner.team_id == team_id))
