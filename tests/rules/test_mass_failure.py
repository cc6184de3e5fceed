"""When so many permissions end in one hour that the fault is likely ours (N15)."""

import pytest

from monitor.rules.freshness import mass_failure


@pytest.mark.parametrize(
    ("ended", "answered", "is_ours"),
    [
        pytest.param(0, 0, False, id="nobody was asked"),
        pytest.param(1, 0, False, id="the only runner left"),
        pytest.param(2, 0, False, id="a couple left"),
        pytest.param(3, 0, True, id="nobody of three is let in"),
        pytest.param(3, 1, False, id="three of four, and one was let in"),
        pytest.param(4, 20, False, id="four of a club are below five"),
        pytest.param(5, 45, True, id="five of fifty are 10 %"),
        pytest.param(5, 46, False, id="five of fifty-one are less"),
        pytest.param(8, 9_991, False, id="an ordinary day of a large app"),
        pytest.param(400, 17, True, id="one time zone of a large app is refused"),
    ],
)
def test_the_brake_is_pulled_by_five_and_a_tenth_or_by_all(ended: int, answered: int, is_ours: bool) -> None:
    assert mass_failure(ended, answered) is is_ours
