"""What the operator must know, once a day: deletions are held back, the app is inactive, the subscription is gone."""

from datetime import datetime
from email.utils import parseaddr

from jobs import subscribed
from jobs.context import Context
from jobs.letters import envelope
from monitor.alerts.farewell import brake_letter, inactive_letter, subscription_letter
from monitor.alerts.letter import Letter
from monitor.alerts.message import Addressee, mail_of
from monitor.sources.strava import INACTIVE
from monitor.store.brake import brake, held
from monitor.store.outbox import queue_letter
from monitor.store.source_state import strava_state
from monitor.store.subscription import subscription


def run(context: Context, now: datetime) -> None:
    """Look at the subscription once a day, and queue what is the matter, where an operator is named.

    `hamwatch status` and the log say it in any case.
    """
    subscribed.run(context, now)
    name, address = parseaddr(context.settings.mail.operator or "")
    if not address:
        return
    with context.database.writing() as db:
        base_url, pulled, source = context.settings.web.base_url, brake(db), strava_state(db)
        promised = subscription(db)
        found: dict[str, Letter] = {}
        if pulled:
            found["brake"] = brake_letter(pulled.since, len(held(db)), base_url)
        if source.reason == INACTIVE:
            found["inactive"] = inactive_letter(source.reason, base_url)
        if promised and promised.lost_at:
            found["subscription"] = subscription_letter(promised.id, promised.lost_at, base_url)
        for kind, letter in found.items():
            episode = f"operator/{kind}/{now.date()}"
            mail = mail_of(envelope(context, Addressee(name, address), episode, now), letter)
            queue_letter(db, None, kind, episode, mail, now, now)
