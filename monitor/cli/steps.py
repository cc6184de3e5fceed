"""daily and its single steps, and how the product stands."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import AnyRunner, FromDay, Json, ToDay, day, now, write
from monitor.errors import UserError

if TYPE_CHECKING:
    from jobs.context import Context
    from monitor.store.people import Person


def add_to(app: typer.Typer) -> None:
    for step in (daily, pull, assess, alert, deliver, status):
        app.command()(step)


def daily(
    context: typer.Context,
    on: Annotated[
        str | None, typer.Option("--day", metavar="YYYY-MM-DD", help="Assess that day anew; default: a whole pass now.")
    ] = None,
) -> None:
    """One pass for every runner: pull, assess, alert, deliver. A past day is assessed anew, from what is stored."""
    from jobs import alert, assess, daily, deliver, leaving, operator
    from monitor.store.due import passes_now

    asked, product = day(on), context.obj.product()
    moment = product.clock()
    if asked is None:
        daily.run(product, passes_now(product.database, product.clock, product.owner), moment)
    else:
        for each in _people(product, None):
            assess.run(product, each, moment, asked, asked)
        alert.run(product, moment)
    leaving.run(product, moment)
    operator.run(product, moment)
    typer.echo(f"{deliver.run(product, moment)} letters sent")


def pull(context: typer.Context, runner: AnyRunner = None) -> None:
    """List the last 120 days of each connected runner from Strava, one process at a time."""
    from jobs import pull
    from monitor.store.due import by_hand

    product = context.obj.product(runner)
    left = []
    for each in _people(product, runner):
        with by_hand(product.database, each.id, product.clock, product.owner) as mine:
            if mine:
                pull.run(product, each, product.clock())
            else:
                left.append(str(each.id))
    if left:
        raise UserError(f"another process is asking for runner {', '.join(left)} just now: try again later")


def assess(context: typer.Context, runner: AnyRunner = None, first: FromDay = None, last: ToDay = None) -> None:
    """Apply the rules to the days that changed, or to the days given."""
    from jobs import assess

    start, end = day(first), day(last)
    product = context.obj.product(runner)
    for each in _people(product, runner):
        assess.run(product, each, now(), start, end)


def alert(context: typer.Context) -> None:
    """Decide who is told what; the letters wait in the outbox."""
    from jobs import alert

    alert.run(context.obj.product(), now())


def deliver(context: typer.Context) -> None:
    """Send the letters that are due."""
    from jobs import deliver

    typer.echo(f"{deliver.run(context.obj.product(), now())} letters sent")


def status(context: typer.Context, as_json: Json = False) -> None:
    """Jobs, sources and letters; exit 1 when something needs a person."""
    from monitor.store.status import status

    with context.obj.reading() as db:
        found = status(db, now())
    if as_json:
        write(json.dumps(asdict(found), default=str))
    else:
        for name, value in asdict(found).items():
            typer.echo(f"{name.replace('_', ' '):<18} {_shown(value)}")
    if found.needs_a_person:
        raise typer.Exit(1)


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{count} {name}" for name, count in value.items()) or "none"
    return "; ".join(value) or "none" if isinstance(value, tuple) else str(value or "never")


def _people(product: "Context", runner: int | None) -> "list[Person]":
    from monitor.store.people import people, person

    with product.database.reading() as db:
        return people(db) if runner is None else [person(db, runner)]
