"""What several commands take, and how they open the product."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.errors import UserError

if TYPE_CHECKING:  # each of these takes a while to import, and most commands need only one
    from sqlmodel import Session

    from jobs.context import Context
    from monitor.settings import Settings
    from monitor.store.database import Database

RunnerId = Annotated[int, typer.Option("--runner", help="The runner's id, as `hamwatch runner list` shows it.")]
AnyRunner = Annotated[int | None, typer.Option("--runner", help="Only this runner.")]
FromDay = Annotated[str | None, typer.Option("--from", metavar="YYYY-MM-DD", help="First day.")]
ToDay = Annotated[str | None, typer.Option("--to", metavar="YYYY-MM-DD", help="Last day.")]
Json = Annotated[bool, typer.Option("--json", help="Write JSON to stdout and nothing else.")]


class Format(StrEnum):
    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The options that stand before the command."""

    config: Path | None

    def settings(self) -> "Settings":
        from monitor.cli.logs import show_logs
        from monitor.settings import read_settings

        settings = read_settings(self.config)
        show_logs(settings.log)
        return settings

    def database(self, runner: int | None = None) -> "Database":
        """The database to write to; an unknown *runner* is refused before one is made."""
        from monitor.store.migrate import open_current

        self._refuse_unknown(runner)
        return open_current(self.settings().database.url)

    @contextmanager
    def reading(self) -> "Iterator[Session]":
        """A transaction that only reads; where there is no SQLite file yet, in an empty database that leaves none."""
        from monitor.store.migrate import open_existing

        with closing(open_existing(self.settings().database.url)) as database, database.reading() as db:
            yield db

    def product(self, runner: int | None = None) -> "Context":
        """The whole product; an unknown *runner* is refused before anything is made."""
        from jobs.start import on_shared_time, start

        self._refuse_unknown(runner)
        return on_shared_time(start(self.settings(), now))

    def _refuse_unknown(self, runner: int | None) -> None:
        from monitor.store.people import person

        if runner is not None:
            with self.reading() as db:
                person(db, runner)


def chosen(context: typer.Context) -> Chosen:
    """What was chosen before the command."""
    found: Chosen = context.obj
    return found


def now() -> datetime:
    """The command line's clock."""
    return datetime.now(UTC)


def day(text: str | None) -> date | None:
    """A calendar day; `UserError` for anything else."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"{text!r} is no day: write it as YYYY-MM-DD, like 2026-11-22") from error


def write(text: str) -> None:
    """Data to stdout, and nothing else."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
    sys.stdout.flush()


def write_rows(rows: Sequence[Mapping[str, object]], line: str, *, as_json: bool) -> None:
    """Rows as JSON, or each filled into a *line* for people."""
    if as_json:
        write(json.dumps(rows, ensure_ascii=False, default=str))
        return
    for row in rows:
        typer.echo(line.format_map(row))
