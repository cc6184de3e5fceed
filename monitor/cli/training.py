"""injury, event: what happened to a runner and what they plan, so that their days are read rightly."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import typer

from monitor.cli.options import Json, RunnerId, day, now, write
from monitor.errors import UserError
from monitor.model import Event, EventKind, Injury, Site

injury = typer.Typer(help="Injuries: a ladder takes the place of ratios, and lines are stricter.", no_args_is_help=True)
event = typer.Typer(help="Races, tapers, illness, holidays: why a runner does less than usual.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.add_typer(injury, name="injury")
    app.add_typer(event, name="event")


def one_of(words: type[StrEnum]) -> Callable[[str], StrEnum]:
    """Reads one of *words*; `UserError` for anything else."""

    def word(text: str) -> StrEnum:
        try:
            return words(text)
        except ValueError as error:
            raise UserError(f"{text!r} is none of {', '.join(words)}") from error

    return word


def a_day(name: str, help: str = "") -> Any:
    return typer.Option(name, parser=day, metavar="YYYY-MM-DD", help=help)


@injury.command("add")
def add_injury(
    context: typer.Context,
    runner: RunnerId,
    site: Annotated[Site, typer.Option(parser=one_of(Site), metavar="SITE", help=f"One of: {', '.join(Site)}.")],
    side: Annotated[str, typer.Option(help="left, right or both.")],
    onset: Annotated[date, a_day("--onset")],
    ended: Annotated[date | None, a_day("--ended", "Left out while it is open.")] = None,
) -> None:
    """Note an injury."""
    from monitor.store.log import add_injury, check_past
    from monitor.store.people import person

    told = Injury(site, side, onset, ended)
    with context.obj.database(runner).writing() as db:
        check_past(told, now().astimezone(person(db, runner).zone).date())
        number = add_injury(db, runner, told)
    typer.echo(f"injury {number}: {_injury(told)}")


@injury.command("end")
def end_injury(context: typer.Context, injury_id: int, on: Annotated[date, a_day("--on")]) -> None:
    """Note that an injury is over."""
    from monitor.store.log import check_past, end_injury, sufferer

    with context.obj.database().writing() as db:
        told = end_injury(db, injury_id, on)
        check_past(told, now().astimezone(sufferer(db, injury_id).zone).date())
    typer.echo(f"injury {injury_id}: {_injury(told)}")


@injury.command("remove")
def remove_injury(context: typer.Context, injury_id: int) -> None:
    """Forget an injury that was noted by mistake."""
    from monitor.store.log import remove_injury

    with context.obj.database().writing() as db:
        remove_injury(db, injury_id)
    typer.echo(f"injury {injury_id}: removed")


@injury.command("list")
def list_injuries(context: typer.Context, runner: RunnerId, as_json: Json = False) -> None:
    """A runner's injuries, oldest first."""
    from monitor.store.log import injuries
    from monitor.store.people import person

    with context.obj.reading() as db:
        found = injuries(db, person(db, runner).id)
    _show({number: asdict(each) for number, each in found.items()}, [_injury(each) for each in found.values()], as_json)


@event.command("add")
def add_event(
    context: typer.Context,
    runner: RunnerId,
    kind: Annotated[
        EventKind, typer.Option(parser=one_of(EventKind), metavar="KIND", help=f"One of: {', '.join(EventKind)}.")
    ],
    first: Annotated[date, a_day("--from")],
    last: Annotated[date | None, a_day("--to", "Default: a single day.")] = None,
) -> None:
    """Note an event."""
    from monitor.store.log import add_event

    told = Event(kind, first, last or first)
    with context.obj.database(runner).writing() as db:
        number = add_event(db, runner, told)
    typer.echo(f"event {number}: {_event(told)}")


@event.command("remove")
def remove_event(context: typer.Context, event_id: int) -> None:
    """Forget an event that was noted by mistake."""
    from monitor.store.log import remove_event

    with context.obj.database().writing() as db:
        remove_event(db, event_id)
    typer.echo(f"event {event_id}: removed")


@event.command("list")
def list_events(context: typer.Context, runner: RunnerId, as_json: Json = False) -> None:
    """A runner's events, oldest first."""
    from monitor.store.log import events
    from monitor.store.people import person

    with context.obj.reading() as db:
        found = events(db, person(db, runner).id)
    _show({number: asdict(each) for number, each in found.items()}, [_event(each) for each in found.values()], as_json)


def _injury(told: Injury) -> str:
    return f"{told.site}, {told.side}, {told.onset} to {told.ended or 'now: open'}"


def _event(told: Event) -> str:
    return f"{told.kind}, {told.first_day}" + (f" to {told.last_day}" if told.last_day > told.first_day else "")


def _show(entries: Mapping[int, Mapping[str, object]], lines: list[str], as_json: bool) -> None:
    if as_json:
        write(json.dumps([{"id": number} | dict(entry) for number, entry in entries.items()], default=str))
        return
    for number, line in zip(entries, lines, strict=True):
        typer.echo(f"{number:>4}  {line}")
