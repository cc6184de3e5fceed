"""All commands put together."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli import (
    backup,
    channels,
    check_ins,
    demo,
    files,
    groups,
    headroom,
    invitations,
    leaving,
    mail,
    people,
    profile,
    scorecard,
    series,
    serve,
    steps,
    strava,
    teams,
    tokens,
    training,
)
from monitor.cli.options import Chosen

app = typer.Typer(
    name="hamwatch",
    help="Training-load watch for runners: sudden changes that hamstrings dislike, with the evidence and what to do.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)


@app.callback()
def chosen(
    context: typer.Context,
    config: Annotated[
        Path | None, typer.Option(help="Settings file; else HAMWATCH_CONFIG, else config/monitor.toml.")
    ] = None,
) -> None:
    """Options that stand before the command."""
    context.obj = Chosen(config)


for subject in (
    people,
    teams,
    invitations,
    groups,
    leaving,
    training,
    check_ins,
    profile,
    files,
    series,
    headroom,
    scorecard,
    steps,
    strava,
    mail,
    channels,
    tokens,
    backup,
    serve,
    demo,
):
    subject.add_to(app)
