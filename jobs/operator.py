"""What the operator must know, once a day: deletions are held back, the app is inactive, the subscription is gone."""

from datetime import datetime

from sqlmodel import Session

from jobs import subscribed
from jobs.context import Context
from jobs.letters import envelope, operator
from monitor.alerts.letter import Letter
from monitor.alerts.message import mail_of
from monitor.alerts.to_operator import brake_letter, inactive_letter, subscription_letter
from monitor.sources.strava import INACTIVE
from monitor.store.brake import brake, held
from monitor.store.outbox import is_known, queue_letter
from monitor.store.source_state import strava_state
from monitor.store.subscription import subscription


def run(context: Context, now: datetime) -> None:
    """Look at the subscription once a day, and queue what is the matter, where an operator is named.

    `hamwatch status` and the log say it in any case.
    """
    subscribed.run(context, now)
    to = operator(context)
    if to is None:
        return
    with context.database.reading() as db:
        found = {kind: (f"operator/{kind}/{now.date()}", letter) for kind, letter in _found(db, context).items()}
        new = {kind: told for kind, told in found.items() if not is_known(db, told[0])}
    for kind, (episode, letter) in new.items():
        mail = mail_of(envelope(context, to, episode, now), letter)
        with context.database.writing() as db:
            queue_letter(db, None, kind, episode, mail, now, now)


def _found(db: Session, context: Context) -> dict[str, Letter]:
    """What is the matter, by the kind of its letter."""
    base_url, pulled, source = context.settings.web.base_url, brake(db), strava_state(db)
    promised = subscription(db)
    found: dict[str, Letter] = {}
    if pulled:
        found["brake"] = brake_letter(pulled.since, len(held(db)), base_url)
    if source.reason == INACTIVE:
        found["inactive"] = inactive_letter(source.reason, base_url)
    if promised and promised.lost_at:
        found["subscription"] = subscription_letter(promised.id, promised.lost_at, base_url)
    return found
