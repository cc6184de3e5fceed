"""channel: other ways to reach a person beside mail."""

from email.message import EmailMessage
from typing import Annotated

import typer

from monitor.cli.options import AnyRunner, chosen, now
from monitor.errors import UserError

channel = typer.Typer(help="Other ways to reach a person beside mail, through Apprise.", no_args_is_help=True)

AnyCoach = Annotated[int | None, typer.Option("--coach", help="Only this coach.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(channel, name="channel")


@channel.command("add")
def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="Like ntfys://ntfy.sh/topic; - reads it from stdin, unseen by others.")],
    runner: AnyRunner = None,
    coach: AnyCoach = None,
    label: Annotated[str, typer.Option(help="What it is called in lists and logs.")] = "",
) -> None:
    """Tell one person by this channel, too, whatever is mailed to them."""
    from monitor.delivery.channels import check_url
    from monitor.store.channels import add_channel

    if (runner is None) == (coach is None):
        raise UserError("a channel is one person's: give either --runner or --coach")
    secret = typer.get_text_stream("stdin").readline().strip() if url == "-" else url
    check_url(secret, allow_private=chosen(context).settings().notify.allow_private)
    product = chosen(context).product(runner)
    with product.database.writing() as db:
        added = add_channel(db, product.keys, secret, label, now(), runner_id=runner, coach_id=coach)
    typer.echo(f"channel {added.id}: {added.scheme} {added.label}".rstrip())


@channel.command("list")
def show(context: typer.Context, runner: AnyRunner = None, coach: AnyCoach = None) -> None:
    """The channels: whose, and what they are called."""
    from monitor.store.channels import channels

    with chosen(context).reading() as db:
        for each in channels(db, runner_id=runner, coach_id=coach):
            whose = f"runner {each.runner_id}" if each.runner_id is not None else f"coach {each.coach_id}"
            typer.echo(f"{each.id:>4}  {whose:<12} {each.scheme:<10} {each.label}".rstrip())


@channel.command("remove")
def remove(context: typer.Context, channel_id: int) -> None:
    """Use a channel no longer; what waited for it goes, too."""
    from monitor.store.channels import remove_channel

    with chosen(context).database().writing() as db:
        remove_channel(db, channel_id)
    typer.echo(f"channel {channel_id}: removed")


@channel.command("test")
def try_out(context: typer.Context, channel_id: int) -> None:
    """Say hello by a channel, now."""
    from monitor.store.channels import channel_url, known_channel

    product = chosen(context).product()
    with product.database.reading() as db:
        known_channel(db, channel_id)
        url = channel_url(db, product.keys, channel_id)
    product.notify(url, hello())
    typer.echo(f"channel {channel_id}: reached")


def hello() -> EmailMessage:
    """What a channel is tried with."""
    message = EmailMessage()
    message["Subject"] = "Hamwatch reaches you here"
    message.set_content("What is mailed to you about your training is told here, too, in short.\n")
    return message
