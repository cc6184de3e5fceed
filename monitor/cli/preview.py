"""mail preview: every mail that the product writes, to be looked at."""

import base64
from email.message import EmailMessage
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.options import now

FOLDER = Path("mail-preview")


def preview(
    context: typer.Context,
    out: Annotated[Path, typer.Option(file_okay=False, help="Where they are written.")] = FOLDER,
) -> None:
    """Write every mail, with an invented runner, as .eml for a mail program and .html for a browser. Sends nothing."""
    from jobs.previewing import previews

    out.mkdir(parents=True, exist_ok=True)
    for name, message in previews(context.obj.product(), now()):
        (out / f"{name}.eml").write_bytes(message.as_bytes())
        (out / f"{name}.html").write_text(as_page(message), encoding="utf-8")
        typer.echo(f"{out / name}.html  {message['Subject']}")


def as_page(message: EmailMessage) -> str:
    """The HTML part with its picture inside it."""
    body = message.get_body(("html",))
    html = str(body.get_content()) if body else ""
    for part in message.walk():
        if part.get_content_type() == "image/png":
            picture = base64.b64encode(bytes(part.get_payload(decode=True) or b"")).decode()
            html = html.replace(f"cid:{str(part['Content-ID']).strip('<>')}", f"data:image/png;base64,{picture}")
    return html
