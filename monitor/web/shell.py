"""What every page is served with: the way to the database, the rules, the clock, the settings."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlmodel import Session

from monitor.rules.rule import Rule
from monitor.settings import Settings
from monitor.web.kept import Kept, Pages, Unwritten

OpenDb = Callable[[], AbstractContextManager[Session]]
Prolong = Callable[[int, datetime], None]


@dataclass(frozen=True, slots=True)
class Shell:
    open_db: OpenDb  # one short transaction that only reads
    commits: Callable[[], object]  # another after everything that was written
    rules: tuple[Rule, ...]
    now: Callable[[], datetime]
    settings: Settings
    secrets: tuple[str, ...] = field(default=(), repr=False)  # with which runners' own links are signed
    kept: Kept = field(default_factory=Kept, repr=False)  # rows of boards that were made before
    pages: Pages = field(default_factory=Pages, repr=False)  # that were made before
    signed: Unwritten[Any] = field(default_factory=Unwritten, repr=False)  # who holds which session (`signed.py`)
    prolong: Prolong | None = None  # notes that a session is used; without it one ends 12 hours after it began


async def _shell(request: Request) -> Shell:
    shell: Shell = request.app.state.shell
    return shell


Here = Annotated[Shell, Depends(_shell)]
