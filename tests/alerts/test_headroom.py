"""Headroom and the way back in words."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from monitor.alerts.headroom import (
    NO_PROMISE,
    fast_speed_said,
    headroom_said,
    in_short,
    return_said,
    when_over,
    why_returning,
)
from monitor.load.duplicates import Counted
from monitor.load.fast_speed import FastSpeed
from monitor.load.headroom import Headroom
from monitor.load.ladder import EASY_LADDER, EVIDENCE, HAMSTRING_LADDER, SYMPTOMS
from monitor.load.left_out import LeftOut
from monitor.load.returning import Return
from monitor.model import Flag, Injury, Site
from tests.builders import activity

DAY = date(2026, 11, 22)
TUESDAY = datetime.fromisoformat("2026-11-24 07:00")
ROOM = Headroom(DAY, 11_000, 10_000, False, 2_000.0, 1_200.0, 240.0, TUESDAY)
BREAK = Return(date(2026, 11, 3), None, True, 32_000.0, 4_000.0, EASY_LADDER, 0)
STRAIN = Injury(Site.HAMSTRING, "left", date(2026, 11, 3))


def figures(headroom, hours=45.0):
    return [said.figure for said in headroom_said(headroom, hours)]


def test_each_thing_that_a_day_can_hold_has_a_figure():
    assert figures(ROOM) == ["up to 11.0 km", "1200 m more", "up to 240 m", "45 h to go"]


def test_what_is_not_known_is_said_to_be():
    assert figures(Headroom(DAY), None) == ["not known"] * 4


def test_nothing_left_and_nothing_hard_are_words():
    assert figures(replace(ROOM, fast_left_m=0.0), 0.0) == ["up to 11.0 km", "none left", "up to 240 m", "none in 48 h"]


def test_the_last_minutes_are_not_over_yet():
    assert figures(ROOM, 0.1)[3] == "1 h to go"


def test_two_days_without_a_hard_session_are_no_permission():
    assert headroom_said(ROOM, 0.0)[3].text == "None began in the last 48 hours. How you feel says more."


def test_who_has_not_run_fast_or_uphill_lately_begins_with_little():
    flat = replace(ROOM, fast_usual_m=0.0, fast_left_m=0.0, climb_m=0.0)
    assert figures(flat)[1:3] == ["none lately", "none lately"]
    assert "begin with little" in headroom_said(flat, 45.0)[2].text


def test_who_has_begun_to_run_fast_again_this_week_is_not_told_that_there_was_none():
    begun = replace(ROOM, fast_usual_m=0.0, fast_left_m=0.0, fast_week_m=1_011.0)
    assert str(headroom_said(begun, 45.0)[1]) == (
        "Fast running: none left. These 7 days hold 1011 m, and the four weeks before held none."
    )


def test_a_fresh_record_explains_the_lower_ceiling():
    assert "nothing to build upon yet" in headroom_said(replace(ROOM, builds_on_record=True), 0.0)[0].text


def test_on_the_way_back_nothing_of_it_is_said():
    assert headroom_said(Headroom(DAY, returning=BREAK), None) == []


@pytest.mark.parametrize(
    ("back", "why"),
    [
        pytest.param(BREAK, "In a break from running that began on 3 Nov 2026.", id="a break"),
        pytest.param(
            replace(BREAK, is_open=False), "Back after a break from running that began on 3 Nov 2026.", id="a comeback"
        ),
        pytest.param(
            replace(BREAK, injury=STRAIN), "An injury is open: hamstring strain (left), since 3 Nov 2026.", id="injured"
        ),
        pytest.param(
            replace(BREAK, injury=replace(STRAIN, ended=date(2026, 11, 12))),
            "Back after an injury: hamstring strain (left), 3 Nov to 12 Nov 2026.",
            id="healed",
        ),
    ],
)
def test_the_way_back_says_from_what(back, why):
    assert why_returning(back) == why


def test_the_way_back_says_when_it_is_over():
    assert "two weeks in a row of 24.0 km or more, which is 75 % of a week before (32.0 km)." in when_over(BREAK)
    assert when_over(replace(BREAK, injury=STRAIN)).endswith("and the injury noted as over.")
    assert "three weeks back" in when_over(replace(BREAK, weekly_before_m=None))


def test_the_step_is_left_out_where_distances_cannot_tell_it():
    assert "Step 1 of 5: Walk and run in turn" in " ".join(return_said(BREAK))
    assert "Step" not in " ".join(return_said(replace(BREAK, step=None)))


def test_the_fast_speed_says_where_it_comes_from():
    assert fast_speed_said(FastSpeed(4.375, "learned", 90, 1200)) == (
        "Fast for you is 4.4 m/s (3:49 per km) and faster:"
        " 5 % above your best 5 km (20:00) of the last 90 days with samples."
    )
    assert fast_speed_said(FastSpeed(5.0, "set", 0, None)).endswith("as set.")
    assert "not known" in fast_speed_said(None)


def test_no_word_claims_more_than_is_known():
    steps = [step.text for step in (*EASY_LADDER, *HAMSTRING_LADDER)]
    told = [said.text for said in headroom_said(ROOM, 45.0)] + return_said(BREAK) + steps
    text = " ".join([*told, SYMPTOMS, EVIDENCE.says, NO_PROMISE]).lower()
    for claim in ("risk", "safe", "sweet spot", "prevent", "validated", "danger", "will get injured", "diagnos"):
        assert claim not in text


def test_what_a_figure_lacks_stands_with_it_on_page_and_in_mail():
    run = activity("2026-11-20 07:00", 8_000, flags=frozenset({Flag.TREADMILL}))
    easy, fast, climb, hard = headroom_said(ROOM, 45.0, LeftOut((Counted(run),)))
    assert easy.text.endswith("(1 run on a treadmill: distance uncertain.)")
    assert fast.text.endswith("(1 of 1 run without samples.)")
    assert not climb.text.endswith(")")  # a treadmill has no hills
    assert hard == headroom_said(ROOM, 45.0)[-1]
    _, lines = in_short(ROOM, 45.0, LeftOut((Counted(run),)))
    assert lines[0] == str(fast)
