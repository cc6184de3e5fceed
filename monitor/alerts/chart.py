"""The load chart and the small one, as SVG drawn from templates: the same picture on pages and, as PNG, in mail.

Colours are presentation attributes, so that a picture stands alone; the class names let a page's stylesheet
restyle it. Levels differ in shape as well as in colour, lines in their dashes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import resvg_py
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from monitor.alerts.frame import Frame, legend_rows, path_of
from monitor.alerts.units import Units
from monitor.load.daily import History
from monitor.load.windows import Array
from monitor.load.workload import acute_load, chronic_load
from monitor.model import Finding, Level
from monitor.rules.freshness import told as day_said

HERE = Path(__file__).parent
SPARK_STEP, SPARK_PX = 3, 32  # width of a day, height of all
FONTS = HERE / "fonts"  # travels along, so that a picture reads the same on a machine without fonts
TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Window:
    """The last weeks of one runner's history, in *units*; days that the history does not hold are NaN."""

    days: tuple[date, ...]
    distance: Array
    acute: Array
    chronic: Array
    levels: dict[date, Level]  # the worst finding of a day
    units: Units = Units.KM

    @property
    def unknown(self) -> list[int]:
        return [int(n) for n in np.flatnonzero(np.isnan(self.distance))]

    @property
    def kinds(self) -> list[str]:
        """What is drawn, for the legend."""
        levels = [level.name.lower() for level in sorted(set(self.levels.values()))]
        return ["distance", "acute", "chronic", *(["unknown"] if self.unknown else []), *levels]

    @property
    def tallest(self) -> Array:
        """The largest value drawn on each day; 0 where nothing is known."""
        return np.nan_to_num(np.fmax(self.distance, np.fmax(self.acute, self.chronic)))


def load_chart(
    history: History,
    findings: Sequence[Finding],
    last_day: date,
    weeks: int = 8,
    *,
    title: str,
    width: int = 720,
    units: Units = Units.KM,
    highest_km: float | None = None,
) -> str:
    """Daily distance as bars with its 7-day and 28-day means, as SVG text.

    The window is the *weeks* weeks up to and with *last_day*. Unknown days are hatched, never zero. Findings are
    marked on their day, by shape. *width* [px] is what the text is laid out for; the picture scales. *highest_km* is
    the highest value that the scale must hold, where several pictures share one; else the highest drawn.
    """
    window = _window(history, findings, last_day, weeks, units)
    highest = float(window.tallest.max()) if highest_km is None else highest_km
    frame = Frame(width=width, days=len(window.days), highest=highest)
    return TEMPLATES.get_template("load_chart.svg.j2").render(
        title=printable(title),
        description=load_summary(history, findings, last_day, weeks, units),
        frame=frame,
        legend=legend_rows(window.kinds, width),
        window=window,
        acute=path_of(frame, window.acute),
        chronic=path_of(frame, window.chronic),
    )


def highest_drawn(history: History, last_day: date, weeks: int = 8) -> float:
    """The highest value that the load chart of these weeks draws. [km]"""
    return float(_window(history, (), last_day, weeks).tallest.max())


def sparkline(history: History, last_day: date, weeks: int = 8, *, title: str) -> str:
    """One small bar a day over the last *weeks* weeks, as SVG text; an unknown day is a short grey dash.

    All bars are one path of whole pixels, because a board holds hundreds of these.
    """
    window = _window(history, (), last_day, weeks)
    highest, floor = max(float(window.tallest.max()), 1.0), SPARK_PX - 1
    tall = {n: max(round(km / highest * (floor - 1)), 1) for n, km in enumerate(window.distance) if km > 0}
    return TEMPLATES.get_template("sparkline.svg.j2").render(
        title=printable(title),
        window=window,
        bars="".join(f"M{SPARK_STEP * n + 1} {floor}v-{px}" for n, px in tall.items()),
        unknown="".join(f"M{SPARK_STEP * n} {floor - 3}h{SPARK_STEP - 1}" for n in window.unknown),
        height=SPARK_PX,
        step=SPARK_STEP,
    )


def load_summary(
    history: History, findings: Sequence[Finding], last_day: date, weeks: int = 8, units: Units = Units.KM
) -> str:
    """What the load chart shows, in words: its description, and the text beside it in a mail."""
    window = _window(history, findings, last_day, weeks, units)
    known = window.distance[~np.isnan(window.distance)]
    parts = [
        f"{day_said(window.days[0])} to {day_said(last_day)}:"
        f" {known.sum():.1f} {units.short} on {np.count_nonzero(known)} days.",
        f"{len(window.unknown)} of {len(window.days)} days are not known." if window.unknown else "",
        _now("7-day mean", window.acute[-1], units),
        _now("28-day mean", window.chronic[-1], units),
        *(f"{level.name.capitalize()} on {day_said(day)}." for day, level in sorted(window.levels.items())),
    ]
    return " ".join(part for part in parts if part)


def png(svg: str, width: int) -> bytes:
    """The picture as PNG, *width* pixels wide, on white."""
    fonts = [str(font) for font in sorted(FONTS.glob("*.ttf"))]
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            background="#ffffff",
            font_files=fonts or None,
            skip_system_fonts=bool(fonts),
            sans_serif_family="DejaVu Sans",
        )
    )


def _window(
    history: History, findings: Sequence[Finding], last_day: date, weeks: int, units: Units = Units.KM
) -> Window:
    past = history.until(last_day)
    days = tuple(date.fromordinal(last_day.toordinal() - n) for n in reversed(range(weeks * 7)))
    levels: dict[date, Level] = {}
    for finding in findings:
        if days[0] <= finding.day <= last_day:
            levels[finding.day] = max(finding.level, levels.get(finding.day, Level.OK))
    return Window(
        days=days,
        distance=cut(past.distance_m, past, days, units),
        acute=cut(acute_load(past.distance_m), past, days, units),
        chronic=cut(chronic_load(past.distance_m), past, days, units),
        levels=levels,
        units=units,
    )


def cut(series_m: Array, history: History, days: Sequence[date], units: Units) -> Array:
    """What a series of metres holds of these days, in *units*; NaN for a day that it does not hold."""
    positions = [history.index(day) for day in days]
    return np.array([series_m[n] / units.metres if 0 <= n < len(series_m) else np.nan for n in positions])


def _now(name: str, value: float, units: Units) -> str:
    return f"The {name} is not known." if np.isnan(value) else f"The {name} is {value:.1f} {units.short} a day."


def printable(text: str) -> str:
    """XML has no way to write a control character, not even escaped."""
    return "".join(character if character.isprintable() else " " for character in text)
