"""team, coach: who runs together, and who watches."""

from typing import Annotated

import typer

from monitor.cli.options import Json, RunnerId, chosen, now, write_rows
from monitor.cli.people import Email, Locale, Timezone
from monitor.errors import UserError

team = typer.Typer(help="The teams.", no_args_is_help=True)
coach = typer.Typer(help="The coaches of the teams.", no_args_is_help=True)

ROLES = "viewer: looks; coach: invites, makes groups; owner: decides who else may."
UNTOLD = "; not told by mail, for enough was mailed today"


def add_to(app: typer.Typer) -> None:
    app.add_typer(team, name="team")
    app.add_typer(coach, name="coach")


@team.command("add")
def add_team(context: typer.Context, name: str) -> None:
    """Add a team."""
    from monitor.store.people import find_or_add_team

    with chosen(context).database().writing() as db:
        typer.echo(f"team {find_or_add_team(db, name)}: {name}")


@team.command("list")
def list_teams(context: typer.Context, as_json: Json = False) -> None:
    """All teams."""
    from monitor.store.people import teams

    with chosen(context).reading() as db:
        found = [dict(zip(("id", "name", "runners"), each, strict=True)) for each in teams(db)]
    write_rows(found, "{id:>4}  {name}  ({runners} runners)", as_json=as_json)


@team.command("remove")
def remove_runner(context: typer.Context, runner: RunnerId) -> None:
    """Take a runner out of their team: its coaches see nothing of them any more, and they are told by mail."""
    from jobs.inviting import remove_runner
    from monitor.store.audience import OWN
    from monitor.store.people import person

    product = chosen(context).product(runner)
    with product.database.reading() as db:
        whose = person(db, runner)
    if whose.team_id is None:
        raise UserError(f"runner {runner} is in no team")
    remove_runner(product, whose.team_id, runner, now(), OWN)
    typer.echo(f"runner {runner}: in no team any more")


@coach.command("add")
def add_coach(
    context: typer.Context,
    name: str,
    email: Email,
    team: Annotated[str, typer.Option()],
    timezone: Timezone = "UTC",
    role: Annotated[str, typer.Option(help=ROLES)] = "coach",
    locale: Locale = "",
) -> None:
    """Add a coach to a team and tell them by mail; they sign in with their address, a digest comes in their morning."""
    from jobs.appointing import appoint

    given = {"timezone": timezone, "locale": locale}
    coach_id, told = appoint(chosen(context).product(), team, name, email, role, None, now(), **given)
    typer.echo(f"coach {coach_id}: {name.strip()}, {team}{'' if told else UNTOLD}")


@coach.command("locale")
def set_locale(
    context: typer.Context, coach_id: int, locale: Annotated[str, typer.Argument(help="Like de-DE; empty for none.")]
) -> None:
    """How dates and numbers are written to a coach, on pages and in mails; the words stay English."""
    from monitor.store.coaches import set_coach_locale

    with chosen(context).database().writing() as db:
        kept = set_coach_locale(db, coach_id, locale)
    typer.echo(f"coach {coach_id}: {kept or 'as their browser asks'}")


@coach.command("list")
def list_coaches(context: typer.Context, as_json: Json = False) -> None:
    """All coaches."""
    from monitor.store.coaches import coaches

    with chosen(context).reading() as db:
        found = [each.model_dump(include={"id", "name", "email", "team_id", "role"}) for each in coaches(db)]
    write_rows(found, "{id:>4}  {name:<28} {email:<32} {role}", as_json=as_json)


@coach.command("role")
def set_role(context: typer.Context, coach_id: int, role: Annotated[str, typer.Argument(help=ROLES)]) -> None:
    """Let a coach do more, or less; they are told by mail."""
    from jobs.appointing import change_role

    told = change_role(chosen(context).product(), coach_id, role, None, now())
    typer.echo(f"coach {coach_id}: {role}{'' if told else UNTOLD}")


@coach.command("remove")
def remove_coach(context: typer.Context, coach_id: int) -> None:
    """Remove a coach: they see nothing any more, get no digest, and are told so by mail."""
    from jobs.appointing import dismiss

    told = dismiss(chosen(context).product(), coach_id, None, now())
    typer.echo(f"coach {coach_id}: removed{'' if told else UNTOLD}")
