"""What people set for themselves: where they live, when no mail comes, kilometres or miles, how dates are written."""

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.alerts.locales import Locale, locale_named
from monitor.alerts.units import Units
from monitor.errors import UserError
from monitor.store.checks import checked_locale
from monitor.store.own_tables import OwnSettings
from monitor.store.people import still_here
from monitor.store.sign_in_tables import SignedIn
from monitor.store.tables import Coach, Runner
from monitor.store.zones import checked_zone

HOURS = range(24)
Quiet = tuple[int, int]  # from, until: local hours


def own_settings(db: Session, runner_id: int) -> OwnSettings:
    """What this runner set; what holds for everybody where they set nothing."""
    return db.get(OwnSettings, runner_id) or OwnSettings(runner_id=runner_id)


def set_own(db: Session, runner_id: int, *, timezone: str, quiet: Quiet | None, units: Units, locale: str = "") -> None:
    """The runner's settings from now on; without *quiet* hours of their own, those of everybody.

    Raises `UserError` for a zone, a locale or hours that there are not, `Gone`.
    """
    if quiet and not set(quiet) <= set(HOURS):
        raise UserError("quiet hours begin and end on an hour from 0 to 23")
    row = still_here(db, runner_id)
    row.timezone, row.locale = checked_zone(timezone), checked_locale(locale)
    quiet_from, quiet_until = quiet or (None, None)
    db.merge(OwnSettings(runner_id=runner_id, quiet_from=quiet_from, quiet_until=quiet_until, units=units.value))


def quiet_hours(db: Session, runner_id: int | None, usual: Quiet) -> Quiet:
    """When no mail goes to this runner: their own hours, else the *usual* ones."""
    own = db.get(OwnSettings, runner_id) if runner_id is not None else None
    if own is None or own.quiet_from is None or own.quiet_until is None:
        return usual
    return own.quiet_from, own.quiet_until


def units_of(db: Session, runner_id: int) -> Units:
    """In what this runner reads distances."""
    return Units(own_settings(db, runner_id).units)


def locale_of(db: Session, runner_id: int) -> Locale:
    """How dates and numbers are written to this runner; `AS_WRITTEN` where they set nothing, or have left."""
    return locale_named(db.exec(select(Runner.locale).where(Runner.id == runner_id)).first() or "")


def locale_of_session(db: Session, session: SignedIn) -> Locale:
    """The same of whoever signed in, as a coach or as a runner."""
    if session.runner_id is not None:
        return locale_of(db, session.runner_id)
    set_by = [
        select(of.locale).where(sa.func.lower(of.email) == session.address, col(of.locale) != "")
        for of in (Coach, Runner)
    ]
    return locale_named(next((tag for each in set_by for tag in db.exec(each)), ""))
