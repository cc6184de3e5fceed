"""A runner of the sandbox: who they are, and the runs that Strava would list. Tests add, edit and delete them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from monitor.sandbox.plan import Plan, easy
from monitor.sandbox.recording import AVERAGE_BODY, Body, Recording
from monitor.sandbox.streams import streams
from monitor.sandbox.summary import Record, summary


@dataclass
class Athlete:
    """*activities* are plain rows of Strava's list, in any order."""

    id: int
    first_name: str
    last_name: str
    email: str
    timezone: str
    story: str = "a-test"
    line: str = ""  # the story in one sentence
    history_days: int = 0  # how many days ago the first run was
    body: Body = AVERAGE_BODY
    activities: list[Record] = field(default_factory=list)
    recordings: dict[int, Recording] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def record(self, start: datetime, plan: Plan, **how: Any) -> Record:
        """A new run, *start* being the wall clock of the place. Gives the row, which is in *activities* now."""
        local = start.replace(tzinfo=ZoneInfo(self.timezone))
        how = {"id": self._new_id(local), "body": self.body, **how}
        return self.upload(Recording(start=local, plan=plan, **how))

    def upload(self, recording: Recording) -> Record:
        self.recordings[recording.id] = recording
        row = summary(recording, self.id)
        self.activities.append(row)
        return row

    def activity(self, activity_id: int) -> Record | None:
        return next((row for row in self.activities if row.get("id") == activity_id), None)

    def streams(self, row: Record) -> dict[str, list[Any]]:
        """The streams behind *row*, made when they are asked for; a steady run for a row that a test wrote."""
        return streams(self.recordings.get(row["id"]) or self._guessed(row))

    def _guessed(self, row: Record) -> Recording:
        distance_m, moving_s = max(1, round(row["distance"])), max(1, row["moving_time"])
        start = datetime.fromisoformat(row["start_date"])
        return Recording(row["id"], start, easy(distance_m), Body(easy_mps=distance_m / moving_s))

    def _new_id(self, start: datetime) -> int:
        """Made of runner, day and a count, so that a run keeps its id when the team is made again on a later day."""
        first = 10_000_000_000 + self.id % 10_000 * 100_000_000 + start.toordinal() * 100
        return next(n for n in range(first, first + 100) if n not in self.recordings)
