"""import: a runner's own files, an equal source."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.options import RunnerId, now

SHOWN = 20


def add_to(app: typer.Typer) -> None:
    app.command("import")(import_files)


def import_files(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="A Strava bulk export: the .zip, its folder, or activities.csv.")],
    runner: RunnerId,
) -> None:
    """Read a Strava bulk export into a runner's history; a second time changes nothing."""
    from jobs.importing import run

    imported = run(context.obj.product(), path, runner, now())
    typer.echo(
        f"read {imported.read}, new {imported.new}, changed {imported.changed}, "
        f"duplicate {imported.duplicate}, refused {len(imported.refused)}"
    )
    for refused in imported.refused[:SHOWN]:
        typer.echo(f"  line {refused.line}: {refused.reason}")
    if len(imported.refused) > SHOWN:
        typer.echo(f"  … and {len(imported.refused) - SHOWN} more")
