"""token: keys to the API."""

from typing import Annotated

import typer

from monitor.cli.options import AnyRunner, chosen, now
from monitor.errors import UserError

token = typer.Typer(help="Keys to the API, each with the rights of one person.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.add_typer(token, name="token")


@token.command("add")
def add(
    context: typer.Context,
    runner: AnyRunner = None,
    coach: Annotated[int | None, typer.Option("--coach", help="Only what this coach may see.")] = None,
    operator: Annotated[bool, typer.Option("--operator", help="Everybody.")] = False,
    read_only: Annotated[bool, typer.Option("--read-only", help="It changes nothing.")] = False,
    label: Annotated[str, typer.Option(help="What it is called in the list.")] = "",
) -> None:
    """Make a token and print it, now and never again."""
    from monitor.store.api_tokens import add_token

    if [runner is not None, coach is not None, operator].count(True) != 1:
        raise UserError("a token has one holder: give --runner, --coach or --operator")
    with chosen(context).database(runner).writing() as db:
        _, secret = add_token(db, now(), runner_id=runner, coach_id=coach, read_only=read_only, label=label)
    typer.echo(secret)


@token.command("list")
def show(context: typer.Context) -> None:
    """The tokens that are valid: whose, what they may do, and since when."""
    from monitor.store.api_tokens import tokens

    with chosen(context).reading() as db:
        for each in tokens(db):
            may = "reads" if each.read_only else "reads, writes"
            whose = _whose(each.runner_id, each.coach_id)
            typer.echo(f"{each.id:>4}  {whose:<12} {may:<13} {each.created_at:%Y-%m-%d}  {each.label}".rstrip())


@token.command("revoke")
def revoke(context: typer.Context, token_id: int) -> None:
    """End a token."""
    from monitor.store.api_tokens import revoke_token

    with chosen(context).database().writing() as db:
        revoke_token(db, token_id)
    typer.echo(f"token {token_id}: revoked")


def _whose(runner_id: int | None, coach_id: int | None) -> str:
    if runner_id is not None:
        return f"runner {runner_id}"
    return "operator" if coach_id is None else f"coach {coach_id}"
