"""Signals and onsets, a character a day: did the one come before the other, and more often than by chance?"""

import numpy as np
import pytest

from monitor.rules.foresight import Foresight, after_any, foresight


def days(marks: str) -> np.ndarray:
    return np.array([mark != "." for mark in marks])


def score(signals: str, onsets: str, judged: str | None = None) -> Foresight:
    return foresight(days(signals), days(onsets), days(judged or "x" * len(signals)))


def test_a_signal_in_the_14_days_before_an_onset_is_a_hit_with_its_lead():
    found = score("..s..s" + "." * 20, "........o" + "." * 17)
    assert (found.hits, found.misses, found.lead_days) == (1, 0, (6,))


@pytest.mark.parametrize(
    ("signals", "hits"),
    [
        pytest.param("s" + "." * 29, 1, id="14 days before is a hit"),
        pytest.param("." * 14 + "s" + "." * 15, 0, id="on the day itself it may have hurt already"),
        pytest.param("." * 15 + "s" + "." * 14, 0, id="a signal after it is none"),
        pytest.param("." * 30, 0, id="no signal, no hit"),
    ],
)
def test_what_is_a_hit(signals, hits):
    assert score(signals, "." * 14 + "o" + "." * 15).hits == hits


def test_a_signal_15_days_before_is_too_early():
    assert score("s" + "." * 39, "." * 15 + "o" + "." * 24).misses == 1


def test_precision_is_the_share_of_signals_that_an_onset_followed():
    found = score("s" + "." * 19 + "s.s" + "." * 27, "." * 10 + "o" + "." * 39)
    assert (found.signals, found.precision) == (3, pytest.approx(1 / 3))


def test_signals_of_the_last_14_days_do_not_count_for_precision_yet():
    assert score("s" + "." * 30 + "ssss", "." * 5 + "o" + "." * 29).precision == 1.0


def test_without_a_signal_there_is_no_precision():
    found = score("." * 40, "." * 20 + "o" + "." * 19)
    assert (found.precision, found.chance_of_precision, found.chance_of_hits) == (None, None, 1.0)


def test_an_onset_of_days_when_nothing_could_be_said_is_left_out():
    found = score("." * 40, "..o" + "." * 30 + "o......", judged="." * 20 + "x" * 20)
    assert found.hits + found.misses == 1


def test_without_an_onset_there_is_nothing_to_compare_with_chance():
    found = score("s.s", "...")
    assert (found.hits, found.misses, found.chance_of_hits) == (0, 0, None)


def test_nothing_at_all_is_no_error():
    assert score("", "") == Foresight(0, 0, 0, (), None, None, None)


def test_signals_on_every_day_hit_everything_and_so_does_chance():
    found = score("s" * 200, "." * 100 + "o" + "." * 99)
    assert (found.hits, found.chance_of_hits) == (1, 1.0)


def test_a_rare_signal_before_a_rare_onset_is_seldom_matched_by_chance():
    found = score("." * 495 + "s" + "." * 504, "." * 500 + "o" + "." * 499)
    # 14 of the 999 days that can be scored follow a signal within 14 days
    assert found.chance_of_hits == pytest.approx(14 / 999, abs=0.01)
    assert found.chance_of_precision == found.chance_of_hits


def test_two_rare_signals_before_two_onsets_are_matched_only_by_their_distance():
    onsets = days("." * 300 + "o" + "." * 399 + "o" + "." * 299)
    signals = np.roll(onsets, -3)
    found = foresight(signals, onsets, np.ones(1000, dtype=bool))
    assert found.hits == 2
    assert found.chance_of_hits < 0.05


def test_the_same_days_always_give_the_same_answer():
    onsets = "." * 60 + "o" + "." * 39
    assert score("s." * 50, onsets) == score("s." * 50, onsets)


def test_after_any_looks_at_the_14_days_before_and_never_at_the_day():
    assert np.flatnonzero(after_any(days("..x" + "." * 30))).tolist() == list(range(3, 17))
