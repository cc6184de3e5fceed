"""runner: who is watched."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from monitor.cli.options import Json, chosen, now, write
from monitor.errors import UserError

runner = typer.Typer(help="The runners who are watched.", no_args_is_help=True)

Email = Annotated[str, typer.Option(help="Exactly one address.")]
Timezone = Annotated[str, typer.Option(help="Like Europe/Paris.")]
Locale = Annotated[str, typer.Option(help="How dates and numbers are written, like de-DE; the words stay English.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(runner, name="runner")


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
    from monitor.store.checks import checked, checked_locale
    from monitor.store.people import add_runner

    checked(name, email, timezone)  # before a database is made
    checked_locale(locale)
    with chosen(context).database().writing() as db:
        added = add_runner(db, name, email, timezone, team, now(), locale=locale)
    typer.echo(f"runner {added.id}: {added.name}")


@runner.command("list")
def list_runners(context: typer.Context, as_json: Json = False) -> None:
    """All runners."""
    from monitor.store.people import people

    with chosen(context).reading() as db:
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

    if not chosen(context).settings().strava.client_id:
        raise UserError("strava.client_id is not set: make an app in your Strava settings and set its id and secret")
    product = chosen(context).product(runner_id)
    write(connect_url(product.settings.web.base_url, product.secrets, runner_id))


@runner.command("invite")
def invite_runner(context: typer.Context, runner_id: int) -> None:
    """Print the link with which a runner agrees that their team's coaches see them: it opens once, for seven days."""
    from monitor.store.invitations import invite_runner, new_token
    from monitor.web.links import join_url

    token = new_token()
    with chosen(context).database(runner_id).writing() as db:
        invite_runner(db, runner_id, token, now())
    write(join_url(chosen(context).settings().web.base_url, token))


@runner.command("link")
def own_link(context: typer.Context, runner_id: int) -> None:
    """Print a runner's own link: what they agreed to, and the ways to end it."""
    from monitor.web.links import own_url

    product = chosen(context).product(runner_id)
    write(own_url(product.settings.web.base_url, product.secrets, runner_id))
