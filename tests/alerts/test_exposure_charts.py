"""The pictures of exposure: what they draw, what they say in words, and that unknown is never zero."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest

from monitor.alerts.exposure_charts import longest_chart, week_chart, week_summary
from monitor.alerts.units import Units
from tests.builders import history

MONDAY = date(2026, 3, 2)
WEEKS = [
    (MONDAY, 300.0),
    (MONDAY + timedelta(7), None),
    (MONDAY + timedelta(14), 0.0),
    (MONDAY + timedelta(21), 1200.0),
]
SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg, what):
    """The shapes of this class."""
    return [each for each in ET.fromstring(svg).iter() if each.get("class") == what]


def test_a_bar_a_known_week_and_a_hatched_one_for_each_unknown():
    svg = week_chart(WEEKS, name="fast", title="Fast metres a week")
    assert (len(drawn(svg, "bar")), len(drawn(svg, "unknown"))) == (3, 1)


def test_a_bar_of_four_times_the_metres_is_four_times_as_tall():
    low, _, high = (float(bar.get("height")) for bar in drawn(week_chart(WEEKS, name="fast", title="Fast"), "bar"))
    assert high / low == pytest.approx(4, abs=0.02)


def test_the_30_days_before_are_one_curve_through_the_known_days():
    runner = history("8 - 10 - 8 - 16 " * 8)
    [_, curve] = drawn(longest_chart(runner, runner.last_day, 8, title="Longest"), "acute")
    assert curve.get("d").startswith("M")
    assert curve.get("d").count("L") > 40


def test_the_weeks_are_told_in_words_as_well():
    said = week_summary(WEEKS)
    assert said.startswith("3 of 4 weeks are known: 300 m in the week of 2 Mar")
    assert "1200 m in the week of 23 Mar" in said


@pytest.mark.parametrize("width", [340, 720])
def test_each_picture_has_its_title_its_words_and_parts_of_its_own(width):
    runner = history("8 - 10 ? 12 " * 3)
    long = longest_chart(runner, runner.last_day, 4, title="Longest", width=width)
    for svg, name in ((week_chart(WEEKS, name="up", title="Up", width=width), "up"), (long, "longest")):
        root = ET.fromstring(svg)
        assert root.find(f"{SVG}title").text
        assert root.find(f"{SVG}desc").text
        assert [each.get("id") for each in root.iter(f"{SVG}pattern")] == [f"not-known-{name}-{width}"]


def test_the_longest_runs_are_bars_rest_is_none_and_an_unknown_day_is_hatched():
    runner = history("8 - 10 ? 12+3 - -")
    svg = longest_chart(runner, runner.last_day, 1, title="Longest")
    assert (len(drawn(svg, "bar")) - 1, len(drawn(svg, "unknown"))) == (3, 1)  # one bar stands in the legend


def test_a_run_beyond_the_thirty_days_before_is_counted_in_words():
    runner = history("8 - 10 - 12 - 9")
    said = longest_chart(runner, runner.last_day, 1, title="Longest")
    assert "2 of 3 days hold a run longer than any of the 30 days before; the longest is 12.0 km." in said
    assert "the longest is 7.5 mi." in longest_chart(runner, runner.last_day, 1, title="L", units=Units.MILES)
