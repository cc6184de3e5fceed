"""group: parts of a team, by which its board can be narrowed."""

from typing import Annotated

import typer

from monitor.cli.options import Json, RunnerId, chosen, write_rows

group = typer.Typer(help="Groups within the teams; a runner may be in any number.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="What the group is called; it is there as long as somebody is in it.")]

Team = Annotated[str, typer.Option(help="The team's name.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="group")


@group.command("add")
def add(context: typer.Context, name: Name, runner: RunnerId) -> None:
    """Put a runner into a group of their team."""
    from monitor.store.groups import join_group

    with chosen(context).database(runner).writing() as db:
        join_group(db, runner, name)
    typer.echo(f"runner {runner}: in {name.strip()}")


@group.command("remove")
def remove(context: typer.Context, name: Name, runner: RunnerId) -> None:
    """Take a runner out of a group."""
    from monitor.store.groups import leave_group

    with chosen(context).database(runner).writing() as db:
        leave_group(db, runner, name)
    typer.echo(f"runner {runner}: not in {name.strip()} any more")


@group.command("rename")
def rename(context: typer.Context, name: Name, new: str, team: Team) -> None:
    """Call a group otherwise; one that is called so already takes its runners in."""
    from monitor.store.groups import rename_group
    from monitor.store.people import known_team

    with chosen(context).database().writing() as db:
        rename_group(db, known_team(db, team), name, new)
    typer.echo(f"{name.strip()}: {new.strip()} from now on")


@group.command("delete")
def delete(context: typer.Context, name: Name, team: Team) -> None:
    """Take everybody out of a group."""
    from monitor.store.groups import drop_group
    from monitor.store.people import known_team

    with chosen(context).database().writing() as db:
        drop_group(db, known_team(db, team), name)
    typer.echo(f"{name.strip()}: nobody is in it any more")


@group.command("list")
def show(context: typer.Context, as_json: Json = False) -> None:
    """Who is in which group."""
    from monitor.store.groups import groups

    with chosen(context).reading() as db:
        found = [dict(zip(("team", "group", "runner", "name"), each, strict=True)) for each in groups(db)]
    write_rows(found, "{team:<20} {group:<20} {runner:>4}  {name}", as_json=as_json)
