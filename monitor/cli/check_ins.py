"""check-in: what runners said of how it feels."""

import json
from dataclasses import asdict

import typer

from monitor.cli.options import Json, RunnerId, write
from monitor.symptoms.check_in import CheckIn
from monitor.symptoms.outcome import outcome
from monitor.symptoms.scoring import severity

check_in = typer.Typer(help="What runners said of how it feels, on their own page.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.add_typer(check_in, name="check-in")


@check_in.command("list")
def list_check_ins(context: typer.Context, runner: RunnerId, as_json: Json = False) -> None:
    """A runner's check-ins, oldest first."""
    from monitor.store.check_ins import check_ins
    from monitor.store.people import person

    with context.obj.reading() as db:
        told = check_ins(db, person(db, runner).id)
    if as_json:
        write(json.dumps([_plain(each) for each in told], default=str))
        return
    for n, each in enumerate(told):
        typer.echo(f"{each.day}  {severity(each):>3} of 100  {outcome(each, told[:n]).headline}")


def _plain(told: CheckIn) -> dict[str, object]:
    """The answers as JSON holds them, and the score."""
    return asdict(told) | {"flags": sorted(told.flags), "traits": sorted(told.traits), "severity": severity(told)}
