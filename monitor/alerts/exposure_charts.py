"""Fast and uphill metres by week, and long runs against the 30 days before them, as SVG like that of the load chart."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from monitor.alerts.chart import TEMPLATES, cut
from monitor.alerts.frame import Frame, path_of
from monitor.alerts.locales import AS_WRITTEN, Locale
from monitor.alerts.units import Units
from monitor.load.daily import History
from monitor.load.spikes import longest_30d
from monitor.load.windows import Array

WEEK = 7
PLOT = 130  # [px] three of them stand below one another
LEAST_M = 100  # a scale of single metres would make much of nothing
METRES_WIDE = 48  # [px] room for five digits

Weeks = Sequence[tuple[date, float | None]]  # the Monday, and metres; None is not known


def week_chart(weeks: Weeks, *, name: str, title: str, width: int = 720, locale: Locale = AS_WRITTEN) -> str:
    """One bar a week with its metres above it, as SVG text; a week that is not known is hatched, never zero.

    *name* tells its parts from those of other pictures on the page.
    """
    highest = max((metres for _, metres in weeks if metres is not None), default=0)
    frame = Frame(width=width, days=len(weeks), highest=max(highest, LEAST_M), left=METRES_WIDE, plot_px=PLOT)
    return TEMPLATES.get_template("week_chart.svg.j2").render(
        name=f"{name}-{width}",
        title=title,
        description=week_summary(weeks, locale),
        weeks=weeks,
        frame=frame,
        locale=locale,
    )


def week_summary(weeks: Weeks, locale: Locale = AS_WRITTEN) -> str:
    """What the chart of weeks shows, in words."""
    told = [
        f"{locale.number(metres)} m in the week of {locale.short_day(day)}"
        for day, metres in weeks
        if metres is not None
    ]
    return f"{len(told)} of {len(weeks)} weeks are known{': ' if told else ''}{', '.join(told)}."


def longest_chart(
    history: History,
    last_day: date,
    weeks: int,
    *,
    title: str,
    width: int = 720,
    units: Units = Units.KM,
    locale: Locale = AS_WRITTEN,
) -> str:
    """The longest run of each day as bars, and as a line the longest of the 30 days before it, as SVG text."""
    past = history.until(last_day)
    days = [last_day - timedelta(days=n) for n in reversed(range(weeks * WEEK))]
    longest, before = (cut(each, past, days, units) for each in (past.longest_m, longest_30d(past.longest_m)))
    highest = float(np.nanmax([*longest, *before, 1.0]))
    frame = Frame(width=width, days=len(days), highest=highest, plot_px=PLOT)
    return TEMPLATES.get_template("longest_chart.svg.j2").render(
        title=title,
        name=f"longest-{width}",
        description=_longest_summary(longest, before, units, locale),
        days=list(zip(days, longest, strict=True)),
        line=path_of(frame, before),
        frame=frame,
        units=units,
        locale=locale,
    )


def _longest_summary(longest: Array, before: Array, units: Units, locale: Locale) -> str:
    compared = [n for n in range(len(longest)) if longest[n] > 0 and before[n] > 0]
    beyond = sum(1 for n in compared if longest[n] > before[n])
    if not compared:
        return "No run can be compared with the 30 days before it."
    return (
        f"{beyond} of {len(compared)} days hold a run longer than any of the 30 days before;"
        f" the longest is {locale.number(np.nanmax(longest), 1)} {units.short}."
    )
