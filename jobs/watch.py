"""The dead man's switch: each half gives signs of life, and the one that lives tells of the other."""

from datetime import datetime
from email.message import EmailMessage

import structlog
from sqlmodel import Session

from jobs.context import Context, fenced
from jobs.letters import envelope, operator
from monitor.alerts.message import Addressee, mail_of
from monitor.alerts.to_operator import late_letter
from monitor.delivery.ping import ping
from monitor.errors import DeliveryError
from monitor.store import outages
from monitor.store.heartbeat_tables import Outage
from monitor.store.heartbeats import beat, signs
from monitor.watch import Late, Part, late, to_tell

log = structlog.get_logger()


def live(context: Context, half: Part, now: datetime) -> datetime | None:
    """A sign of life of *half*; since when it is awake, None for a worker beside another that lives."""
    with context.database.writing() as db:
        return _beat(db, context, half, now)


def run(context: Context, half: Part, now: datetime) -> None:
    """A sign of life of *half*, then mail to the operator about what has been late for too long.

    A mail server may take its time, so whoever must beat on does so by itself (`live`).
    """
    watch = context.settings.watch
    with fenced("watch failed", half=half.value):
        awake_since = live(context, half, now)
        if awake_since is None:
            return
        with context.database.writing() as db:
            found = late(signs(db, now), watch.dead_after, now)
            outages.end(db, found)
        for each in to_tell(found, awake_since, watch.mail_after, now):
            tell(context, each, now)


def leads(context: Context, now: datetime) -> bool:
    """Whether this process is the worker that works; a second one waits until the first is dead."""
    return live(context, Part.WORKER, now) is not None


def ended_well(context: Context, part: Part, now: datetime) -> None:
    """A piece of the worker's work was done."""
    with context.database.writing() as db:
        beat(db, part, now, context.settings.watch.dead_after)


def tell(context: Context, what: Late, now: datetime) -> None:
    """Mail the operator straight away: the outbox may be the very thing that is late. Once, and again each day."""
    to = operator(context)
    if to is None:
        return
    with context.database.writing() as db:
        mine = outages.claim(db, what, now)
    if mine is None:
        return
    try:
        context.send(_mail(context, to, what, mine, now))
    except DeliveryError as error:
        log.warning("operator not told", part=what.part.value, error=str(error).replace(to.email, "the operator"))
        return
    with context.database.writing() as db:
        outages.told(db, what.part, now)
    log.warning("operator told", part=what.part.value, late_since=what.since.isoformat())


def knock(context: Context, now: datetime) -> None:
    """Tell whoever waits for it that nothing is late; otherwise, and where no address is set, silence."""
    watch = context.settings.watch
    if watch.ping_url is None:
        return
    with fenced("ping failed"):
        with context.database.reading() as db:
            found = late(signs(db, now), watch.dead_after, now)
        if not found:
            ping(watch.ping_url.get_secret_value())


def _beat(db: Session, context: Context, half: Part, now: datetime) -> datetime | None:
    owner = context.owner if half is Part.WORKER else ""  # any number of processes may serve pages
    return beat(db, half, now, context.settings.watch.dead_after, owner)


def _mail(context: Context, to: Addressee, what: Late, outage: Outage, now: datetime) -> EmailMessage:
    episode = f"operator/late/{what.part}/{outage.since.isoformat()}/{outage.times}"
    return mail_of(envelope(context, to, episode, now), late_letter(what, context.settings.web.base_url))
