"""mail: what is written, looked at before anybody gets it, and what becomes of it."""

import typer

from monitor.cli.options import chosen, now
from monitor.cli.preview import preview

mail = typer.Typer(help="What is written, and what becomes of it.", no_args_is_help=True)
mail.command()(preview)


def add_to(app: typer.Typer) -> None:
    app.add_typer(mail, name="mail")


@mail.command("suspended")
def show_suspended(context: typer.Context) -> None:
    """The addresses that a mail server refused for good, since when, and why."""
    from monitor.store.suspensions import suspended

    with chosen(context).reading() as db:
        for each in suspended(db):
            typer.echo(f"{each.address}  {each.since:%Y-%m-%d %H:%M} UTC  {each.reason}")


@mail.command("resume")
def resume(context: typer.Context, address: str) -> None:
    """Try a suspended address again, and send what waited for it."""
    from jobs import deliver
    from monitor.store.suspensions import resume

    product = chosen(context).product()
    with product.database.writing() as db:
        waited = resume(db, address)
    sent = deliver.run(product, now())
    typer.echo(f"{address}: no longer suspended; {waited} letters had waited, {sent} letters sent")
