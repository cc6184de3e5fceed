"""backup, restore: copies of the database."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.options import now
from monitor.errors import UserError


def add_to(app: typer.Typer) -> None:
    app.command()(backup)
    app.command()(restore)


def backup(context: typer.Context) -> None:
    """Copy the database now, as the worker does once a day, and print where the copy stands."""
    from jobs import backing_up

    typer.echo(backing_up.make(context.obj.product(), now()))


def restore(
    context: typer.Context,
    copy: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The copy to put back.")],
) -> None:
    """Put a copy in the place of the database. Who was erased since it was made is erased from it again.

    What runners agreed to or withdrew since holds, where the database that is replaced can still be read.
    """
    from monitor.store.backup import sqlite_file
    from monitor.store.restore import alive
    from monitor.store.restore import restore as put_back

    settings = context.obj.settings()
    file = sqlite_file(settings.database.url)
    if running := alive(file, now() - settings.watch.dead_after):
        raise UserError(f"Hamwatch is running ({', '.join(running)}): stop it, wait a minute, then restore")
    since = put_back(copy, file)
    typer.echo(f"{copy} is the database now; the old one, if any, is kept as {file}.replaced")
    typer.echo(
        f"made since the copy, and repeated: {since.erased} erasures, {since.consents} consents given or withdrawn;"
        " all else that was written since is lost"
    )
