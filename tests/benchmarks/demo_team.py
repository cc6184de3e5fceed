"""The runners of the demo as values: what the product would know of them, without a server in between."""

from collections.abc import Iterator
from datetime import datetime

from monitor.load.gathering import is_indoors
from monitor.load.training import Known
from monitor.model import Activity, Exposure
from monitor.sandbox import Athlete, team
from monitor.sandbox.summary import Record
from monitor.sources.exposure import exposure
from monitor.sources.strava_record import activity_of
from monitor.sources.strava_streams import samples_of


def demo_team(now: datetime) -> Iterator[tuple[Athlete, Known]]:
    """Every athlete, and all of their 200 days, told completely until *now*."""
    for athlete in team(now):
        runs = [activity_of(row, now) for row in athlete.activities]
        exposures = {
            run.key: found
            for run, row in zip(runs, athlete.activities, strict=True)
            if (found := _contained(athlete, row, run))
        }
        span = min(run.day for run in runs), now.date()
        yield athlete, Known(tuple(runs), (span,), exposures)


def _contained(athlete: Athlete, row: Record, run: Activity) -> Exposure | None:
    told = {name: {"data": values} for name, values in athlete.streams(row).items() if name != "latlng"}
    samples = samples_of(told)
    return exposure(samples, indoors=is_indoors(run)) if samples else None
