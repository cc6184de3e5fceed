"""injury, event, profile, headroom: what a runner tells and asks on the command line."""

from datetime import timedelta

import pytest

from tests.cli.conftest import TODAY

HABIT = "8 - 8 - 6 10 - "


@pytest.fixture
def alice(runner_with):
    assert runner_with(HABIT * 8) == 1
    return 1


pytestmark = pytest.mark.usefixtures("alice")


def test_an_injury_is_noted_listed_and_ended(hamwatch):
    noted = hamwatch("injury add --runner 1 --side left --onset 2026-10-03 --site", "hamstring strain")
    assert noted.out == "injury 1: hamstring strain, left, 2026-10-03 to now: open\n"
    assert "days to come" in hamwatch("injury end 1 --on 2062-11-01").complaint
    assert hamwatch("injury end 1 --on 2026-11-01").code == 0
    assert hamwatch("injury list --runner 1 --json").json == [
        {"id": 1, "site": "hamstring strain", "side": "left", "onset": "2026-10-03", "ended": "2026-11-01"}
    ]


def test_an_event_is_noted_and_listed(hamwatch):
    assert hamwatch("event add --runner 1 --kind taper --from 2026-11-20 --to 2026-12-03").code == 0
    assert hamwatch("event add --runner 1 --kind race --from 2026-12-04").code == 0
    assert hamwatch("event list --runner 1").out == ("   1  taper, 2026-11-20 to 2026-12-03\n   2  race, 2026-12-04\n")
    assert hamwatch("event list --runner 1 --json").json[1] == {
        "id": 2,
        "kind": "race",
        "first_day": "2026-12-04",
        "last_day": "2026-12-04",
    }


def test_a_profile_is_told_bit_by_bit_shown_and_forgotten(hamwatch):
    hamwatch("profile set --runner 1 --fast-speed 4.2 --sex women")
    hamwatch("profile set --runner 1 --max-heartrate 190 --resting-heartrate 48")
    told = hamwatch("profile show --runner 1 --json").json
    assert told == {
        "runner": 1,
        "fast_mps": 4.2,
        "max_heartrate_bpm": 190,
        "resting_heartrate_bpm": 48,
        "sex": "women",
        "first_threshold_bpm": None,
        "second_threshold_bpm": None,
        "threshold_mps": None,
    }
    assert "fast speed         learned from the runs" in hamwatch("profile set --runner 1 --forget fast-speed").out
    assert "max heartrate      190 beats/min" in hamwatch("profile show --runner 1").out
    thresholds = "--first-threshold 145 --second-threshold 170 --threshold-speed 4.0"
    assert "second threshold   170 beats/min" in hamwatch(f"profile set --runner 1 {thresholds}").out
    assert "threshold speed    4 m/s" in hamwatch("profile show --runner 1").out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("injury add --runner 1 --site knee --side left --onset 2026-10-03", "'knee' is none of hamstring strain"),
        ("injury add --runner 1 --site other --side left --onset 3.10.2026", "'3.10.2026' is no day"),
        ("injury add --runner 1 --site other --side left --onset 2062-10-03", "an injury of days to come"),
        ("injury add --runner 9 --site other --side left --onset 2026-10-03", "no runner 9"),
        ("injury end 9 --on 2026-11-01", "no injury 9"),
        ("event add --runner 1 --kind party --from 2026-11-20", "'party' is none of race, taper, illness, holiday"),
        ("event list --runner 9", "no runner 9"),
        ("profile set --runner 1 --max-heartrate 5", "give one from 100 to 230"),
        ("profile set --runner 1 --forget shoes", "'shoes' is nothing to forget"),
        ("headroom --runner 9", "no runner 9"),
        ("headroom --runner 1 --km 5 --fast-km 6", "no run has 5 km, 6 of them fast"),
        ("headroom --runner 1 --km nan", "no run has nan km"),
        ("headroom --runner 1 --climb 200", "add --km"),
    ],
)
def test_wrong_input_is_one_clear_line(hamwatch, line, said):
    answer = hamwatch(line)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("hamwatch: ")
    assert said in answer.err
    assert answer.err.count("\n") == 1


def test_headroom_keeps_its_keys_and_adds_to_them(hamwatch):
    asked = hamwatch("headroom --runner 1 --json").json
    assert (asked["day"], asked["runner"], asked["easy_ceiling_m"]) == ("2026-11-22", 1, 11_000)
    assert (asked["longest_30d_m"], asked["builds_on_record"], asked["returning"]) == (10_000, False, None)


def test_headroom_of_a_past_day_knows_nothing_of_later_days(hamwatch):
    early = (TODAY - timedelta(days=51)).isoformat()  # the 10 km of the first Saturday came a day later
    assert hamwatch(f"headroom --runner 1 --json --day {early}").json["easy_ceiling_m"] is None


def test_headroom_in_words_promises_nothing(hamwatch):
    said = hamwatch("headroom --runner 1").out
    assert "Easy run: up to 11.0 km." in said
    assert "it is no promise" in said
    assert "Fast running: not known." in said  # these runs came without samples


def test_a_planned_run_is_put_to_every_rule(hamwatch):
    asked = hamwatch("headroom --runner 1 --km 14 --fast-km 1 --climb 200 --json").json
    spike = next(each for each in asked["rules"] if each["rule"] == "single_session_spike")
    assert (spike["level"], spike["value"], spike["grade"]) == ("CAUTION", 1.4, "B")
    assert asked["planned"] == {"distance_m": 14_000, "fast_m": 1_000, "climb_m": 200}
    # (1.5 × 128 − 4 × 32) / 2.5: 128 km in the 27 days before, 32 of them in the last 6
    assert asked["contested_acwr_1_5_up_to_m"]["coupled"] == 25_600


def test_a_planned_run_in_words_tells_what_is_contested(hamwatch):
    said = hamwatch("headroom --runner 1 --km 14").out
    assert "CAUTION     single_session_spike    14.0 km was 40 % beyond" in said
    assert "contested" in said


def test_the_lines_of_a_club_hold_for_a_planned_run_too(hamwatch, monkeypatch):
    monkeypatch.setenv("HAMWATCH_RULES__SINGLE_SESSION_SPIKE__CAUTION", "1.5")
    asked = hamwatch("headroom --runner 1 --km 14 --json").json
    assert next(each["level"] for each in asked["rules"] if each["rule"] == "single_session_spike") == "WATCH"


def test_an_open_injury_puts_the_ladder_in_place_of_the_ceiling(hamwatch):
    hamwatch("injury add --runner 1 --side left --onset 2026-11-10 --site", "hamstring strain")
    asked = hamwatch("headroom --runner 1 --km 8 --json").json
    assert asked["easy_ceiling_m"] is None
    assert asked["contested_acwr_1_5_up_to_m"] is None
    assert (asked["returning"]["since"], asked["returning"]["step"]) == ("2026-11-10", 3)
    said = hamwatch("headroom --runner 1").out
    assert "An injury is open: hamstring strain (left), since 10 Nov 2026." in said
    assert "Step 3 of 6: Run longer, easily" in said
    assert "up to" not in said


def test_a_runner_without_a_run_has_no_headroom(hamwatch, runner_with):
    nobody = runner_with("")
    asked = hamwatch(f"headroom --runner {nobody} --km 5 --json").json
    assert (asked["easy_ceiling_m"], asked["hours_until_hard"]) == (None, None)
    assert {each["level"] for each in asked["rules"]} <= {None, "OK"}


def test_what_was_noted_by_mistake_can_be_removed(hamwatch):
    hamwatch("injury add --runner 1 --side left --onset 2026-10-03 --site other")
    hamwatch("event add --runner 1 --kind race --from 2026-11-01")
    assert hamwatch("injury remove 1").out == "injury 1: removed\n"
    assert hamwatch("event remove 1").out == "event 1: removed\n"
    assert hamwatch("injury list --runner 1 --json").json == hamwatch("event list --runner 1 --json").json == []
    assert "no injury 1" in hamwatch("injury remove 1").complaint
    assert "no event 1" in hamwatch("event remove 1").complaint
