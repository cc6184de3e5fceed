"""What the pages of a team, and the API, show of each runner: small values, so that they can be kept."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import isnan

from monitor.alerts.chart import sparkline
from monitor.load.left_out import LeftOut
from monitor.load.spikes import LOOK_BACK_DAYS
from monitor.load.workload import CHRONIC_DAYS
from monitor.model import Level, Verdict
from monitor.store.view import BOARD_DAYS, Judged
from monitor.web.felt import Felt, last_felt
from monitor.web.numbers import RECENT_DAYS, Trend, Week, longest_ratio, trend_of, week_of
from monitor.web.pages import TEMPLATES
from monitor.web.said import Rules, Told, from_strava, told, worst_by_day


@dataclass(frozen=True, slots=True)
class Row:
    """A runner of a team. What compares days is None where nothing current can be said."""

    id: int
    name: str
    team_id: int | None
    timezone: str
    today: date
    verdict: Verdict
    in_force: tuple[Told, ...]  # the worst first
    spark: str | None  # SVG
    longest_ratio: float | None  # the largest session spike of the last 7 days [1]; 0 without a run
    trend: Trend | None
    longest_lacks: str  # what ratio and trend lack
    trend_lacks: str
    felt: Felt | None  # of the last check-in; None also where whoever looks may not hear of it
    hidden: str  # how much of the runs whoever looks does not see; empty where all are seen
    notes: tuple[str, ...]
    week: Week | None  # the 7 days to yesterday …
    week_before: Week | None  # … and those before them; None where no day is known
    metres: tuple[int | None, ...]  # of the last 84 days, oldest first; None is not known
    levels: dict[int, Told]  # the worst finding of a day, by its place in *metres*
    from_strava: bool
    is_red: bool  # the last check-in told of something that belongs before a doctor
    order: tuple[bool, int, str]  # of `Judged`
    cells: str = ""  # of the board, as HTML that was made once

    @property
    def worst(self) -> Told | None:
        return self.in_force[0] if self.in_force else None


def row(judged: Judged, rules: Rules) -> Row:
    """A runner's row. Ratios are shown only where they mean something: an old one must not look like one of today."""
    left_out = LeftOut(judged.runs)
    history, today, verdict, current = judged.history, judged.today, judged.verdict, judged.comparable
    title = f"Daily distance of {judged.person.name}, 8 weeks"
    yesterday = today - timedelta(days=1)
    return Row(
        id=judged.person.id,
        name=judged.person.name,
        team_id=judged.person.team_id,
        timezone=judged.person.timezone,
        today=today,
        verdict=verdict,
        in_force=tuple(told(verdict.findings, rules, judged.raised)),
        spark=sparkline(history, today, title=title) if history else None,
        longest_ratio=longest_ratio(current, today) if current else None,
        trend=trend_of(current, today) if current else None,
        longest_lacks=left_out.distance(today, LOOK_BACK_DAYS + RECENT_DAYS) if current else "",
        trend_lacks=left_out.distance(today, CHRONIC_DAYS) if current else "",
        felt=last_felt(judged.check_ins),
        hidden=judged.hidden.note,
        notes=tuple(note for note in (judged.hidden.note, *verdict.notes) if note),
        week=week_of(history, yesterday) if history else None,
        week_before=week_of(history, yesterday - timedelta(days=7)) if history else None,
        metres=_metres(judged),
        levels=_levels(judged, rules),
        from_strava=from_strava(judged),
        is_red=judged.is_red,
        order=judged.order,
    )


def with_cells(row: Row, runners_path: str) -> Row:
    """The row as its board shows it to who reads it."""
    return replace(row, cells=_CELLS.render(row=row, runners_path=runners_path))


def in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Who needs a look first at the top; what belongs before a doctor above all."""
    return tuple(sorted(rows, key=lambda row: row.order))


def _metres(judged: Judged) -> tuple[int | None, ...]:
    if judged.history is None:
        return (None,) * BOARD_DAYS
    known, end = judged.history.distance_m, judged.history.index(judged.today) + 1
    return tuple(
        int(known[n]) if 0 <= n < len(known) and not isnan(known[n]) else None for n in range(end - BOARD_DAYS, end)
    )


def _levels(judged: Judged, rules: Rules) -> dict[int, Told]:
    """Context decides no verdict, and marks no day."""
    first = judged.today - timedelta(days=BOARD_DAYS - 1)
    shown = (each for each in told(judged.findings, rules) if not each.rule.context and each.day >= first)
    return {(day - first).days: each for day, each in worst_by_day(shown).items() if each.level > Level.OK}


_CELLS = TEMPLATES.get_template("board_row.html")
