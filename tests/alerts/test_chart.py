"""The load chart tells what is known, marks what was found, and keeps an unknown day apart from a rest day."""

import struct
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from monitor.alerts.chart import load_chart, load_summary, png, sparkline
from monitor.model import Finding, Level
from tests.builders import FIRST_DAY, history

SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg, shape, kind):
    return [element for element in ElementTree.fromstring(svg).iter(SVG + shape) if element.get("class") == kind]


def bars(svg):
    """The bars of the days, without the sample in the legend."""
    return [bar for bar in drawn(svg, "rect", "bar") if float(bar.get("y")) > 20]


def chart(log, findings=(), **given):
    runner = history(log)
    return load_chart(runner, findings, runner.last_day, title="Load", **given)


def finding(day_number, level):
    return Finding("single_session_spike", FIRST_DAY + timedelta(days=day_number), level, 1.5)


def test_every_running_day_has_a_bar_and_a_rest_day_none():
    assert len(bars(chart("8 - 10 - - 5+3 6"))) == 4


def test_a_day_of_twice_the_distance_has_a_bar_twice_as_tall():
    short, long = bars(chart("5 10"))
    assert float(long.get("height")) == pytest.approx(2 * float(short.get("height")), abs=0.2)


def test_an_unknown_day_is_hatched_and_never_a_bar():
    svg = chart(" ".join(["5"] * 54 + ["?", "5"]))
    days, legend = len(bars(svg)), len(drawn(svg, "rect", "unknown"))
    assert (days, legend) == (55, 1 + 1)


def test_days_before_the_history_began_are_unknown():
    assert len(drawn(chart(" ".join(["5"] * 10)), "rect", "unknown")) == 56 - 10 + 1


def test_nothing_is_said_of_unknown_days_where_all_are_known():
    assert "not known" not in "".join(ElementTree.fromstring(chart(" ".join(["5"] * 60))).itertext())


def test_a_mean_is_drawn_only_from_the_day_it_can_be_computed():
    assert [line.get("d") == "" for line in drawn(chart(" ".join(["5"] * 6)), "path", "acute")][-1]
    assert drawn(chart(" ".join(["5"] * 7)), "path", "acute")[-1].get("d").count("M") == 1


def test_a_mean_is_lifted_over_a_gap():
    svg = chart(" ".join(["5"] * 30 + ["?"] + ["5"] * 20))
    assert drawn(svg, "path", "acute")[-1].get("d").count("M") == 2


@pytest.mark.parametrize(
    ("level", "shape"), [(Level.WATCH, "circle"), (Level.CAUTION, "path"), (Level.STRONG, "path")], ids=str
)
def test_a_finding_is_marked_by_a_shape_of_its_own_in_chart_and_legend(level, shape):
    svg = chart("8 - 10 - 16", [finding(4, level)])
    assert len(drawn(svg, shape, f"mark {level.name.lower()}")) == 2


def test_the_worst_finding_of_a_day_is_the_one_marked():
    svg = chart("8 - 10 - 16", [finding(4, Level.STRONG), finding(4, Level.WATCH)])
    assert drawn(svg, "path", "mark strong")
    assert not drawn(svg, "circle", "mark watch")


def test_a_finding_outside_the_weeks_shown_is_not_marked():
    svg = chart(" ".join(["5"] * 60), [finding(3, Level.STRONG)])
    assert not drawn(svg, "path", "mark strong")


def test_the_picture_stops_at_the_day_asked_for():
    runner = history("8 10 30")
    svg = load_chart(runner, (), runner.last_day - timedelta(days=1), title="Load")
    assert len(bars(svg)) == 2


def test_a_screen_reader_is_told_title_and_numbers():
    root = ElementTree.fromstring(chart("8 - 10 - 16 - 4 ?", [finding(4, Level.CAUTION)]))
    assert root.get("role") == "img"
    assert root.find(SVG + "title").text == "Load"
    description = root.find(SVG + "desc").text
    assert "38.0 km on 4 days" in description
    assert "Caution on 6 Mar." in description


def test_the_summary_says_how_many_days_are_not_known():
    runner = history(" ".join(["5"] * 50 + ["?"] * 2 + ["7"] * 7))
    said = load_summary(runner, (), runner.last_day)
    assert "2 of 56 days are not known." in said
    assert "The 7-day mean is 7.0 km a day." in said
    assert "The 28-day mean is not known." in said


@pytest.mark.parametrize("name", ['<script>alert("1")</script>', '"><img src=x onerror=alert(1)>', "a\x00\x1b\u2028b"])
def test_a_hostile_title_stays_text(name):
    runner = history("8 - 10")
    for svg in (
        load_chart(runner, (), runner.last_day, title=name),
        sparkline(runner, runner.last_day, title=name),
    ):
        root = ElementTree.fromstring(svg)
        assert {element.tag for element in root.iter()}.isdisjoint({SVG + "script", SVG + "img"})
        assert png(svg, 100)


def test_a_chart_holds_no_inline_style_or_script():
    svg = chart("8 - 10 ?", [finding(2, Level.STRONG)])
    assert "style=" not in svg
    assert "<style" not in svg
    assert "<script" not in svg


def test_a_history_of_rest_alone_still_gives_a_picture():
    assert bars(chart("- - -")) == []


@pytest.mark.parametrize("width", [320, 720])
def test_every_legend_label_lies_inside_the_picture(width):
    svg = chart("8 ? 10 - 16", [finding(n, level) for n, level in enumerate(list(Level)[1:], 2)], width=width)
    labels = [text for text in ElementTree.fromstring(svg).iter(SVG + "text") if text.get("class") is None]
    assert [label.text for label in labels] == [
        "day's distance",
        "7-day mean",
        "28-day mean",
        "not known",
        "watch",
        "caution",
        "strong",
    ]
    assert all(float(label.get("x")) < width - 40 for label in labels)


def test_the_sparkline_shows_a_bar_a_running_day_and_a_dash_an_unknown_day():
    runner = history(" ".join(["5"] * 50 + ["-", "?", "?"] + ["7"] * 3))
    svg = sparkline(runner, runner.last_day, title="8 weeks")
    assert drawn(svg, "path", "bars")[0].get("d").count("M") == 53
    assert drawn(svg, "path", "unknown-days")[0].get("d").count("M") == 2


def test_a_png_is_as_wide_as_asked_and_shows_its_text():
    svg = chart("8 - 10 - 16")
    picture = png(svg, 600)
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">I", picture[16:20]) == (600,)
    without_text = svg.replace("7-day mean", "").replace("28-day mean", "").replace("day's distance", "")
    assert png(without_text, 600) != picture
