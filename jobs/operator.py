"""What the operator must know: that deletions are held back, or that Strava has made the app inactive. Once a day."""

from datetime import datetime
from email.utils import parseaddr

from jobs.context import Context
from jobs.letters import envelope
from monitor.alerts.farewell import brake_letter, inactive_letter
from monitor.alerts.letter import Letter
from monitor.alerts.message import Addressee, mail_of
from monitor.sources.strava import INACTIVE
from monitor.store.brake import brake, held
from monitor.store.outbox import queue_letter
from monitor.store.source_state import strava_state


def run(context: Context, now: datetime) -> None:
    """Queue what is the matter now, where an operator is named; `hamwatch status` and the log say it in any case."""
    name, address = parseaddr(context.settings.mail.operator or "")
    if not address:
        return
    with context.database.writing() as db:
        base_url, pulled, source = context.settings.web.base_url, brake(db), strava_state(db)
        found: dict[str, Letter] = {}
        if pulled:
            found["brake"] = brake_letter(pulled.since, len(held(db)), base_url)
        if source.reason == INACTIVE:
            found["inactive"] = inactive_letter(source.reason, base_url)
        for kind, letter in found.items():
            episode = f"operator/{kind}/{now.date()}"
            mail = mail_of(envelope(context, Addressee(name, address), episode, now), letter)
            queue_letter(db, None, kind, episode, mail, now, now)
