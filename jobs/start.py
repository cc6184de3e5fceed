"""The product put together from its settings: database, keys, source, rules, the way mail leaves."""

import os
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from secrets import SystemRandom

from jobs.context import Context
from jobs.meter import meter
from monitor.delivery import sender
from monitor.delivery.channels import notifier
from monitor.errors import ConfigError
from monitor.rules import RULES
from monitor.rules.lines import with_lines
from monitor.settings import Settings
from monitor.sources.strava import Strava
from monitor.store.clock import shared_clock
from monitor.store.database import file_of
from monitor.store.migrate import open_current
from monitor.store.sealing import kept_secret, keyring

JITTER = timedelta(seconds=20)


def start(settings: Settings, clock: Callable[[], datetime]) -> Context:
    """Everything opened and checked. Raises `ConfigError` with the remedy where something is wrong."""
    rules = with_lines(RULES, settings.rules.lines)
    mail, strava = settings.mail, settings.strava
    send = sender(
        host=mail.host,
        port=mail.port,
        security=mail.security,
        username=mail.username,
        password=mail.password.get_secret_value() if mail.password else None,
        spool_folder=mail.spool,
    )
    # Last, so that a wrong setting leaves neither a database nor a key file behind.
    database = open_current(settings.database.url)
    secrets = settings.secrets or _secret_beside(settings.database.url)
    return Context(
        database=database,
        keys=keyring(secrets),
        strava=Strava(
            base_url=strava.base_url,
            client_id=strava.client_id,
            client_secret=strava.client_secret,
            timeout_s=(strava.connect_timeout_s, strava.read_timeout_s),
            meter=meter(database, clock),
            ca_file=strava.ca_file,
        ),
        rules=rules,
        send=send,
        settings=settings,
        clock=clock,
        secrets=secrets,
        notify=notifier(allow_private=settings.notify.allow_private),
        jitter=lambda: SystemRandom().uniform(0.8, 1.2),
        owner=f"{socket.gethostname()}/{os.getpid()}",
        lateness=lambda: JITTER * SystemRandom().random(),
    )


def on_shared_time(context: Context) -> Context:
    """The same product, whose leases are judged by the clock that all who share its database have in common."""
    return replace(context, clock=shared_clock(context.database, context.clock))


def _secret_beside(url: str) -> tuple[str, ...]:
    """Without HAMWATCH_SECRET_KEY: a key file beside the SQLite file."""
    file = file_of(url)
    if file is None:
        raise ConfigError("HAMWATCH_SECRET_KEY is not set: give a random text of at least 32 characters")
    return (kept_secret(Path(f"{file}.key")),)
