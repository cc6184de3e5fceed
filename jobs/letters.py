"""From what was decided to the mail that says it: address, headroom of the day, links, a stable Message-ID."""

import hashlib
from datetime import datetime
from email.message import EmailMessage
from email.utils import parseaddr

from jobs.context import Context
from monitor.alerts.message import Addressee, Envelope, alert_message, reconnect_message, stale_message
from monitor.alerts.policy import Decision
from monitor.load.headroom import headroom
from monitor.load.left_out import LeftOut
from monitor.store.view import Judged
from monitor.web.links import connect_url


def findings_letter(context: Context, row: Judged, decision: Decision, episode: str, now: datetime) -> EmailMessage:
    """What was found, with the last 8 weeks and what is known of the day on which it is read."""
    if row.history is None:
        raise ValueError("a finding without a history")
    rules = context.rules_by_name
    told = [(rules[finding.rule], finding) for finding in decision.findings]
    read_on = now.astimezone(row.person.zone).date()
    room = headroom(row.history, read_on, row.injuries)
    left_out = LeftOut(row.runs, row.exposures)
    envelope = _envelope(context, row, episode, now)
    return alert_message(envelope, told, row.history, read_on, headroom=room, left_out=left_out)


def stale_letter(
    context: Context, row: Judged, silent_since: datetime, failure: str, episode: str, now: datetime
) -> EmailMessage:
    """Nothing has arrived for 72 hours."""
    since = silent_since.astimezone(row.person.zone).date()
    reason = failure or "no answer was received"
    read_on = now.astimezone(row.person.zone).date()
    return stale_message(_envelope(context, row, episode, now), since=since, today=read_on, reason=reason)


def reconnect_letter(context: Context, row: Judged, episode: str, now: datetime) -> EmailMessage:
    """The runner's permission is gone, or too narrow."""
    url = connect_url(context.settings.web.base_url, context.secrets, row.person.id)
    return reconnect_message(_envelope(context, row, episode, now), connect_url=url, lost=row.verdict.freshness)


def _envelope(context: Context, row: Judged, episode: str, now: datetime) -> Envelope:
    name, address = parseaddr(context.settings.mail.sender)
    return Envelope(
        to=Addressee(row.person.name, row.person.email),
        sender=Addressee(name or "Hamwatch", address),
        message_id=f"<{hashlib.sha256(episode.encode()).hexdigest()[:32]}@{address.partition('@')[2]}>",
        sent_at=now.astimezone(row.person.zone),
        base_url=context.settings.web.base_url,
        runner_id=row.person.id,
    )
