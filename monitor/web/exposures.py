"""What a runner's legs met, for their page: fast and uphill metres by week, long runs against the 30 days before."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.alerts.exposure_charts import longest_chart, week_chart
from monitor.alerts.units import Units
from monitor.load.daily import History
from monitor.load.exposure_weeks import ExposureWeek, exposure_weeks
from monitor.load.spikes import longest_30d
from monitor.load.stretch import stretch
from monitor.store.view import Judged
from monitor.web.reading import reads

WEEKS = 8
CHART_WIDTHS = {"wide": 720, "narrow": 340}  # [px]
Charts = dict[str, str]  # SVG by width


@dataclass(frozen=True, slots=True)
class LongRun:
    """The longest run of a day, and the longest of the 30 days before it; NaN where there was none. [m]"""

    day: date
    longest_m: float
    before_m: float

    @property
    def ratio(self) -> float:
        return self.longest_m / self.before_m


@dataclass(frozen=True, slots=True)
class Exposures:
    """Pictures, and beside each its numbers; newest first."""

    weeks: list[ExposureWeek]
    fast: Charts  # empty where no week is known
    uphill: Charts
    long_runs: list[LongRun]
    longest: Charts


def exposures(judged: Judged, units: Units) -> Exposures | None:
    """Those of the last 8 weeks; None where nothing is known."""
    if judged.history is None:
        return None
    weeks = exposure_weeks(judged.log, judged.today, WEEKS)
    history, name = judged.history, judged.person.name
    long = f"Longest run of each day of {name} and the longest of the 30 days before, last 8 weeks"
    return Exposures(
        weeks=weeks[::-1],
        fast=_by_week(weeks, lambda week: week.fast_m, "fast", f"Fast metres a week of {name}, last 8 weeks"),
        uphill=_by_week(weeks, lambda week: week.uphill_m, "uphill", f"Uphill metres a week of {name}, last 8 weeks"),
        long_runs=_long_runs(history, judged.today),
        longest={
            kind: longest_chart(history, judged.today, WEEKS, title=long, width=width, units=units, locale=reads())
            for kind, width in CHART_WIDTHS.items()
        },
    )


def _by_week(weeks: list[ExposureWeek], of: Callable[[ExposureWeek], float | None], name: str, title: str) -> Charts:
    told = [(week.monday, of(week)) for week in weeks]
    if all(metres is None for _, metres in told):
        return {}
    return {
        kind: week_chart(told, name=name, title=title, width=width, locale=reads())
        for kind, width in CHART_WIDTHS.items()
    }


def _long_runs(history: History, today: date) -> list[LongRun]:
    """The days with a run, newest first."""
    days = WEEKS * 7
    longest, before = (
        stretch(history, each, today, days) for each in (history.longest_m, longest_30d(history.longest_m))
    )
    rows = [LongRun(today - timedelta(days=n), float(longest[-n - 1]), float(before[-n - 1])) for n in range(days)]
    return [row for row in rows if row.longest_m > 0]
