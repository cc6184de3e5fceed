"""A letter in a few lines, for channels that are no mailbox."""

import re
from email.message import EmailMessage
from email.policy import SMTP

PARAGRAPHS = 2
SOFT_BREAK = re.compile(r"\n(?!- ) *")  # items of a list keep their lines
ADDRESS = re.compile(r"https?://\S+")


def shortened(message: EmailMessage) -> EmailMessage:
    """Subject, the first paragraphs of the plain part, and its link; the same Date and Message-ID.

    Other people may read a channel: the greeting with its name stays out, and so do links that hold a key.
    """
    short = EmailMessage(policy=SMTP)
    for name in ("Subject", "Date", "Message-ID"):
        if message[name]:
            short[name] = str(message[name])
    body = message.get_body(("plain",))
    told = str(body.get_content()).replace("\r\n", "\n") if body else ""
    short.set_content(_in_short(told.partition("\n-- \n")[0], str(message["Subject"])), cte="quoted-printable")
    return short


def _in_short(told: str, subject: str) -> str:
    paragraphs = [SOFT_BREAK.sub(" ", each.strip()) for each in told.split("\n\n")]
    words = [
        each
        for each in paragraphs
        if each and not each.startswith("Hello") and each.rstrip(".") != subject and not ADDRESS.search(each)
    ]
    keyless = [each for each in ADDRESS.findall(told) if "?" not in each and "//doi.org/" not in each]
    return "\n\n".join([*words[:PARAGRAPHS], *keyless[:1]])
