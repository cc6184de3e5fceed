"""A team in the terminal: the same facts as on the page, worst first."""

import math
import sys
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.load.spikes import session_spike
from monitor.load.windows import Array
from monitor.load.workload import acwr_coupled
from monitor.model import Level
from monitor.rules.freshness import told
from monitor.rules.rule import Rule
from monitor.store.view import Judged

PIPED_WIDTH = 160
BARS = " ▁▂▃▄▅▆▇█"
STYLE = {
    Level.STRONG: "bold yellow",
    Level.CAUTION: "yellow",
    Level.WATCH: "cyan",
    Level.OK: "green",
    None: "bold magenta",
}


def print_board(rows: Sequence[Judged], rules: Mapping[str, Rule], title: str) -> None:
    """Print the team; piped, it is 160 columns wide. A verdict never wraps."""
    console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH)
    table = Table(title=title, title_justify="left", show_edge=False, pad_edge=False)
    table.add_column("runner", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    table.add_column("why", ratio=1)
    table.add_column("8 weeks", no_wrap=True)
    table.add_column("longest ×", justify="right", no_wrap=True)
    table.add_column("ACWR*", justify="right", no_wrap=True)
    table.add_column("data to", no_wrap=True)
    for row in rows:
        table.add_row(row.person.name, _verdict(row), why(row, rules), _weeks(row), *_figures(row))
    console.print(table)
    console.print("* contested: shown as context, and never a reason for a mail. No data is never shown as no risk.")


def why(row: Judged, rules: Mapping[str, Rule]) -> str:
    """The verdict in words: what was found, or why nothing can be said, and what was left out."""
    found = [f"{told(finding.day)}: {rules[finding.rule].say(finding)}" for finding in row.verdict.findings]
    said = [row.verdict.reason] if row.verdict.reason else found or ["no line crossed"]
    return "; ".join([*said, *row.verdict.notes])


def _verdict(row: Judged) -> Text:
    return Text(row.verdict.word, style=STYLE[row.verdict.level])


def _figures(row: Judged) -> tuple[str, str, str]:
    if row.history is None:
        return "–", "–", "–"
    if row.comparable is None:
        return "–", "–", told(row.history.last_day)
    week = session_spike(row.comparable)[-7:]
    longest = max((value for value in week if not math.isnan(value)), default=math.nan)
    return _number(longest), _number(_last(acwr_coupled(row.comparable.distance_m))), told(row.history.last_day)


def _weeks(row: Judged) -> str:
    if row.history is None:
        return ""
    days = row.history.distance_m[-56:]
    totals = [float(days[max(0, end - 7) : end].sum()) for end in range(len(days), 0, -7)][::-1]
    most = max((total for total in totals if not math.isnan(total)), default=0.0) or 1.0
    return "".join("·" if math.isnan(total) else BARS[round(total / most * 8)] for total in totals)


def _last(series: Array) -> float:
    return float(series[-1]) if len(series) else math.nan


def _number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.2f}"
