"""Rows of many runners at once: of a team's alone where a query goes over many, and each runner's for themselves."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import col, select

from monitor.store.tables import Runner

Found = TypeVar("Found")
Condition = Callable[[Any], sa.ColumnElement[bool]]  # which rows of a table with this column of runners


@dataclass(frozen=True, slots=True)
class Whose:
    """Which runners a query goes over: one of few conditions, and the *values* that its parameters have.

    So a statement can be made once for each condition and kept: making it takes longer than running it.
    """

    condition: Condition
    values: Mapping[str, Any]


def within(team_id: int | None) -> Whose:
    """Those of the team; everybody where *team_id* is None."""
    return Whose(_everybody, {}) if team_id is None else Whose(of_team, {"team_id": team_id})


def among(runners: Collection[int]) -> Whose:
    """These *runners*."""
    return Whose(_these, {"runners": list(runners)})


def of_team(runner_id: Any) -> sa.ColumnElement[bool]:
    """Whether the column *runner_id* names one of the team that the parameter `team_id` names."""
    mine = select(col(Runner.id)).where(Runner.team_id == sa.bindparam("team_id", type_=sa.BigInteger))
    return col(runner_id).in_(mine)


def by_runner(runners: Collection[int], found: Iterable[tuple[int, Found]]) -> dict[int, list[Found]]:
    """What was found of each of these *runners*, in the same order; nothing is an empty list."""
    of: dict[int, list[Found]] = {runner_id: [] for runner_id in runners}
    for runner_id, each in found:
        of[runner_id].append(each)
    return of


def _everybody(_runner_id: Any) -> sa.ColumnElement[bool]:
    return sa.true()


def _these(runner_id: Any) -> sa.ColumnElement[bool]:
    return col(runner_id).in_(sa.bindparam("runners", expanding=True))
