"""Kilometres and miles: one international mile is 1609.344 m (agreement of 1959)."""

import pytest

from monitor.alerts.chart import load_summary
from monitor.alerts.units import Units, in_units
from tests.builders import history


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("up to 11.0 km", "up to 6.8 mi"),
        ("22.5 km was 125 % beyond the longest (10.0 km).", "14.0 mi was 125 % beyond the longest (6.2 mi)."),
        ("4.5 m/s (3:42 per km) and faster", "4.5 m/s (5:57 per mi) and faster"),
        ("your best 5 km (20:00)", "your best 3.1 mi (20:00)"),
        ("300 m more; 2 kmh; 1.5 kmx", "300 m more; 2 kmh; 1.5 kmx"),
    ],
)
def test_distances_and_paces_of_a_sentence_are_read_in_miles_and_nothing_else_is(told, read):
    assert in_units(told, Units.MILES) == read


def test_whoever_reads_kilometres_gets_the_sentence_as_it_is():
    assert in_units("11.0 km", Units.KM) == "11.0 km"


def test_the_load_chart_says_in_words_what_it_draws_in_miles():
    runner = history("16.09344 " * 7)
    assert "70.0 mi on 7 days" in load_summary(runner, (), runner.last_day, weeks=1, units=Units.MILES)
