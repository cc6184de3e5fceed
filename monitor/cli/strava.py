"""strava: whether it tells of changes by itself, and what is held back while it fails."""

from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import Chosen, now, write
from monitor.errors import SourceUnavailable, UserError

if TYPE_CHECKING:
    from jobs.context import Context

strava = typer.Typer(help="The connection to Strava as a whole.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.add_typer(strava, name="strava")


@strava.command()
def subscribe(context: typer.Context) -> None:
    """Ask Strava to tell of changes at web.base_url, where `hamwatch run` must be reachable from outside."""
    from monitor.store.subscription import keep_subscription
    from monitor.web.links import verify_token, webhook_url

    product = _connected(context.obj)
    url = webhook_url(product.settings.web.base_url, product.secrets)
    try:
        number = product.strava.subscribe(url, verify_token(product.secrets))
    except SourceUnavailable as error:
        raise UserError(
            f"{error}. Strava must reach {product.settings.web.base_url} from outside while the pages are served,"
            " and there may be one subscription at a time: `hamwatch strava subscription` shows it"
        ) from error
    with product.database.writing() as db:
        keep_subscription(db, number, url, now())
    typer.echo(f"subscription {number}: Strava tells {product.settings.web.base_url} of changes")


@strava.command("subscription")
def show(context: typer.Context) -> None:
    """Ask Strava which subscription there is, and go by that."""
    from monitor.store.subscription import forget_subscription, keep_subscription, subscription
    from monitor.web.links import webhook_url

    product = _connected(context.obj)
    ours, known = webhook_url(product.settings.web.base_url, product.secrets), product.strava.subscriptions()
    number = next((number for number, url in known.items() if url == ours), None)
    with product.database.writing() as db:
        held = subscription(db)
        if number is None:
            forget_subscription(db)
        elif held is None or held.id != number:
            keep_subscription(db, number, ours, now())
    if number is not None:
        write(f"subscription {number}: Strava tells {product.settings.web.base_url} of changes")
    elif known:
        write(f"subscription {next(iter(known))} tells another address: `hamwatch strava unsubscribe` ends it")
    else:
        write("none: every runner is listed daily")


@strava.command()
def unsubscribe(context: typer.Context) -> None:
    """End whatever subscription there is; every runner is listed daily again."""
    from monitor.store.subscription import forget_subscription

    product = _connected(context.obj)
    for number in product.strava.subscriptions():
        product.strava.unsubscribe(number)
        typer.echo(f"subscription {number} has ended")
    with product.database.writing() as db:
        forget_subscription(db)


@strava.command("release")
def release(
    context: typer.Context,
    ask_again: Annotated[
        bool, typer.Option("--ask-again", help="It was a fault, and is mended: try the stored tokens once more.")
    ] = False,
) -> None:
    """Lift the brake on deletions: runners whose permission ended are asked to reconnect, and their clocks start."""
    from datetime import timedelta

    from monitor.store.brake import release

    chosen: Chosen = context.obj
    after = timedelta(hours=chosen.settings().strava.delete_after_h)
    with chosen.database().writing() as db:
        released = release(db, now(), after, ask_again=ask_again)
    typer.echo(f"brake lifted: {len(released)} runners {'are asked for again' if ask_again else 'are told'}")


def _connected(chosen: Chosen) -> "Context":
    if not chosen.settings().strava.client_id:
        raise UserError("strava.client_id is not set: make an app in your Strava settings and set its id and secret")
    return chosen.product()
