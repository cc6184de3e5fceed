"""What runners set for themselves: where they live, when no mail comes, kilometres or miles."""

from sqlmodel import Session

from monitor.alerts.units import Units
from monitor.errors import UserError
from monitor.store.own_tables import OwnSettings
from monitor.store.people import checked_zone, still_here

HOURS = range(24)
Quiet = tuple[int, int]  # from, until: local hours


def own_settings(db: Session, runner_id: int) -> OwnSettings:
    """What this runner set; what holds for everybody where they set nothing."""
    return db.get(OwnSettings, runner_id) or OwnSettings(runner_id=runner_id)


def set_own(db: Session, runner_id: int, *, timezone: str, quiet: Quiet | None, units: Units) -> None:
    """The runner's settings from now on; without *quiet* hours of their own, those of everybody.

    Raises `UserError` for a zone or hours that there are not, `Gone`.
    """
    if quiet and not set(quiet) <= set(HOURS):
        raise UserError("quiet hours begin and end on an hour from 0 to 23")
    still_here(db, runner_id).timezone = checked_zone(timezone)
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
