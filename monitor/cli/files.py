"""import: a runner's own files, an equal source."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.options import RunnerId, chosen, now

SHOWN = 20
SOURCES = (
    "A Strava bulk export (the .zip, its folder, or activities.csv), a FIT, GPX or TCX file, or a folder of them; "
    "or what `hamwatch export` wrote."
)


def add_to(app: typer.Typer) -> None:
    app.command("import")(import_files)


def import_files(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help=SOURCES)],
    runner: RunnerId,
) -> None:
    """Read a Strava bulk export or recordings into a runner's history; a second time changes nothing."""
    from jobs.importing import run

    imported = run(chosen(context).product(runner), path, runner, now())
    typer.echo(
        f"read {imported.read}, new {imported.new}, changed {imported.changed}, "
        f"duplicate {imported.duplicate}, refused {len(imported.refused)}"
    )
    _show(imported.refused)
    if imported.samples or imported.unread:
        but = f", not for {len(imported.unread)}" if imported.unread else ""
        typer.echo(f"samples read for {imported.samples} run{'s' if imported.samples != 1 else ''}{but}")
        _show(imported.unread)


def _show(refused: Sequence[object]) -> None:
    for each in refused[:SHOWN]:
        typer.echo(f"  {each}")
    if len(refused) > SHOWN:
        typer.echo(f"  … and {len(refused) - SHOWN} more")
