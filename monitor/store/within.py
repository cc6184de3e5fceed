"""Rows of many runners at once: of a team's alone where a query goes over many, and each runner's for themselves."""

from collections.abc import Callable, Collection, Iterable
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import col, select

from monitor.store.tables import Runner

Found = TypeVar("Found")
Whose = Callable[[Any], sa.ColumnElement[bool]]  # which rows of a table with this column of runners


def within(team_id: int | None, runner_id: Any) -> sa.ColumnElement[bool]:
    """Whether the column *runner_id* names one of the team; of everybody where *team_id* is None."""
    if team_id is None:
        return sa.true()
    return col(runner_id).in_(select(col(Runner.id)).where(Runner.team_id == team_id))


def among(runners: Collection[int]) -> Whose:
    """Whether a column names one of these *runners*."""
    return lambda runner_id: col(runner_id).in_(runners)


def by_runner(runners: Collection[int], found: Iterable[tuple[int, Found]]) -> dict[int, list[Found]]:
    """What was found of each of these *runners*, in the same order; nothing is an empty list."""
    of: dict[int, list[Found]] = {runner_id: [] for runner_id in runners}
    for runner_id, each in found:
        of[runner_id].append(each)
    return of
