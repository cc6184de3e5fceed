"""A team by day as SVG: kilometres as intensity, findings as shapes, days that are not known hatched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.alerts.chart import TEMPLATES, printable
from monitor.model import Level
from monitor.rules.freshness import told as day_said

STEPS_KM = (5, 10, 15, 25)  # where a cell becomes darker; one scale for everybody, so that teams compare
NAMES = ("up to 5 km", "to 10", "to 15", "to 25", "more")
LABEL_PX, LONGEST_LABEL = 150, 22
HEAD_PX, RIGHT_PX = 24, 6
WIDE_PX = 40 * 16  # from what width on the names stand beside their days


@dataclass(frozen=True, slots=True)
class Line:
    """A runner's days, oldest first: metres, None where it is not known; the worst level of a day by its place."""

    name: str
    metres: Sequence[int | None]
    levels: Mapping[int, Level]


@dataclass(frozen=True, slots=True)
class _Cells:
    """A line as it is drawn: the cells of one step are one path, because a picture holds thousands of them."""

    name: str
    label: str
    y: int
    rest: str
    steps: tuple[str, ...]
    unknown: str
    marks: list[tuple[str, float]]


def heat_map(lines: Sequence[Line], last_day: date, *, title: str, width: int = 1000) -> str:
    """One row a runner, one cell a day up to *last_day*. *width* [px] is what it is laid out for; it scales.

    Narrower than 640 px the name stands above its days.
    """
    days = max((len(line.metres) for line in lines), default=0)
    beside = width >= WIDE_PX
    left, row_px, cell_px = (LABEL_PX, 20, 16) if beside else (0, 34, 14)
    top = HEAD_PX if beside else HEAD_PX + row_px - cell_px
    column = (width - left - RIGHT_PX) / max(days, 1)
    cells = [_cells(line, left, column, top + n * row_px, cell_px) for n, line in enumerate(lines)]
    first = last_day.toordinal() - days + 1
    return TEMPLATES.get_template("heat_map.svg.j2").render(
        title=printable(title),
        description=summary(lines, last_day),
        lines=cells,
        width=width,
        height=HEAD_PX + len(lines) * row_px + 4,
        beside=beside,
        left=left,
        cell=cell_px,
        mondays=[(left + n * column, date.fromordinal(first + n)) for n in range(days) if (first + n) % 7 == 1],
        names=NAMES,
    )


def summary(lines: Sequence[Line], last_day: date) -> str:
    """What the picture shows, in words."""
    found = sum(len(line.levels) for line in lines)
    unknown = sum(metres is None for line in lines for metres in line.metres)
    days = max((len(line.metres) for line in lines), default=0)
    first = date.fromordinal(last_day.toordinal() - days + 1)
    return (
        f"{len(lines)} runners, {day_said(first)} to {day_said(last_day)}: {found} days with a finding, "
        f"{unknown} days that are not known. The same by week is in the table."
    )


def step(metres: int) -> int:
    """How dark the cell of a day with a run is, from 0 on."""
    return sum(metres > 1000 * km for km in STEPS_KM)


def _cells(line: Line, left: int, column: float, y: int, cell_px: int) -> _Cells:
    drawn: dict[int | str, list[str]] = {}
    for n, metres in enumerate(line.metres):
        kind = "unknown" if metres is None else "rest" if metres == 0 else step(metres)
        drawn.setdefault(kind, []).append(f"M{left + n * column:.1f} {y}h{column - 1:.1f}v{cell_px}h-{column - 1:.1f}z")
    return _Cells(
        name=printable(line.name),
        label=printable(line.name if len(line.name) <= LONGEST_LABEL else f"{line.name[: LONGEST_LABEL - 1]}…"),
        y=y,
        rest="".join(drawn.get("rest", ())),
        steps=tuple("".join(drawn.get(n, ())) for n in range(len(NAMES))),
        unknown="".join(drawn.get("unknown", ())),
        marks=[(level.name.lower(), left + (n + 0.5) * column - 0.5) for n, level in sorted(line.levels.items())],
    )
