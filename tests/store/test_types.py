"""Moments and wide ids on both engines."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from monitor.store.activities import write_activities
from monitor.store.database import Database
from monitor.store.people import add_runner
from monitor.store.tables import Runner
from monitor.store.training import training_log
from tests.builders import activity

pytestmark = pytest.mark.dialect

NOON_IN_AMSTERDAM = datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))


def test_a_moment_comes_back_aware_and_in_utc(either: Database) -> None:
    with either.writing() as db:
        runner_id = add_runner(db, "Ann", "a@example.org", "UTC", None, NOON_IN_AMSTERDAM).id
    with either.reading() as db:
        created_at = db.get_one(Runner, runner_id).created_at
    assert created_at == datetime(2026, 7, 1, 10, tzinfo=UTC)
    assert created_at.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(either: Database) -> None:
    with pytest.raises(sa.exc.StatementError, match="needs a time zone"), either.writing() as db:
        add_runner(db, "Ann", "a@example.org", "UTC", None, datetime(2026, 7, 1, 12))  # noqa: DTZ001


def test_ids_of_strava_need_more_than_32_bits(either: Database) -> None:
    with either.writing() as db:
        runner_id = add_runner(db, "Ann", "a@example.org", "UTC", None, NOON_IN_AMSTERDAM).id
        write_activities(db, runner_id, [activity(origin_id="16000000000")], NOON_IN_AMSTERDAM)
    with either.reading() as db:
        assert [each.run.origin_id for each in training_log(db, runner_id).runs] == ["16000000000"]
