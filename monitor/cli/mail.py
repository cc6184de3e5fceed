"""mail: what is written, looked at before anybody gets it."""

import typer

from monitor.cli.preview import preview

mail = typer.Typer(help="Mail.", no_args_is_help=True)
mail.command()(preview)


def add_to(app: typer.Typer) -> None:
    app.add_typer(mail, name="mail")
