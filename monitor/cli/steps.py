"""daily and its single steps, and how the product stands."""

import json
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import AnyRunner, FromDay, Json, ToDay, day, now, write
from monitor.errors import UserError

if TYPE_CHECKING:
    from jobs.context import Context
    from monitor.store.people import Person


class Retired(StrEnum):
    WORKER = "worker"
    WEB = "web"
    COPIES = "copies"


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

    asked, product = day(on), _product(context)
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

    product, left = _product(context, runner), []
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
    product = _product(context, runner)
    for each in _people(product, runner):
        assess.run(product, each, now(), start, end)


def alert(context: typer.Context) -> None:
    """Decide who is told what; the letters wait in the outbox."""
    from jobs import alert

    alert.run(_product(context), now())


def deliver(context: typer.Context) -> None:
    """Send the letters that are due."""
    from jobs import deliver

    typer.echo(f"{deliver.run(_product(context), now())} letters sent")


def status(
    context: typer.Context,
    as_json: Json = False,
    retired: Annotated[
        Retired | None, typer.Option("--forget", help="Expect nothing of this part until it runs again.")
    ] = None,
) -> None:
    """Jobs, sources and letters; exit 1 when something is late or else needs a person."""
    from monitor.store.status import status

    if retired:
        _forget(context, retired)
    with context.obj.reading() as db:
        found = status(db, now(), context.obj.settings().watch.dead_after)
    if as_json:
        write(json.dumps(asdict(found), default=str))
    else:
        for name, value in asdict(found).items():
            typer.echo(f"{name.replace('_', ' '):<18} {_shown(value)}")
    if found.needs_a_person:
        raise typer.Exit(1)


def _product(context: typer.Context, runner: int | None = None) -> "Context":
    """The product, for a job; a job refuses where the clock cannot be right."""
    from monitor.errors import ConfigError
    from monitor.watch import clock_is_wrong

    if clock_is_wrong(moment := now()):
        raise ConfigError(f"the clock says {moment:%Y-%m-%d}, which cannot be: set it first")
    product: Context = context.obj.product(runner)
    return product


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{count} {name}" for name, count in value.items()) or "none"
    if isinstance(value, tuple):
        return "; ".join(each["says"] if isinstance(each, dict) else each for each in value) or "none"
    return str(value or "never")


def _forget(context: typer.Context, retired: Retired) -> None:
    from monitor.store.heartbeats import forget
    from monitor.watch import Part

    with context.obj.database().writing() as db:
        forget(db, Part(retired))


def _people(product: "Context", runner: int | None) -> "list[Person]":
    from monitor.store.people import people, person

    with product.database.reading() as db:
        return people(db) if runner is None else [person(db, runner)]
