"""What samples have to be before anything is read from them."""

import numpy as np
import pytest

from monitor.errors import BadRecord
from monitor.sources.samples import Samples, both_feet


def test_samples_whose_time_runs_backwards_are_refused() -> None:
    with pytest.raises(BadRecord, match="not in order"):
        Samples(time_s=np.array([0.0, 2.0, 1.0]), distance_m=np.zeros(3))


@pytest.mark.parametrize("times", [[np.nan], [0.0, np.nan], [np.nan, 1.0]])
def test_samples_without_a_time_are_refused(times: list[float]) -> None:
    with pytest.raises(BadRecord, match="not in order"):
        Samples(time_s=np.array(times), distance_m=np.zeros(len(times)))


def test_an_infinite_value_is_refused() -> None:
    with pytest.raises(BadRecord, match="infinite"):
        Samples(time_s=np.arange(2.0), distance_m=np.array([0.0, np.inf]))


def test_samples_of_different_lengths_are_refused() -> None:
    with pytest.raises(BadRecord, match="different lengths"):
        Samples(time_s=np.arange(3.0), distance_m=np.zeros(3), heartrate_bpm=np.zeros(2))


def test_no_samples_are_refused() -> None:
    with pytest.raises(BadRecord, match="no samples"):
        Samples(time_s=np.zeros(0), distance_m=np.zeros(0))


def test_two_samples_of_one_moment_are_allowed() -> None:
    assert len(Samples(time_s=np.array([0.0, 1.0, 1.0]), distance_m=np.arange(3.0)).time_s) == 3


def test_the_steps_of_one_leg_are_doubled() -> None:
    assert both_feet(np.array([84.0, 0.0, 86.0, np.nan])).tolist()[:3] == [168.0, 0.0, 172.0]


def test_the_steps_of_both_feet_stay_as_they_are() -> None:
    assert both_feet(np.array([168.0, 0.0, 120.0, 172.0])).tolist() == [168.0, 0.0, 120.0, 172.0]


def test_a_value_of_both_feet_among_those_of_one_leg_is_not_doubled() -> None:
    assert both_feet(np.array([84.0, 168.0, 84.0])).tolist() == [168.0, 168.0, 168.0]
