"""What is late, and when the operator is told."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.settings.sections import WatchSettings
from monitor.watch import Part, Signs, clock_is_wrong, late, to_tell

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
DEFAULT = WatchSettings()


@pytest.mark.parametrize(
    ("signs", "parts"),
    [
        pytest.param(Signs(), [], id="nothing has ever run, so nothing is expected"),
        pytest.param(Signs(NOW, NOW, NOW, NOW), [], id="all is well"),
        pytest.param(Signs(worker=NOW - 45 * SECOND), [], id="W1: a sign of life may be two beats late"),
        pytest.param(Signs(worker=NOW - 46 * SECOND, web=NOW), [Part.WORKER], id="W1: the worker is dead"),
        pytest.param(Signs(worker=NOW, web=NOW - 46 * SECOND), [Part.WEB], id="W1: the pages are dead"),
        pytest.param(Signs(worker=NOW, last_pass=NOW - 26 * HOUR), [], id="passes are daily, within two hours"),
        pytest.param(Signs(worker=NOW, last_pass=NOW - 26.1 * HOUR), [Part.PASSES], id="the daily pass is late"),
        pytest.param(Signs(oldest_due=NOW - 15 * MINUTE), [], id="a letter may wait for a quarter of an hour"),
        pytest.param(Signs(oldest_due=NOW - 16 * MINUTE), [Part.SENDER], id="the sender is late"),
        pytest.param(Signs(last_copy=NOW - 50 * HOUR), [], id="S7: one daily copy may be missed"),
        pytest.param(Signs(last_copy=NOW - 51 * HOUR), [Part.COPIES], id="S7: the copies stopped"),
        pytest.param(Signs(worker=NOW + DAY), [], id="T3: a sign from a clock that was ahead is no silence"),
    ],
)
def test_a_part_is_late_when_it_gave_no_sign_for_too_long(signs: Signs, parts: list[Part]) -> None:
    assert [each.part for each in late(signs, DEFAULT.dead_after, NOW)] == parts


def test_by_default_a_dead_half_shows_within_a_minute_and_is_mailed_about_after_a_quarter_of_an_hour() -> None:
    """W1."""
    assert DEFAULT.dead_after_s + DEFAULT.beat_s <= 60  # it died up to a beat after its last sign
    assert DEFAULT.mail_after == 15 * MINUTE


def test_what_is_late_is_said_with_when_it_was_last_well() -> None:
    [found] = late(Signs(last_pass=NOW - 2 * DAY), DEFAULT.dead_after, NOW)
    assert found.says == "The daily pass has not run since Fri 20 Nov 2026, 09:00 UTC: what you see may be old."


@pytest.mark.parametrize(
    ("dead_for", "awake_for", "is_told"),
    [
        pytest.param(14 * MINUTE, DAY, False, id="W1: not before a quarter of an hour"),
        pytest.param(15 * MINUTE, DAY, True, id="W1: then it is"),
        pytest.param(DAY, 14 * MINUTE, False, id="a half that has just begun waits for the other to do so"),
        pytest.param(DAY, 15 * MINUTE, True, id="but not for ever"),
    ],
)
def test_the_operator_is_told_of_what_does_not_pass_by_itself(
    dead_for: timedelta, awake_for: timedelta, is_told: bool
) -> None:
    found = late(Signs(worker=NOW - dead_for), DEFAULT.dead_after, NOW)
    assert to_tell(found, NOW - awake_for, DEFAULT.mail_after, NOW) == (found if is_told else ())


def test_a_clock_before_the_first_day_of_hamwatch_is_wrong_and_one_after_2038_is_not() -> None:
    """S12."""
    assert clock_is_wrong(datetime(1970, 1, 1, tzinfo=UTC))
    assert not clock_is_wrong(datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC))
