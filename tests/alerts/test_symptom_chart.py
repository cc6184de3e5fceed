"""The picture of the weeks: a gap is hatched, a zero is a bar."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from monitor.alerts.symptom_chart import summary, symptom_chart
from monitor.symptoms.trend import Week

MONDAY = date(2026, 11, 2)
WEEKS = [Week(MONDAY, 33), Week(MONDAY + timedelta(days=7)), Week(MONDAY + timedelta(days=14), 0), Week(MONDAY, 100)]
SVG = "{http://www.w3.org/2000/svg}"


def bars(svg: str, kind: str) -> list[ElementTree.Element]:
    return [each for each in ElementTree.fromstring(svg).iter(f"{SVG}rect") if each.get("class") == kind]


def test_every_check_in_is_a_bar_as_tall_as_its_score_and_a_gap_is_hatched() -> None:
    svg = symptom_chart(WEEKS, title="Severity")
    tall = [float(each.get("height", 0)) for each in bars(svg, "bar")]
    assert tall[0] / tall[2] == pytest.approx(0.33, abs=0.005)
    assert 0 < tall[1] < tall[0]  # a zero that was told can be seen
    assert len(bars(svg, "unknown")) == 1


def test_the_picture_says_in_words_what_it_shows() -> None:
    assert summary(WEEKS[:3]) == ("2 of 3 weeks have a check-in: 33 in the week of 2 Nov, 0 in the week of 16 Nov.")
    assert summary(WEEKS[1:2]) == "0 of 1 weeks have a check-in."
    assert summary(WEEKS) in symptom_chart(WEEKS, title="Severity", width=340)


def test_two_pictures_on_a_page_do_not_share_a_pattern() -> None:
    wide, narrow = (symptom_chart(WEEKS, title="Severity", width=width) for width in (720, 340))
    assert 'id="no-check-in-720"' in wide
    assert 'id="no-check-in-340"' in narrow
