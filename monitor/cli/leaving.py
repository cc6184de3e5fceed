"""runner disconnect, runner erase, export, keys: how data leave, and the keys to what stays."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.options import RunnerId, chosen, now
from monitor.cli.people import runner
from monitor.errors import UserError

keys = typer.Typer(help="The keys that seal Strava's tokens.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.command()(export)
    app.add_typer(keys, name="keys")


@runner.command("disconnect")
def disconnect(context: typer.Context, runner_id: int) -> None:
    """End a runner's Strava connection: what it brought is removed, and Strava is told. Their own files stay."""
    from jobs import leaving

    product, moment = chosen(context).product(runner_id), now()
    leaving.disconnect(product, runner_id, moment)
    leaving.run(product, moment)
    typer.echo(f"runner {runner_id}: disconnected from Strava")


@runner.command("erase")
def erase(
    context: typer.Context, runner_id: int, yes: Annotated[bool, typer.Option("--yes", help="Needed.")] = False
) -> None:
    """Erase a runner and everything held of them; it cannot be undone. They are told by mail."""
    from jobs import deliver, leaving

    if not yes:
        raise UserError(f"this erases runner {runner_id} for good: add --yes, and export first what shall be kept")
    product, moment = chosen(context).product(runner_id), now()
    leaving.erase(product, runner_id, moment)
    deliver.run(product, moment)
    leaving.run(product, moment)
    typer.echo(f"runner {runner_id}: erased")


def export(
    context: typer.Context,
    runner: RunnerId,
    out: Annotated[Path, typer.Option("--out", metavar="FILE.zip", dir_okay=False, help="Where it is written.")],
) -> None:
    """Write all that is held of a runner into one .zip, as JSON and CSV; `hamwatch import` reads it back."""
    from jobs.exporting import export

    with chosen(context).reading() as db:
        content = export(db, runner, now())
    try:
        out.write_bytes(content)
    except OSError as error:
        raise UserError(f"{out} cannot be written: {error.strerror}") from error
    typer.echo(f"{out}: {len(content)} bytes")


@keys.command("rotate")
def rotate(context: typer.Context) -> None:
    """Seal every token with the newest key; then the older ones can be dropped. It can be stopped and run again."""
    from collections import Counter

    from monitor.store.rotation import Outcome, rotated

    product = chosen(context).product()
    found: Counter[Outcome] = Counter()
    for place, outcome in rotated(product.database, product.keys):
        found[outcome] += 1
        if outcome is Outcome.CANNOT_OPEN:
            typer.echo(f"{place}: {outcome}")
    typer.echo(f"{found[Outcome.SEALED]} sealed with the newest key, {found[Outcome.CURRENT]} were already")
    if lost := found[Outcome.CANNOT_OPEN]:
        raise UserError(f"{lost} did not open: put their key back behind the newest, or let those runners reconnect")
