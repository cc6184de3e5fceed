"""Whoever is signed in, read anew after everything that was written: what ends has ended at the next request."""

from dataclasses import dataclass
from datetime import datetime

from monitor.alerts.locales import Locale
from monitor.store.own_settings import locale_of_session
from monitor.store.sealing import digest
from monitor.store.sessions import ends_at, opened
from monitor.store.sign_ins import Way
from monitor.store.visitor import Visitor, visitor
from monitor.web.shell import Shell


@dataclass(frozen=True, slots=True)
class Signed:
    """What somebody may see now, how they read dates and numbers, and their session."""

    visitor: Visitor
    locale: Locale
    seen_at: datetime  # when it was last noted that the session is used
    ends_at: datetime  # when it ends by itself


def signed(here: Shell, token: str, now: datetime) -> Signed | None:
    """Whoever holds the session of this *token*; None for one that was never given, or has ended."""
    found: Signed | None = here.signed.read(digest(token), here.commits(), lambda: _read(here, token, now))
    return found if found and now < found.ends_at else None


def _read(here: Shell, token: str, now: datetime) -> Signed | None:
    needs = Way.PASSKEY if here.settings.web.operator_passkey else ""
    with here.open_db() as db:
        session = opened(db, token, now)
        if session is None:
            return None
        who = visitor(db, session, here.settings.mail.operator_address, operator_needs=needs)
        return Signed(who, locale_of_session(db, session), session.seen_at, ends_at(session))
