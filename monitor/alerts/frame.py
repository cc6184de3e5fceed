"""Where things lie in a chart: the scales, the grid, the legend. Pixels out, no drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from monitor.load.windows import Array

LEGEND = {
    "distance": "day's distance",
    "acute": "7-day mean",
    "chronic": "28-day mean",
    "unknown": "not known",
    "watch": "watch",
    "caution": "caution",
    "strong": "strong",
}
CHARACTER_PX = 7.0  # mean width of the labels' font, generous
ROW_PX = 18


STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)


@dataclass(frozen=True, slots=True)
class Frame:
    """A plot area of *days* columns up to *highest* [km, or what is drawn], inside a picture *width* pixels wide."""

    width: int
    days: int
    highest: float
    left: int = 34
    right: int = 8
    plot_px: int = 200

    @property
    def step_km(self) -> int:
        """Distance between grid lines: the smallest round one that needs at most five of them."""
        return next(step for step in STEPS if self.highest <= 5 * step or step == STEPS[-1])

    @property
    def top_km(self) -> int:
        """The scale's end: a whole number of steps, with room for a mark above the highest bar."""
        return self.step_km * int(1.15 * self.highest // self.step_km + 1)

    @property
    def ticks(self) -> range:
        return range(0, self.top_km + 1, self.step_km)

    @property
    def column(self) -> float:
        return (self.width - self.left - self.right) / self.days

    def x(self, day: int) -> float:
        """Left edge of a day's column."""
        return self.left + day * self.column

    def y(self, km: float) -> float:
        """Height of a value, counted from the top of the plot area."""
        return self.plot_px * (1 - km / self.top_km)


@dataclass(frozen=True, slots=True)
class Label:
    kind: str
    text: str
    x: float
    y: int


def legend_rows(kinds: Sequence[str], width: int) -> list[Label]:
    """The legend's labels, flowing into as many rows as *width* needs."""
    labels: list[Label] = []
    x, y = 0.0, ROW_PX // 2
    for kind in kinds:
        needed = 24 + CHARACTER_PX * len(LEGEND[kind]) + 10
        if x + needed > width and x > 0:
            x, y = 0.0, y + ROW_PX
        labels.append(Label(kind, LEGEND[kind], x, y))
        x += needed
    return labels


def path_of(frame: Frame, values: Array) -> str:
    """A line through the middle of the days as SVG path data, lifted where a value is not known."""
    points: list[str] = []
    pen_down = False
    for day, value in enumerate(values):
        if not np.isnan(value):
            points.append(f"{'L' if pen_down else 'M'}{frame.x(day) + frame.column / 2:.1f} {frame.y(value):.1f}")
        pen_down = not np.isnan(value)
    return "".join(points)
