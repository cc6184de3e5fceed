"""Severity by week as SVG: drawn like the load chart, so that a page's stylesheet restyles both alike."""

from collections.abc import Sequence

from monitor.alerts.chart import TEMPLATES
from monitor.rules.freshness import told as day_said
from monitor.symptoms.trend import Week

LEFT, RIGHT, TOP, PLOT, FOOT = 34, 8, 22, 130, 26


def symptom_chart(weeks: Sequence[Week], *, title: str, width: int = 720) -> str:
    """One bar a week, 0 to 100, with its score above it; weeks without a check-in are hatched, never zero."""
    return TEMPLATES.get_template("symptom_chart.svg.j2").render(
        title=title,
        description=summary(weeks),
        weeks=weeks,
        width=width,
        left=LEFT,
        right=RIGHT,
        top=TOP,
        plot=PLOT,
        foot=FOOT,
        column=(width - LEFT - RIGHT) / len(weeks),
    )


def summary(weeks: Sequence[Week]) -> str:
    """What the chart shows, in words."""
    told = [week for week in weeks if week.severity is not None]
    scores = ", ".join(f"{week.severity} in the week of {day_said(week.monday)}" for week in told)
    return f"{len(told)} of {len(weeks)} weeks have a check-in{': ' if scores else ''}{scores}."
