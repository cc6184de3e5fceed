"""Cadence, heart rate and fades of runs whose answer is known."""

import numpy as np
import pytest

from tests.sources.watch import outdoors, per_second, recorded

EASY = (1800, 3.0)
LENGTH = 1801


def constant(value: float) -> np.typing.NDArray[np.float64]:
    return np.full(LENGTH, float(value))


def test_the_cadence_is_that_of_the_running() -> None:
    found = outdoors(recorded((900, 3.0), (901, 1.2), cadence_spm=np.append(0.0, per_second((900, 170), (901, 110)))))
    assert (found.cadence_spm, found.cadence_mps) == (pytest.approx(170, abs=0.2), pytest.approx(3.0, abs=0.02))


def test_a_cadence_of_one_leg_is_doubled() -> None:
    assert outdoors(recorded(EASY, cadence_spm=constant(85))).cadence_spm == 170


def test_a_cadence_that_nobody_runs_is_not_used() -> None:
    dropped = constant(170)
    dropped[::3] = 0.0
    dropped[1::3] = 254.0
    assert outdoors(recorded(EASY, cadence_spm=dropped)).cadence_spm == pytest.approx(170)


def test_the_mean_grade_goes_with_the_cadence() -> None:
    found = outdoors(recorded((1800, 3.0, 0.02), cadence_spm=constant(170)))
    assert found.cadence_grade == pytest.approx(0.02, abs=0.001)


def test_where_the_grade_is_unknown_it_counts_as_level() -> None:
    found = outdoors(recorded(EASY, cadence_spm=constant(170)))
    assert found.cadence_grade == 0


def test_heart_rates_are_kept_as_the_seconds_of_each() -> None:
    rates = np.append(140.0, per_second((600, 140), (1200, 160)))
    found = outdoors(recorded(EASY, heartrate_bpm=rates))
    assert (found.heartrate_s, found.heartrate_coverage) == (((140, 600), (160, 1200)), 1.0)


def test_an_implausible_heart_rate_is_missing_and_lowers_the_coverage() -> None:
    rates = np.append(150.0, per_second((900, 150), (450, 0), (450, 255)))
    found = outdoors(recorded(EASY, heartrate_bpm=rates))
    assert (found.heartrate_s, found.heartrate_coverage) == (((150, 900),), 0.5)


def test_a_strap_that_lost_contact_for_a_minute_is_not_guessed() -> None:
    rates = constant(150)
    rates[600:660] = np.nan
    assert outdoors(recorded(EASY, heartrate_bpm=rates)).heartrate_coverage == pytest.approx(1741 / 1800, abs=0.002)


def test_a_missing_value_or_two_are_bridged() -> None:
    rates = constant(150)
    rates[::3] = np.nan
    assert outdoors(recorded(EASY, heartrate_bpm=rates)).heartrate_s == ((150, 1800),)


def test_a_heart_rate_that_shows_the_steps_is_dropped() -> None:
    found = outdoors(recorded(EASY, heartrate_bpm=constant(171), cadence_spm=constant(170)))
    assert (found.heartrate_s, found.heartrate_coverage, found.cadence_spm) == ((), 0.0, 170)


def test_a_heart_rate_that_meets_the_cadence_now_and_then_stays() -> None:
    rates = np.append(150.0, per_second((900, 150), (900, 170)))
    assert outdoors(recorded(EASY, heartrate_bpm=rates, cadence_spm=constant(170))).heartrate_coverage == 1.0


def test_a_last_third_at_nine_tenths_of_the_first_is_a_fade_to_nine_tenths() -> None:
    found = outdoors(
        recorded(
            (600, 3.0),
            (600, 2.9),
            (600, 2.7),
            heartrate_bpm=np.append(140.0, per_second((600, 140), (600, 150), (600, 161))),
            cadence_spm=np.append(180.0, per_second((600, 180), (600, 175), (600, 162))),
        )
    )
    fades = (found.pace_fade, found.cadence_fade, found.heartrate_fade)
    assert fades == (pytest.approx(0.9, abs=0.003), pytest.approx(0.9, abs=0.003), pytest.approx(1.15, abs=0.003))


def test_a_run_of_less_than_twenty_minutes_does_not_fade() -> None:
    found = outdoors(recorded((599, 3.0), (600, 2.0)))
    assert found.pace_fade is None


def test_without_a_heart_rate_in_the_last_third_its_fade_is_unknown() -> None:
    rates = constant(150)
    rates[1200:] = np.nan
    assert outdoors(recorded(EASY, heartrate_bpm=rates)).heartrate_fade is None


def test_a_run_without_sensors_says_nothing_of_the_body() -> None:
    found = outdoors(recorded(EASY))
    assert (found.cadence_spm, found.cadence_mps, found.cadence_grade, found.cadence_fade) == (None,) * 4
    assert (found.heartrate_s, found.heartrate_coverage, found.heartrate_fade) == ((), 0.0, None)
