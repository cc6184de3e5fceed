"""What becomes of an activity that cannot be true. Numbers in ids are rows of the bad-input catalogue."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.errors import BadRecord
from monitor.model import Activity, Flag, Origin
from monitor.sources.check import checked, clean_name, whole_metres

NOW = datetime(2026, 5, 10, 12, tzinfo=UTC)
GOOD = Activity(
    origin=Origin.EXPORT,
    origin_id="1",
    name="Morning Run",
    sport="Run",
    start=datetime(2026, 5, 9, 6, tzinfo=UTC),
    start_local=datetime(2026, 5, 9, 8),  # noqa: DTZ001 a wall clock
    distance_m=10_000,
    moving_s=3_600,
    elapsed_s=3_700,
    climb_m=120.0,
    average_heartrate_bpm=150.0,
    max_heartrate_bpm=172.0,
    cadence_spm=168.0,
)
NO_HEART_RATE = {"average_heartrate_bpm": None, "max_heartrate_bpm": None}


def test_a_plausible_run_passes_unchanged():
    assert checked(GOOD, NOW) == GOOD


@pytest.mark.parametrize(
    ("told", "kept", "flag"),
    [
        pytest.param({"distance_m": 0}, {"distance_m": None}, Flag.NO_DISTANCE, id="19 no metre"),
        pytest.param({"distance_m": None}, {}, Flag.NO_DISTANCE, id="19 no distance"),
        pytest.param({"distance_m": 500_000, "moving_s": 86_000, "elapsed_s": None}, {}, Flag.TOO_FAST, id="20 500 km"),
        pytest.param({"distance_m": 42_195}, {}, Flag.TOO_FAST, id="21 a marathon in an hour"),
        pytest.param({"distance_m": 5_000, "moving_s": 60}, {}, Flag.TOO_FAST, id="21 5 km in a minute"),
        pytest.param({"moving_s": 0}, {"moving_s": None}, Flag.NO_TIME, id="22 no moving time"),
        pytest.param(
            {"moving_s": 90_000, "elapsed_s": 90_000, "distance_m": 100_000},
            {"moving_s": 86_400},
            Flag.TOO_LONG,
            id="24 25 hours",
        ),
        pytest.param({"moving_s": None, "elapsed_s": 43_201}, {}, Flag.NO_TIME, id="25 only 12 hours elapsed"),
        pytest.param(
            {"moving_s": 1_320, "elapsed_s": 50_400, "distance_m": 4_000}, {}, Flag.FORGOTTEN_STOP, id="26 forgot stop"
        ),
        pytest.param({"moving_s": 3_900}, {"moving_s": 3_700}, Flag.TIMES_SWAPPED, id="27 moved longer than it took"),
        pytest.param({"average_heartrate_bpm": 0.0}, NO_HEART_RATE, Flag.HEART_RATE_IGNORED, id="28 no pulse"),
        pytest.param({"average_heartrate_bpm": 25.0}, NO_HEART_RATE, Flag.HEART_RATE_IGNORED, id="29 25 bpm"),
        pytest.param({"max_heartrate_bpm": 251.0}, NO_HEART_RATE, Flag.HEART_RATE_IGNORED, id="30 251 bpm"),
        pytest.param(
            {"average_heartrate_bpm": 176.0, "max_heartrate_bpm": 235.0, "cadence_spm": 176.0},
            NO_HEART_RATE,
            Flag.HEART_RATE_IGNORED,
            id="34 cadence lock",
        ),
        pytest.param(
            {"average_heartrate_bpm": 180.0}, NO_HEART_RATE, Flag.HEART_RATE_IGNORED, id="35 average above maximum"
        ),
        pytest.param(
            {"average_heartrate_bpm": float("nan")}, NO_HEART_RATE, Flag.HEART_RATE_IGNORED, id="6 heart rate NaN"
        ),
        pytest.param({"cadence_spm": -1.0}, {"cadence_spm": None}, Flag.CADENCE_IGNORED, id="67 cadence"),
        pytest.param({"climb_m": 1e7}, {"climb_m": None}, Flag.CLIMB_IGNORED, id="67 climb"),
        pytest.param({"distance_m": 5, "moving_s": 3_600}, {}, Flag.TOO_SLOW, id="68 miles for metres"),
    ],
)
def test_the_doubtful_is_flagged_and_the_rest_kept(told, kept, flag):
    activity = replace(GOOD, **told)
    assert checked(activity, NOW) == replace(activity, **kept, flags=frozenset({flag}))


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        pytest.param({"moving_s": None, "elapsed_s": 3_700}, {"moving_s": 3_700}, id="25 elapsed stands in for moving"),
        pytest.param(NO_HEART_RATE, {}, id="32 no heart rate"),
        pytest.param({"flags": frozenset({Flag.MANUAL})}, {}, id="41 entered by hand"),
        pytest.param({"sport": "Ride", "distance_m": 42_195}, {}, id="a fast ride is a ride"),
        pytest.param({"sport": "Yoga", "distance_m": 0}, {}, id="yoga goes nowhere"),
        pytest.param({"distance_m": 400, "moving_s": 50, "elapsed_s": 50}, {}, id="400 m in 50 s is fast, and true"),
        pytest.param({"distance_m": 160_000, "moving_s": 80_000, "elapsed_s": 110_000}, {}, id="an ultra with rests"),
        pytest.param({"elapsed_s": 0}, {"elapsed_s": None}, id="elapsed time missing"),
    ],
)
def test_the_unusual_but_possible_is_not_flagged(told, kept):
    activity = replace(GOOD, **told)
    assert checked(activity, NOW) == replace(activity, **kept)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        pytest.param({"distance_m": -5_000}, "distance is negative", id="17 distance"),
        pytest.param({"moving_s": -60}, "moving time is negative", id="23 moving time"),
        pytest.param({"elapsed_s": -60}, "elapsed time is negative", id="23 elapsed time"),
        pytest.param({"distance_m": 10**30}, "absurdly large", id="larger than any database holds"),
        pytest.param({"start": datetime(1970, 1, 1, tzinfo=UTC)}, "starts in 1970", id="44 an unset clock"),
        pytest.param({"start": datetime(2099, 1, 1, tzinfo=UTC)}, "in the future", id="45 year 2099"),
        pytest.param({"start": NOW + timedelta(hours=36, seconds=1)}, "in the future", id="45 over 36 hours ahead"),
    ],
)
def test_the_impossible_is_refused_with_its_reason(told, reason):
    with pytest.raises(BadRecord, match=reason):
        checked(replace(GOOD, **told), NOW)


@pytest.mark.parametrize("start", [datetime(1991, 4, 3, tzinfo=UTC), NOW + timedelta(hours=36)], ids=str)
def test_a_race_of_decades_ago_and_a_zone_far_east_are_accepted(start):
    assert checked(replace(GOOD, start=start), NOW).start == start


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        pytest.param("<script>alert(1)</script>", "<script>alert(1)</script>", id="59 stored raw, escaped where shown"),
        pytest.param("x\r\nBcc: evil@x", "x Bcc: evil@x", id="60 line break"),
        pytest.param("a\u2028b\u2029c", "a b c", id="60 line separator"),
        pytest.param("a\0b\x1bc\x85d", "a b c d", id="60 control characters"),
        pytest.param("a\ud800b", "a\ufffdb", id="61 lone surrogate"),
        pytest.param("x" * 10**6, "x" * 200, id="62 a megabyte"),
        pytest.param("e" + "\u0301" * 5_000, "e" + "\u0301" * 4, id="63 combining marks"),
        pytest.param("\u202eabc\u2066", "abc", id="63 direction overrides"),
        pytest.param("Läufe 🏃🏽‍♀️ 東京", "Läufe 🏃🏽‍♀️ 東京", id="letters of the world stay"),
        pytest.param(None, "Untitled", id="65 none"),
        pytest.param(7, "Untitled", id="65 no text"),
        pytest.param(" \t\0 ", "Untitled", id="65 nothing to see"),
    ],
)
def test_a_name_is_one_harmless_line(told, shown):
    assert clean_name(told) == shown


@pytest.mark.parametrize(("told", "metres"), [(9_999.5, 10_000), (10_000.5, 10_000), (10_001.5, 10_002), (0.4, 0)])
def test_metres_are_rounded_half_to_even(told, metres):
    assert whole_metres(told) == metres


@pytest.mark.parametrize("told", [float("nan"), float("inf")])
def test_what_is_no_number_is_no_distance(told):
    with pytest.raises(BadRecord, match="not a number"):
        whole_metres(told)
