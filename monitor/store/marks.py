"""What decides how each runner of a board is shown, by a few queries however many they are.

To read and judge a runner takes milliseconds, and between two looks at a board most of them did not change.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

import sqlalchemy as sa
from sqlmodel import Session, col

from monitor.rules.freshness import State, standing
from monitor.store.audience import Audience
from monitor.store.ledgers import ledgers
from monitor.store.people import Person
from monitor.store.tables import Runner
from monitor.store.within import Condition, within


@dataclass(frozen=True, slots=True)
class Mark:
    """As long as all of it stays the same, so does what is shown of the runner."""

    person: Person
    audience: Audience
    is_heard: bool  # whether the audience hears of check-ins
    today: date
    standing: State | None  # what the sources' ledger decides
    changes: int


def marks(
    db: Session,
    audiences: Mapping[Person, Audience],
    heard: Set[int],
    now: datetime,
    files_stale_after_days: int,
    team_id: int | None = None,
) -> list[Mark]:
    """The marks of these runners, all of this team where one is given; *heard* are those whose check-ins coaches see.

    They are read before what they stand for, so that none is ever too new.
    """
    whose = within(team_id)
    changes = dict(db.execute(_changes(whose.condition), whose.values).all())
    told = ledgers(db, audiences, files_stale_after_days, whose)
    return [
        Mark(
            person=of,
            audience=audience,
            is_heard=audience.symptoms_need is None or of.id in heard,
            today=now.astimezone(of.zone).date(),
            standing=standing(now, told[of.id]),
            changes=changes.get(of.id, 0),
        )
        for of, audience in audiences.items()
    ]


@cache
def _changes(of: Condition) -> sa.Select[int | None, int]:
    return sa.select(col(Runner.id), col(Runner.changes)).where(of(Runner.id))
