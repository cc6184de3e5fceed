"""invitation: who is asked to join a team."""

from typing import Annotated

import typer

from monitor.cli.options import Json, chosen, now, write, write_rows
from monitor.cli.people import Email

invitation = typer.Typer(
    help="Who is asked to join a team: by mail, once, for seven days. Nobody is seen before they agree.",
    no_args_is_help=True,
)

Team = Annotated[str, typer.Option(help="The team's name.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(invitation, name="invitation")


@invitation.command("send")
def send(context: typer.Context, name: str, email: Email, team: Team) -> None:
    """Ask somebody to join a team by mail, and print the link."""
    from jobs.inviting import invite
    from monitor.store.people import known_team

    with chosen(context).reading() as db:
        team_id = known_team(db, team)
    write(invite(chosen(context).product(), team_id, name, email, None, now()))


@invitation.command("list")
def show(context: typer.Context, team: Team, as_json: Json = False) -> None:
    """Who was asked and has not answered, and until when the link opens."""
    from monitor.store.invitations import invitations
    from monitor.store.people import known_team

    with chosen(context).reading() as db:
        asked = invitations(db, known_team(db, team))
    rows = [{key: getattr(each, key) for key in ("id", "name", "address", "at", "ends_at")} for each in asked]
    write_rows(rows, "{id:>4}  {name:<28} {address:<32} until {ends_at:%Y-%m-%d %H:%M} UTC", as_json=as_json)


@invitation.command("again")
def again(context: typer.Context, number: int, team: Team) -> None:
    """Mail an invitation again under a new link, and print it."""
    from jobs.inviting import send_again
    from monitor.store.people import known_team

    with chosen(context).reading() as db:
        team_id = known_team(db, team)
    write(send_again(chosen(context).product(), team_id, number, None, now()))


@invitation.command("take-back")
def take_back(context: typer.Context, number: int, team: Team) -> None:
    """End an invitation, and forget whom it asked."""
    from monitor.store.invitations import take_back
    from monitor.store.people import known_team

    with chosen(context).database().writing() as db:
        take_back(db, known_team(db, team), number)
    typer.echo(f"invitation {number}: taken back")
