"""Letters become mail: a plain part that stands alone, an HTML part, and the last weeks as an inline picture.

Nothing in a mail is fetched from elsewhere, so that opening it tells nobody anything.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from functools import partial

import css_inline
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from monitor.alerts.chart import load_chart, load_summary, png
from monitor.alerts.given import around_given, one_line, without_marks
from monitor.alerts.letter import Letter, Told, alert_letter, reconnect_letter, stale_letter
from monitor.alerts.locales import AS_WRITTEN, Locale
from monitor.alerts.policy import Reason
from monitor.errors import UserError
from monitor.load.daily import History
from monitor.load.headroom import Headroom
from monitor.load.left_out import NOTHING_TOLD, LeftOut
from monitor.model import Finding, Freshness

CHART_WEEKS = 8
CHART_WIDTH_PX = 460  # laid out narrower than it is shown, so that a phone's width still reads well
PICTURE_WIDTH_PX = 1072  # twice the width of the sheet, for sharp screens
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
ONE_ADDRESS = re.compile(rf"{ATOM}(\.{ATOM})*@([A-Za-z0-9-]+\.)*[A-Za-z0-9-]+")
UNIT_AFTER_NUMBER = re.compile(r"(?<=\d) (?=(?:%|km)(?!\w))")

TEMPLATES = Environment(
    loader=PackageLoader("monitor.alerts"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=lambda said: without_marks(said) if isinstance(said, str) else said,  # whatever is written, at last
)
TEMPLATES.filters["unbroken"] = lambda text: around_given(text, partial(UNIT_AFTER_NUMBER.sub, "\N{NO-BREAK SPACE}"))


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person with exactly one mail address, in plain letters; UserError where it is not that."""

    name: str
    email: str

    def __post_init__(self) -> None:
        if not ONE_ADDRESS.fullmatch(self.email):
            raise UserError(f"{one_line(self.email)!r} is not one mail address: write name@domain, in plain letters")

    @property
    def header(self) -> Address:
        return Address(one_line(self.name), addr_spec=self.email)


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What every mail needs besides its words. The same *message_id* on another try lets the receiver see a copy.

    *sent_at* carries its time zone. *base_url* is where the pages live, *own_url* the runner's own link.
    """

    to: Addressee
    sender: Addressee
    message_id: str
    sent_at: datetime
    base_url: str
    runner_id: int | None  # None: to somebody who has no page
    own_url: str = ""  # empty for whoever has no page
    answer_url: str = ""  # where answers to this mail go; empty where none is asked for
    stop_url: str = ""  # what switches off mails of this kind; empty where that makes no sense
    stops: str = ""  # which mails those are, in words
    locale: Locale = AS_WRITTEN  # of whom it is to

    @property
    def page_url(self) -> str:
        return f"{self.base_url.rstrip('/')}/runners/{self.runner_id}"


@dataclass(frozen=True, slots=True)
class Picture:
    png: bytes
    summary: str
    cid: str


def alert_message(
    envelope: Envelope,
    told: Sequence[Told],
    history: History,
    today: date,
    *,
    headroom: Headroom,
    left_out: LeftOut = NOTHING_TOLD,
    reason: Reason = Reason.FIRST,
) -> EmailMessage:
    """The mail about what was found, with the last 8 weeks; the worst finding is the subject.

    *headroom* is what is known of *today*, the day on which it is read; *left_out*, what that lacks.
    """
    findings = [finding for _, finding in told]
    picture = last_weeks(history, findings, today, envelope)
    letter = alert_letter(
        envelope.to.name,
        told,
        today,
        headroom=headroom,
        hours_until_hard=headroom.hours_until_hard(envelope.sent_at.replace(tzinfo=None)),
        left_out=left_out,
        page_url=envelope.page_url,
        reason=reason,
        answer_url=envelope.answer_url,
    )
    return mail_of(envelope, letter, picture)


def last_weeks(history: History, findings: Sequence[Finding], today: date, envelope: Envelope) -> Picture:
    """The last 8 weeks as a picture of this mail."""
    title, locale = "Your last 8 weeks", envelope.locale
    svg = load_chart(history, findings, today, CHART_WEEKS, title=title, width=CHART_WIDTH_PX, locale=locale)
    summary = load_summary(history, findings, today, CHART_WEEKS, locale=locale)
    return Picture(png(svg, PICTURE_WIDTH_PX), summary, f"weeks.{envelope.message_id.strip('<>')}")


def stale_message(envelope: Envelope, *, since: date, today: date, reason: str, source: str = "Strava") -> EmailMessage:
    """The mail after three days without data: nothing can be judged, which is not the same as nothing to see."""
    letter = stale_letter(envelope.to.name, since, today, source=source, reason=reason, page_url=envelope.page_url)
    return mail_of(envelope, letter)


def reconnect_message(
    envelope: Envelope, *, connect_url: str, lost: Freshness, removal: date | None = None, source: str = "Strava"
) -> EmailMessage:
    """The mail about a permission that was *lost*, with the link to give it again."""
    letter = reconnect_letter(envelope.to.name, source=source, lost=lost, connect_url=connect_url, removal=removal)
    return mail_of(envelope, letter)


def mail_of(envelope: Envelope, letter: Letter, picture: Picture | None = None) -> EmailMessage:
    """A letter as mail, its dates and numbers as the addressee is used to them."""
    letter = written_for(letter, envelope.locale)
    message = EmailMessage(policy=SMTP)
    message["From"] = envelope.sender.header
    message["To"] = envelope.to.header
    message["Subject"] = one_line(letter.subject)
    message["Date"] = envelope.sent_at
    message["Message-ID"] = envelope.message_id
    message["Auto-Submitted"] = "auto-generated"
    if envelope.stop_url:
        message["List-Unsubscribe"] = f"<{envelope.stop_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    drawn = {name: _drawn(name, letter, picture, envelope) for name in ("letter.txt", "letter.html")}
    message.set_content(drawn["letter.txt"], cte="quoted-printable")
    html = css_inline.inline(drawn["letter.html"], keep_at_rules=True, load_remote_stylesheets=False)
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    body = message.get_body(("html",))
    if picture and isinstance(body, EmailMessage):
        body.add_related(
            picture.png, "image", "png", cid=f"<{picture.cid}>", disposition="inline", filename="last-8-weeks.png"
        )
    return message


def written_for(letter: Letter, locale: Locale) -> Letter:
    """What the letter says of days and figures, as this locale writes them; what studies say stays as published."""

    def read(lines: Sequence[str]) -> tuple[str, ...]:
        return tuple(locale.text(line) for line in lines)

    return replace(
        letter,
        subject=locale.text(letter.subject),
        happened=read(letter.happened),
        next_steps=read(letter.next_steps),
        also=tuple((heading, read(lines)) for heading, lines in letter.also),
        ahead=(letter.ahead[0], read(letter.ahead[1])),
        why=locale.text(letter.why),
    )


def _drawn(template: str, letter: Letter, picture: Picture | None, envelope: Envelope) -> str:
    return TEMPLATES.get_template(template).render(letter=letter, picture=picture, envelope=envelope)
