"""The heat map of a team tells rest, running and not known apart without their colours."""

from datetime import date
from xml.etree import ElementTree

import pytest

from monitor.alerts.chart import png
from monitor.alerts.heat_map import NAMES, Line, heat_map, step
from monitor.model import Level

SVG = "{http://www.w3.org/2000/svg}"
SUNDAY = date(2026, 11, 22)


def cells(svg, kind):
    """How many days are drawn so."""
    paths = [path for path in ElementTree.fromstring(svg).iter(SVG + "path") if path.get("class") == kind]
    return sum(path.get("d").count("M") for path in paths)


def drawn(metres, levels=None, name="Ann", **given):
    return heat_map([Line(name, metres, levels or {})], SUNDAY, title="A team", **given)


def test_every_day_is_one_cell_by_what_was_run():
    svg = drawn([0, None, 4_000, 9_000, 9_500, 30_000])
    assert [cells(svg, kind) for kind in ("day-of-rest", "unknown", "km-0", "km-1", "km-4")] == [1, 1, 1, 2, 1]


@pytest.mark.parametrize(("metres", "dark"), [(1, 0), (5_000, 0), (5_001, 1), (15_000, 2), (25_000, 3), (25_001, 4)])
def test_the_longer_the_darker_with_the_end_of_a_step_still_in_it(metres, dark):
    assert step(metres) == dark
    assert dark < len(NAMES)


def test_a_day_that_is_not_known_is_hatched():
    svg = drawn([None])
    assert 'fill="url(#not-known-1000)"' in svg
    assert "<pattern" in svg


@pytest.mark.parametrize(
    ("level", "shape"), [(Level.WATCH, "circle"), (Level.CAUTION, "path"), (Level.STRONG, "path")], ids=str
)
def test_a_finding_is_a_shape_of_its_own(level, shape):
    marks = ElementTree.fromstring(drawn([0, 8_000], {1: level})).iter(SVG + shape)
    assert len([mark for mark in marks if mark.get("class") == f"mark {level.name.lower()}"]) == 1


@pytest.mark.parametrize("width", [340, 1000])
def test_all_cells_lie_inside_the_picture(width):
    svg = drawn([5_000] * 84, width=width)
    path = next(path for path in ElementTree.fromstring(svg).iter(SVG + "path") if path.get("class") == "km-0")
    lefts = [float(start.split()[0]) for start in path.get("d").split("M")[1:]]
    assert len(lefts) == 84
    assert max(lefts) + (lefts[1] - lefts[0]) <= width


def test_mondays_are_named():
    texts = [text.text for text in ElementTree.fromstring(drawn([0] * 14)).iter(SVG + "text")]
    assert texts == ["9 Nov", "16 Nov", "Ann"]


def test_a_screen_reader_is_told_title_and_extent():
    root = ElementTree.fromstring(drawn([0, None, 4_000], {2: Level.WATCH}))
    assert (root.get("role"), root.find(SVG + "title").text) == ("img", "A team")
    said = root.find(SVG + "desc").text
    assert said.startswith("1 runners, 20 Nov to 22 Nov: 1 days with a finding, 1 days that are not known.")


def test_a_long_name_is_cut_and_stands_whole_in_its_title():
    name = "Maximiliane Freifrau von und zu Hohenstein"
    label = next(text for text in ElementTree.fromstring(drawn([0], name=name)).iter(SVG + "text") if len(text))
    assert label.text.endswith("…")
    assert label.find(SVG + "title").text == name


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a\x00\x1bb"])
def test_a_hostile_name_stays_text(name):
    svg = drawn([5_000], name=name)
    tags = {element.tag for element in ElementTree.fromstring(svg).iter()}
    assert tags.isdisjoint({SVG + "script", SVG + "img"})
    assert "style=" not in svg
    assert png(svg, 100)


def test_a_team_of_nobody_is_an_empty_picture():
    assert ElementTree.fromstring(heat_map([], SUNDAY, title="Nobody")).tag == SVG + "svg"
