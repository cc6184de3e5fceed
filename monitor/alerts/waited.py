"""A mail that waited: it says of which day its words are."""

import re
from datetime import datetime
from email.message import EmailMessage

from monitor.alerts.letter import weekday

BODY = re.compile(r"<body[^>]*>", re.IGNORECASE)
STYLE = "margin:0;padding:12px 16px;font-family:sans-serif"


def as_of(message: EmailMessage, now: datetime) -> EmailMessage:
    """*message* as it leaves at *now*: on a later day than its own, both parts begin with that day.

    The day is that of its Date, by the clock there; Message-ID and everything else stay.
    """
    dated = message["Date"].datetime if message["Date"] else now
    if now.astimezone(dated.tzinfo).date() <= dated.date():
        return message
    said = f"Computed on {weekday(dated.date())} and held up on its way: “today” and “yesterday” are of then."
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    if isinstance(plain, EmailMessage):
        plain.set_content(f"{said}\n\n{_lines(plain)}", cte="quoted-printable")
    if isinstance(html, EmailMessage):
        marked = BODY.sub(lambda body: f'{body[0]}<p style="{STYLE}">{said}</p>', _lines(html), count=1)
        html.set_content(marked, subtype="html", cte="quoted-printable")
    message.replace_header("Date", now.astimezone(dated.tzinfo))
    return message


def _lines(part: EmailMessage) -> str:
    return str(part.get_content()).replace("\r\n", "\n")
