"""Who may read what. It is decided here once, and the queries apply it: what is hidden never leaves the database."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from monitor.model import Origin
from monitor.store.consents import Subject, agreed


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom rows are read: what a runner must have agreed to (*needs*), and the origins that are *hidden*.

    Of whoever has not agreed to *symptoms_need* too, nothing tells that they ever made a check-in.
    """

    needs: Subject | None = None
    hidden: frozenset[Origin] = frozenset()
    symptoms_need: Subject | None = None

    def admits(self) -> sa.ColumnElement[bool]:
        """Which runners, for a query over `Runner`."""
        return agreed(self.needs) if self.needs else sa.true()

    def sees(self, origin: Any) -> sa.ColumnElement[bool]:
        """Which rows, for a query over a table with this column *origin*."""
        return col(origin).not_in([each.value for each in self.hidden])

    def hears(self) -> sa.ColumnElement[bool]:
        """Of which runners check-ins are read, and what follows from them, for a query over `Runner`."""
        return agreed(self.symptoms_need) if self.symptoms_need else sa.true()


OWN = Audience()  # the runners themselves, and the operator on this machine
COACHES = Audience(Subject.TEAM, frozenset({Origin.STRAVA}), Subject.SYMPTOMS)  # of a runner's team
# … where the operator shares Strava's rows, and the runner agreed to that
COACHES_WITH_STRAVA = Audience(Subject.TEAM, symptoms_need=Subject.SYMPTOMS)
