"""From what was decided to the mail that says it: address, headroom of the day, links, a stable Message-ID."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from email.utils import parseaddr

from jobs.context import Context, fenced
from monitor.alerts.farewell import erased_letter, removed_letter
from monitor.alerts.invitation import invitation_letter, left_team_letter
from monitor.alerts.letter import Letter
from monitor.alerts.locales import locale_named
from monitor.alerts.message import (
    Addressee,
    Envelope,
    alert_message,
    mail_of,
    reconnect_message,
    stale_message,
)
from monitor.alerts.plain import plain_message
from monitor.alerts.policy import Decision
from monitor.alerts.sign_in import sign_in_letter
from monitor.load.headroom import headroom
from monitor.load.left_out import LeftOut
from monitor.store.invitations import LIFE
from monitor.store.mail_choices import MailList
from monitor.store.people import Person
from monitor.store.tables import Coach
from monitor.store.view import Judged
from monitor.store.zones import zone_of
from monitor.web.links import connect_url, own_url
from monitor.web.mail_links import answer_url, stop_url


def findings_letter(context: Context, row: Judged, decision: Decision, episode: str, now: datetime) -> EmailMessage:
    """What was found, with the last 8 weeks and what is known of the day on which it is read."""
    if row.history is None:
        raise ValueError("a finding without a history")
    rules = context.rules_by_name
    told = [(rules[finding.rule], finding) for finding in decision.findings]
    read_on = now.astimezone(row.person.zone).date()
    room = headroom(row.history, read_on, row.injuries)
    left_out = LeftOut(row.runs, row.exposures)
    envelope = replace(
        to_runner(context, row.person, episode, now, MailList.ALERTS),
        answer_url=answer_url(context.settings.web.base_url, context.secrets, row.person.id, episode),
    )
    history, reason = row.history, decision.reason
    return drawn(
        envelope,
        lambda: alert_message(envelope, told, history, read_on, headroom=room, left_out=left_out, reason=reason),
    )


def stale_letter(
    context: Context, row: Judged, silent_since: datetime, failure: str, episode: str, now: datetime
) -> EmailMessage:
    """Nothing has arrived for 72 hours."""
    since = silent_since.astimezone(row.person.zone).date()
    reason = failure or "no answer was received"
    read_on = now.astimezone(row.person.zone).date()
    envelope = to_runner(context, row.person, episode, now, MailList.SOURCE)
    return drawn(envelope, lambda: stale_message(envelope, since=since, today=read_on, reason=reason))


def reconnect_letter(
    context: Context, row: Judged, episode: str, now: datetime, delete_at: datetime | None
) -> EmailMessage:
    """The runner's permission is gone, or too narrow."""
    url = connect_url(context.settings.web.base_url, context.secrets, row.person.id)
    removal = delete_at.astimezone(row.person.zone).date() if delete_at else None
    envelope = to_runner(context, row.person, episode, now, MailList.SOURCE)
    lost = row.verdict.freshness
    return drawn(envelope, lambda: reconnect_message(envelope, connect_url=url, lost=lost, removal=removal))


def erased_mail(context: Context, person: Person, episode: str, now: datetime, *, was_connected: bool) -> EmailMessage:
    """The confirmation of an erasure."""
    letter = erased_letter(person.name, now.astimezone(person.zone), was_connected=was_connected)
    envelope = to_runner(context, person, episode, now)
    return drawn(envelope, lambda: mail_of(envelope, letter))


def removed_mail(context: Context, person: Person, since: datetime, episode: str, now: datetime) -> EmailMessage:
    """What came from Strava was removed."""
    url = connect_url(context.settings.web.base_url, context.secrets, person.id)
    letter = removed_letter(person.name, since.astimezone(person.zone), connect_url=url)
    envelope = to_runner(context, person, episode, now)
    return drawn(envelope, lambda: mail_of(envelope, letter))


def sign_in_mail(context: Context, address: str, url: str, episode: str, now: datetime) -> EmailMessage:
    """The link with which the holder of this address signs in."""
    return mail_of(envelope(context, Addressee("", address), episode, now), sign_in_letter(url))


def invitation_mail(
    context: Context, address: str, team: str, coaches: Sequence[str], url: str, episode: str, now: datetime
) -> EmailMessage:
    """The link with which the holder of this address can join a team."""
    letter = invitation_letter(team, coaches, url, now + LIFE)
    return mail_of(envelope(context, Addressee("", address), episode, now), letter)


def appointment_mail(context: Context, coach: Coach, letter: Letter, episode: str, now: datetime) -> EmailMessage:
    """What changed for a coach. Their name was typed by others, and stays out."""
    to, local = Addressee("", coach.email), now.astimezone(zone_of(coach.timezone))
    plain = replace(envelope(context, to, episode, local), locale=locale_named(coach.locale))
    return drawn(plain, lambda: mail_of(plain, letter))


def left_team_mail(context: Context, person: Person, episode: str, now: datetime) -> EmailMessage:
    """A team has taken the runner out."""
    envelope = to_runner(context, person, episode, now)
    return drawn(envelope, lambda: mail_of(envelope, left_team_letter(person.name, person.team)))


def drawn(envelope: Envelope, draw: Callable[[], EmailMessage]) -> EmailMessage:
    """The mail as *draw* makes it; where that fails, a plain one without a name: a letter never holds up another."""
    with fenced("mail not drawn", mail=envelope.message_id):
        return draw()
    return plain_message(envelope)


def envelope(
    context: Context, to: Addressee, episode: str, sent_at: datetime, runner_id: int | None = None
) -> Envelope:
    """What every mail needs besides its words."""
    name, address = parseaddr(context.settings.mail.sender)
    return Envelope(
        to=to,
        sender=Addressee(name or "Hamwatch", address),
        message_id=f"<{hashlib.sha256(episode.encode()).hexdigest()[:32]}@{address.partition('@')[2]}>",
        sent_at=sent_at,
        base_url=context.settings.web.base_url,
        runner_id=runner_id,
        own_url=own_url(context.settings.web.base_url, context.secrets, runner_id) if runner_id else "",
    )


def operator(context: Context) -> Addressee | None:
    """Who runs Hamwatch; None where nobody is named, and nobody is mailed."""
    name, address = parseaddr(context.settings.mail.operator or "")
    return Addressee(name, address) if address else None


def to_runner(context: Context, person: Person, episode: str, now: datetime, which: MailList | None = None) -> Envelope:
    """What a mail to a runner needs; *which* list the mail is of, where it can be switched off."""
    to, local = Addressee(person.name, person.email), now.astimezone(person.zone)
    plain = replace(envelope(context, to, episode, local, person.id), locale=person.reads)
    if which is None:
        return plain
    stop = stop_url(context.settings.web.base_url, context.secrets, which, person.id)
    return replace(plain, stop_url=stop, stops=which.label)
