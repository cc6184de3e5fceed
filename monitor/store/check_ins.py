"""How a runner said it feels."""

from collections.abc import Collection
from dataclasses import asdict, fields
from datetime import datetime

from sqlmodel import Session, col, select

from monitor.errors import UserError
from monitor.store.activities import mark_changed
from monitor.store.audience import OWN, Audience
from monitor.store.check_in_tables import CheckInRow
from monitor.store.due import make_due
from monitor.store.people import still_here
from monitor.store.tables import Runner
from monitor.store.within import by_runner
from monitor.symptoms.check_in import PAINS, CheckIn, Morning
from monitor.symptoms.circumstances import BOUNDS, are_possible
from monitor.symptoms.patterns import Trait
from monitor.symptoms.questions import INSTRUMENT
from monitor.symptoms.red_flags import RedFlag
from monitor.symptoms.scoring import POINTS


def save_check_in(db: Session, runner_id: int, told: CheckIn, now: datetime) -> None:
    """Keep the answers of a day, in place of others of that day; the days from it on are assessed anew.

    Raises `UserError` for answers that cannot be given, `Gone`.
    """
    _check(told)
    still_here(db, runner_id)
    answers = asdict(told) | {
        "morning": told.morning.value if told.morning else None,
        "flags": sorted(flag.value for flag in told.flags),
        "traits": sorted(trait.value for trait in told.traits),
    }
    db.merge(CheckInRow(runner_id=runner_id, at=now, instrument=INSTRUMENT, **answers))
    mark_changed(db, runner_id, told.day)
    make_due(db, runner_id)


def check_ins(db: Session, runner_id: int, audience: Audience = OWN) -> list[CheckIn]:
    """The runner's check-ins, oldest first; none where the *audience* may not hear of them."""
    return check_ins_of(db, [runner_id], audience)[runner_id]


def check_ins_of(db: Session, runners: Collection[int], audience: Audience = OWN) -> dict[int, list[CheckIn]]:
    """The same of many runners."""
    heard = select(col(Runner.id)).where(col(Runner.id).in_(runners), audience.hears())
    query = select(CheckInRow).where(col(CheckInRow.runner_id).in_(heard)).order_by(col(CheckInRow.day))
    return by_runner(runners, ((row.runner_id, _check_in(row)) for row in db.exec(query).all()))


def _check(told: CheckIn) -> None:
    options = (told.participation, told.modification, told.performance, told.symptoms)
    if not all(option is None or option in POINTS for option in options):
        raise UserError("a check-in holds an option that no question has: they are 1 to 4")
    if told.pain is not None and told.pain not in PAINS:
        raise UserError(f"a pain of {told.pain} is not on the scale: give one from 0 to 10")
    if not are_possible(told):
        scales = ", ".join(f"{name} {least} to {most}" for name, (least, most) in BOUNDS.items())
        raise UserError(f"a check-in holds a number beyond its scale: {scales}")


def _check_in(row: CheckInRow) -> CheckIn:
    kept = {field.name: getattr(row, field.name) for field in fields(CheckIn)}
    told = {
        "morning": Morning(row.morning) if row.morning else None,
        "flags": frozenset(map(RedFlag, row.flags)),
        "traits": frozenset(map(Trait, row.traits)),
    }
    return CheckIn(**kept | told)
