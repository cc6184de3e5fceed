"""Which runners of a board are asked for: by name, state, rule and group, as the address says."""

import unicodedata
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import HTTPException, Query
from pydantic import BaseModel, ConfigDict, Field

from monitor.web.rows import Row
from monitor.web.said import Rules
from monitor.web.team import Team

WORDS = ("STRONG", "CAUTION", "CANNOT SAY", "WATCH", "OK")
LONGEST_NAME = 200  # of a runner, and of a group


class Sift(BaseModel):
    """What is asked for; an empty field asks for all, and another field is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field("", max_length=LONGEST_NAME)
    state: Literal["", "STRONG", "CAUTION", "CANNOT SAY", "WATCH", "OK"] = ""
    rule: str = Field("", max_length=100)
    group: str = Field("", max_length=LONGEST_NAME)

    @property
    def query(self) -> str:
        """The end of an address that asks for the same; empty where all are asked for."""
        asked = {name: value for name, value in self.model_dump().items() if value}
        return f"?{urlencode(asked)}" if asked else ""


Asked = Annotated[Sift, Query()]


def sifted(team: Team, rules: Rules, asked: Sift) -> tuple[Row, ...]:
    """The rows that are asked for, in their order. 404 for a rule or a group that is not there."""
    if (asked.rule and asked.rule not in rules) or (asked.group and asked.group not in team.group_names):
        raise HTTPException(404)
    if not asked.query:
        return team.rows
    name = _plain(asked.name.strip())
    return tuple(
        row
        for row in team.rows
        if name in _plain(row.name)
        and asked.state in ("", row.verdict.word)
        and (not asked.rule or any(told.rule.name == asked.rule for told in row.in_force))
        and (not asked.group or asked.group in team.groups.get(row.id, ()))
    )


def _plain(text: str) -> str:
    """For finding José by "jose"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))
