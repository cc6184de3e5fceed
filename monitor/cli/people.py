"""runner, team, coach: who is watched and who watches."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from monitor.cli.options import Chosen, Json, now, write
from monitor.errors import UserError

runner = typer.Typer(help="The runners who are watched.", no_args_is_help=True)
team = typer.Typer(help="Their teams.", no_args_is_help=True)
coach = typer.Typer(help="The coaches of the teams.", no_args_is_help=True)

Email = Annotated[str, typer.Option(help="Exactly one address.")]
Timezone = Annotated[str, typer.Option(help="Like Europe/Paris.")]
Locale = Annotated[str, typer.Option(help="How dates and numbers are written, like de-DE; the words stay English.")]


def add_to(app: typer.Typer) -> None:
    for group, name in ((runner, "runner"), (team, "team"), (coach, "coach")):
        app.add_typer(group, name=name)


@runner.command("add")
def add_runner(
    context: typer.Context,
    name: str,
    email: Email,
    timezone: Timezone = "UTC",
    team: Annotated[str | None, typer.Option(help="A team; made where it is new.")] = None,
    locale: Locale = "",
) -> None:
    """Add a runner."""
    from monitor.store.people import add_runner, checked, checked_locale

    checked(name, email, timezone)  # before a database is made
    checked_locale(locale)
    with _chosen(context).database().writing() as db:
        added = add_runner(db, name, email, timezone, team, now(), locale=locale)
    typer.echo(f"runner {added.id}: {added.name}")


@runner.command("list")
def list_runners(context: typer.Context, as_json: Json = False) -> None:
    """All runners."""
    from monitor.store.people import people

    with _chosen(context).reading() as db:
        everyone = people(db)
    keys = ("id", "name", "email", "timezone", "team")
    if as_json:
        write(json.dumps([{key: asdict(each)[key] or None for key in keys} for each in everyone], ensure_ascii=False))
        return
    for each in everyone:
        typer.echo(f"{each.id:>4}  {each.name:<28} {each.email:<32} {each.timezone:<24} {each.team}")


@runner.command("connect")
def connect_runner(context: typer.Context, runner_id: int) -> None:
    """Print the link with which a runner connects their Strava account."""
    from monitor.web.links import connect_url

    if not _chosen(context).settings().strava.client_id:
        raise UserError("strava.client_id is not set: make an app in your Strava settings and set its id and secret")
    product = _chosen(context).product(runner_id)
    write(connect_url(product.settings.web.base_url, product.secrets, runner_id))


@runner.command("invite")
def invite_runner(context: typer.Context, runner_id: int) -> None:
    """Print the link with which a runner agrees that their team's coaches see them."""
    from monitor.store.people import person
    from monitor.web.links import join_url

    product = _chosen(context).product(runner_id)
    with product.database.reading() as db:
        invited = person(db, runner_id)
    if invited.team_id is None:
        raise UserError(f"runner {runner_id} is in no team: nobody but you and the runner sees them")
    write(join_url(product.settings.web.base_url, product.secrets, runner_id))


@runner.command("link")
def own_link(context: typer.Context, runner_id: int) -> None:
    """Print a runner's own link: what they agreed to, and the ways to end it."""
    from monitor.web.links import own_url

    product = _chosen(context).product(runner_id)
    write(own_url(product.settings.web.base_url, product.secrets, runner_id))


@team.command("add")
def add_team(context: typer.Context, name: str) -> None:
    """Add a team."""
    from monitor.store.people import find_or_add_team

    with _chosen(context).database().writing() as db:
        typer.echo(f"team {find_or_add_team(db, name)}: {name}")


@team.command("list")
def list_teams(context: typer.Context, as_json: Json = False) -> None:
    """All teams."""
    from monitor.store.people import teams

    with _chosen(context).reading() as db:
        found = [dict(zip(("id", "name", "runners"), each, strict=True)) for each in teams(db)]
    if as_json:
        write(json.dumps(found, ensure_ascii=False))
        return
    for each in found:
        typer.echo(f"{each['id']:>4}  {each['name']}  ({each['runners']} runners)")


@coach.command("add")
def add_coach(
    context: typer.Context,
    name: str,
    email: Email,
    team: Annotated[str, typer.Option()],
    timezone: Timezone = "UTC",
    role: Annotated[str, typer.Option(help="viewer: looks; coach; owner: decides who else may.")] = "coach",
    locale: Locale = "",
) -> None:
    """Add a coach to a team; they sign in with their address, and their digest comes in their own morning."""
    from monitor.store.people import add_coach

    with _chosen(context).database().writing() as db:
        added = add_coach(db, name, email, team, timezone, role, locale=locale)
    typer.echo(f"coach {added.id}: {added.name}, {team}")


@coach.command("locale")
def set_locale(
    context: typer.Context, coach_id: int, locale: Annotated[str, typer.Argument(help="Like de-DE; empty for none.")]
) -> None:
    """How dates and numbers are written to a coach, on pages and in mails; the words stay English."""
    from monitor.store.people import set_coach_locale

    with _chosen(context).database().writing() as db:
        kept = set_coach_locale(db, coach_id, locale)
    typer.echo(f"coach {coach_id}: {kept or 'as their browser asks'}")


@coach.command("list")
def list_coaches(context: typer.Context, as_json: Json = False) -> None:
    """All coaches."""
    from monitor.store.people import coaches

    with _chosen(context).reading() as db:
        found = [each.model_dump(include={"id", "name", "email", "team_id", "role"}) for each in coaches(db)]
    if as_json:
        write(json.dumps(found, ensure_ascii=False))
        return
    for each in found:
        typer.echo(f"{each['id']:>4}  {each['name']:<28} {each['email']:<32} {each['role']}")


def _chosen(context: typer.Context) -> Chosen:
    chosen: Chosen = context.obj
    return chosen
