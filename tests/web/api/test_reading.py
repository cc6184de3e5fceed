"""What other programs are told: the same as the pages, in numbers and with its evidence."""

import json
import re
from datetime import timedelta

import pytest

from monitor.load.metrics import COLUMNS
from monitor.model import Injury, Origin, Site
from monitor.store.activities import write_activities
from monitor.store.check_ins import save_check_in
from monitor.store.log import add_injury
from monitor.symptoms.check_in import CheckIn
from monitor.symptoms.red_flags import RedFlag
from tests.builders import activity
from tests.web.api.conftest import ALICE, HARRIERS
from tests.web.club import NOW, TODAY, browser_of

DAN, EVE, FAY = 4, 5, 7


def test_the_board_has_the_order_of_the_page_and_a_word_for_everybody(operator):
    board = operator.get(f"/teams/{HARRIERS}/board").json()
    words = [each["verdict"]["verdict"] for each in board["runners"]]
    assert words[:3] == ["STRONG", "CAUTION", "CANNOT SAY"]
    assert set(words) == {"STRONG", "CAUTION", "CANNOT SAY", "WATCH", "OK"}


def test_what_belongs_before_a_doctor_comes_first_as_on_the_page(api, operator):
    """Dan is not at the top without it."""
    names = [each["id"] for each in operator.get(f"/teams/{HARRIERS}/board").json()["runners"]]
    assert names[0] != DAN
    red = CheckIn(day=TODAY, participation=2, there=True, pain=3, flags=frozenset({RedFlag.CANNOT_HOP}))
    with api.database.writing() as db:
        save_check_in(db, DAN, red, NOW)
    assert operator.get(f"/teams/{HARRIERS}/board").json()["runners"][0]["id"] == DAN


def test_page_and_api_agree_before_and_after_a_change(api):
    app = api.app()
    browser, asking = browser_of(app), api.caller(app=app, coach_id=1)

    def both():
        page = re.findall(r'<tr role="row" class="([a-z-]+)">.*?/runners/(\d+)"', browser.get("/teams/1").text, re.S)
        told = asking.get(f"/teams/{HARRIERS}/board").json()["runners"]
        words = [(each["verdict"]["verdict"].lower().replace(" ", "-"), str(each["id"])) for each in told]
        assert page == words
        return words

    before = both()
    with api.database.writing() as db:
        write_activities(db, DAN, [activity(f"{TODAY} 08:00", 40_000, origin=Origin.RECORDING)], NOW)
    assert ("ok", str(DAN)) in before
    assert ("strong", str(DAN)) in both()


@pytest.mark.parametrize("runner_id", [EVE, FAY])
def test_cannot_say_is_a_value_of_its_own_with_its_reason_and_no_findings(operator, runner_id):
    told = operator.get(f"/runners/{runner_id}").json()
    assert told["verdict"]["verdict"] == "CANNOT SAY"
    assert told["verdict"]["reason"]
    assert "in_force" not in told["verdict"]
    assert (told["longest_ratio"], told["acwr_coupled"]) == (None, None)


def test_a_finding_carries_its_evidence_and_the_grade(operator):
    [first, *_] = operator.get(f"/runners/{ALICE}").json()["verdict"]["in_force"]
    assert (first["rule"], first["level"], first["day"]) == ("single_session_spike", "STRONG", "2026-11-21")
    assert (first["evidence"]["grade"], first["evidence"]["doi"]) == ("B", "10.1136/bjsports-2024-109380")
    assert first["sentence"]
    assert first["advice"]


def test_findings_are_those_of_the_days_that_were_asked_for(operator):
    every = operator.get(f"/runners/{ALICE}/findings").json()["findings"]
    days = [each["day"] for each in every]
    assert days == sorted(days, reverse=True)
    one = operator.get(f"/runners/{ALICE}/findings?from=2026-11-21&to=2026-11-21").json()["findings"]
    assert one == [each for each in every if each["day"] == "2026-11-21"]
    assert one


def test_metrics_are_a_row_a_day_and_what_cannot_be_computed_is_null(operator):
    answer = operator.get(f"/runners/{ALICE}/metrics?from=2026-11-20&to=2026-11-22")
    rows = answer.json()["days"]
    assert [each["day"] for each in rows] == ["2026-11-20", "2026-11-21", "2026-11-22"]
    assert [each["distance_km"] for each in rows] == [6.0, 22.5, 0.0]
    assert set(COLUMNS) < set(rows[0])
    assert rows[0]["fast_km"] is None
    assert "NaN" not in answer.text


def test_metrics_without_days_are_those_of_the_last_90(operator):
    rows = operator.get(f"/runners/{ALICE}/metrics").json()["days"]
    assert rows[-1]["day"] == str(TODAY)
    assert rows[0]["day"] >= str(TODAY - timedelta(89))
    assert operator.get(f"/runners/{ALICE}/metrics?from=2100-12-31").json()["days"] == []
    assert operator.get(f"/runners/{FAY}/metrics").json()["days"] == []


@pytest.mark.parametrize(
    "asked",
    [
        "from=2026-11-22&to=2026-11-20",
        "from=2025-01-01&to=2026-11-22",
        "from=0001-01-01",
        "to=1989-12-31",
        "from=20261122",
        "from=1763769600",
        "from=2026-11-22T00:00:00",
        "from=2026-02-30",
        "form=2026-11-22",
        "from=",
    ],
)
def test_days_that_are_none_are_refused(operator, asked):
    assert operator.get(f"/runners/{ALICE}/metrics?{asked}").status_code == 422


def test_headroom_is_what_the_page_says(operator):
    told = operator.get(f"/runners/{DAN}/headroom").json()
    assert told["room"]["longest_30d_m"] == 10_000
    assert told["room"]["easy_ceiling_m"] == 11_000
    assert told["room"]["fast_usual_m"] is None
    assert (told["nothing_because"], told["returning"]) == ("", None)
    assert "no promise" in told["sentences"][-1]


def test_headroom_says_why_it_says_nothing(operator):
    told = operator.get(f"/runners/{EVE}/headroom").json()
    assert (told["room"], told["sentences"]) == (None, [])
    assert told["nothing_because"] == told["verdict"]["reason"]


def test_on_the_way_back_there_is_a_ladder_in_place_of_numbers(api, operator):
    with api.database.writing() as db:
        add_injury(db, DAN, Injury(Site.HAMSTRING, "left", TODAY - timedelta(2)))
    told = operator.get(f"/runners/{DAN}/headroom").json()
    assert told["room"] is None
    assert told["returning"]["since"] == "2026-11-20"
    assert told["returning"]["ladder"]
    assert operator.get(f"/runners/{DAN}").json()["acwr_coupled"] is None


def test_beside_a_stop_no_plan_is_given_and_a_coach_does_not_hear_why(api, operator, coach):
    limps = CheckIn(day=TODAY, participation=4, there=True, pain=5, flags=frozenset({RedFlag.LIMP}))
    with api.database.writing() as db:
        save_check_in(db, DAN, limps, NOW)
    stopped = operator.get(f"/runners/{DAN}/headroom").json()
    assert (stopped["room"], stopped["sentences"]) == (None, [])
    assert "stop" in stopped["nothing_because"]
    assert "check-in" not in json.dumps(coach.get(f"/runners/{DAN}/headroom").json())
