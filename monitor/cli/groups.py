"""group: parts of a team, by which its board can be narrowed."""

import json
from typing import Annotated

import typer

from monitor.cli.options import Chosen, Json, RunnerId, write

group = typer.Typer(help="Groups within the teams; a runner may be in any number.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="What the group is called; it is there as long as somebody is in it.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="group")


@group.command("add")
def add(context: typer.Context, name: Name, runner: RunnerId) -> None:
    """Put a runner into a group of their team."""
    from monitor.store.groups import join_group

    with _chosen(context).database(runner).writing() as db:
        join_group(db, runner, name)
    typer.echo(f"runner {runner}: in {name.strip()}")


@group.command("remove")
def remove(context: typer.Context, name: Name, runner: RunnerId) -> None:
    """Take a runner out of a group."""
    from monitor.store.groups import leave_group

    with _chosen(context).database(runner).writing() as db:
        leave_group(db, runner, name)
    typer.echo(f"runner {runner}: not in {name.strip()} any more")


@group.command("list")
def show(context: typer.Context, as_json: Json = False) -> None:
    """Who is in which group."""
    from monitor.store.groups import groups

    with _chosen(context).reading() as db:
        found = [dict(zip(("team", "group", "runner", "name"), each, strict=True)) for each in groups(db)]
    if as_json:
        write(json.dumps(found, ensure_ascii=False))
        return
    for each in found:
        typer.echo(f"{each['team']:<20} {each['group']:<20} {each['runner']:>4}  {each['name']}")


def _chosen(context: typer.Context) -> Chosen:
    chosen: Chosen = context.obj
    return chosen
