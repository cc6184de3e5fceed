"""What is written where a letter cannot be drawn: no name, no picture, nothing that could fail again."""

from email.message import EmailMessage
from email.policy import SMTP

from monitor.alerts.letter import CARE
from monitor.alerts.message import Envelope

TEXT = """Hello,

We have something to tell you, and could not draw the letter that says it.
What it is about stands here:
{url}

{dashes}
{own}{care}
"""
DASHES = "-- "  # what stands before a signature
OWN = "What you agreed to, and how to end it (this link is yours alone):\n{url}\n\n"


def plain_message(envelope: Envelope) -> EmailMessage:
    """The mail that stands in for a letter. It has the same Message-ID, so that nobody gets both unnoticed."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = envelope.sender.email, envelope.to.email
    message["Subject"] = "Something to tell you from Hamwatch"
    message["Date"], message["Message-ID"] = envelope.sent_at, envelope.message_id
    message["Auto-Submitted"] = "auto-generated"
    url = envelope.page_url if envelope.runner_id else envelope.base_url
    own = OWN.format(url=envelope.own_url) if envelope.own_url else ""
    message.set_content(TEXT.format(url=url, dashes=DASHES, own=own, care=CARE), cte="quoted-printable")
    return message
