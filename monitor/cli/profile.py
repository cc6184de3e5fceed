"""profile: a runner's own figures, which reading their runs needs."""

import json
from dataclasses import asdict
from typing import Annotated, Any

import typer

from monitor.cli.options import Json, RunnerId, chosen, write
from monitor.errors import UserError
from monitor.model import Profile

profile = typer.Typer(help="A runner's own figures: fast speed, heart rates.", no_args_is_help=True)

NAMES = {
    "fast-speed": "fast_mps",
    "max-heartrate": "max_heartrate_bpm",
    "resting-heartrate": "resting_heartrate_bpm",
    "sex": "sex",
    "first-threshold": "first_threshold_bpm",
    "second-threshold": "second_threshold_bpm",
    "threshold-speed": "threshold_mps",
}
UNITS = {
    "fast-speed": "m/s",
    "max-heartrate": "beats/min",
    "resting-heartrate": "beats/min",
    "first-threshold": "beats/min",
    "second-threshold": "beats/min",
    "threshold-speed": "m/s",
}
NOT_TOLD = {"fast-speed": "learned from the runs"}


def add_to(app: typer.Typer) -> None:
    app.add_typer(profile, name="profile")


@profile.command("set")
def set_profile(
    context: typer.Context,
    runner: RunnerId,
    fast_mps: Annotated[float | None, typer.Option("--fast-speed", help="What counts as fast [m/s].")] = None,
    max_heartrate_bpm: Annotated[int | None, typer.Option("--max-heartrate", help="[beats/min]")] = None,
    resting_heartrate_bpm: Annotated[int | None, typer.Option("--resting-heartrate", help="[beats/min]")] = None,
    sex: Annotated[str | None, typer.Option(help="men or women: whose published heart-rate weights apply.")] = None,
    first_threshold_bpm: Annotated[
        int | None, typer.Option("--first-threshold", help="First ventilatory threshold [beats/min]; Lucia's score.")
    ] = None,
    second_threshold_bpm: Annotated[int | None, typer.Option("--second-threshold", help="The second.")] = None,
    threshold_mps: Annotated[
        float | None, typer.Option("--threshold-speed", help="Held for about an hour [m/s]; rTSS.")
    ] = None,
    forget: Annotated[list[str] | None, typer.Option(metavar="NAME", help=f"One of: {', '.join(NAMES)}.")] = None,
) -> None:
    """Change a runner's own figures; what is not named stays."""
    from monitor.store.log import set_profile

    given = Profile(
        fast_mps,
        resting_heartrate_bpm,
        max_heartrate_bpm,
        sex,
        first_threshold_bpm,
        second_threshold_bpm,
        threshold_mps,
    )
    told: dict[str, Any] = {_field(name): None for name in forget or ()}
    told |= {name: value for name, value in asdict(given).items() if value is not None}
    with chosen(context).database(runner).writing() as db:
        changed = set_profile(db, runner, **told)
    _show(changed)


@profile.command("show")
def show_profile(context: typer.Context, runner: RunnerId, as_json: Json = False) -> None:
    """What a runner told of themselves."""
    from monitor.store.log import profile
    from monitor.store.people import person

    with chosen(context).reading() as db:
        told = profile(db, person(db, runner).id)
    if as_json:
        write(json.dumps({"runner": runner} | {field: getattr(told, field) for field in NAMES.values()}))
    else:
        _show(told)


def _field(name: str) -> str:
    if name not in NAMES:
        raise UserError(f"{name!r} is nothing to forget: there are {', '.join(NAMES)}")
    return NAMES[name]


def _show(told: Profile) -> None:
    for name, field in NAMES.items():
        typer.echo(f"{name.replace('-', ' '):<18} {_said(name, getattr(told, field))}")


def _said(name: str, value: float | str | None) -> str:
    if value is None:
        return NOT_TOLD.get(name, "not told")
    return f"{value:g} {UNITS[name]}" if not isinstance(value, str) else value
