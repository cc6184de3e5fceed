"""The product, one pass: pulled, assessed, told once."""

from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest

from jobs import assess, letters
from monitor.model import Freshness, Level
from monitor.rules.lines import with_lines
from monitor.sandbox import faults
from monitor.sandbox.plan import easy
from monitor.store.findings import stored_findings
from tests.jobs.conftest import NOW, SIX_WEEKS, SPIKE_YESTERDAY, TODAY, World

TOMORROW = NOW + timedelta(days=1)


def test_yesterday_evenings_long_run_is_mailed_this_morning(world: World) -> None:
    world.join(world.athlete(SPIKE_YESTERDAY))
    world.one_pass()
    assert world.subjects == ["Yesterday's 14.2 km was 42 % beyond your longest in 30 days"]
    assert world.sent[0]["To"] == "Ada Test <ada@example.org>"


def test_the_same_run_is_never_mailed_twice(world: World) -> None:
    world.join(world.athlete(SPIKE_YESTERDAY))
    for hours in (0, 1, 24, 48):
        world.sandbox.now = lambda hours=hours: NOW + timedelta(hours=hours)
        world.one_pass(NOW + timedelta(hours=hours))
    assert len(world.sent) == 1


def test_a_steady_runner_gets_no_mail_and_is_ok(world: World) -> None:
    person = world.join(world.athlete(SIX_WEEKS))
    world.one_pass()
    assert world.sent == []
    assert world.seen(person).verdict.word == "OK"


def test_a_first_connect_mails_nothing_older_than_three_days(world: World) -> None:
    person = world.join(world.athlete("8 - 8 - 10 - - " * 5 + "14.2 - 8 - -"))
    world.one_pass()
    assert world.sent == []
    assert world.seen(person).verdict.level is Level.CAUTION  # five days back: in force, and no news


def test_a_failed_pull_is_assessed_all_the_same_and_turns_stale(world: World) -> None:
    athlete = world.athlete(SIX_WEEKS)
    person = world.join(athlete)
    world.one_pass()
    world.sandbox.refuse(athlete.id, faults.status(503), path="/api")
    later = NOW + timedelta(hours=37)
    world.one_pass(later)
    assert world.seen(person, later).verdict.freshness is Freshness.STALE


def test_72_hours_of_silence_are_mailed_once(world: World) -> None:
    athlete = world.athlete(SIX_WEEKS)
    world.join(athlete)
    world.one_pass()
    world.sandbox.refuse(athlete.id, faults.status(503), path="/api")
    for hours in (71, 72, 73, 96):
        world.one_pass(NOW + timedelta(hours=hours))
    assert world.subjects == ["No new runs have reached us since Wednesday 30 September"]


def test_a_revoked_permission_is_mailed_once_with_a_link_to_reconnect(world: World) -> None:
    """N10."""
    athlete = world.athlete(SIX_WEEKS)
    world.join(athlete)
    world.one_pass()
    world.sandbox.refuse(athlete.id, faults.revoked)
    world.one_pass(TOMORROW)
    world.one_pass(TOMORROW + timedelta(days=1))
    assert len(world.sent) == 1
    text = world.sent[0].get_body(("plain",)).get_content()
    assert "/connect/strava?invite=" in text.replace("=\n", "")


def test_one_runners_trouble_does_not_stop_the_next(world: World, logged: list[dict[str, object]]) -> None:
    broken, healthy = world.join(world.athlete(SIX_WEEKS)), world.join(world.athlete(SPIKE_YESTERDAY))
    original = world.context.strava.list_activities

    def explode_first(token: str, *rest: object) -> object:
        object.__setattr__(world.context.strava, "list_activities", original)
        raise ZeroDivisionError("a bug")

    object.__setattr__(world.context.strava, "list_activities", explode_first)
    world.one_pass()
    assert len(world.sent) == 1
    assert world.seen(healthy).verdict.level is Level.CAUTION
    failed = [line for line in logged if line["event"] == "pass failed"]
    assert [line["runner"] for line in failed] == [broken.id]


def test_a_run_that_was_edited_corrects_its_findings(world: World) -> None:
    """I5."""
    athlete = world.athlete(SPIKE_YESTERDAY)
    person = world.join(athlete)
    world.one_pass()
    athlete.activities[0]["distance"] = 8_200.0
    athlete.activities[0]["moving_time"] = 2_900
    world.one_pass(NOW + timedelta(hours=2))
    assert world.seen(person).verdict.word == "OK"


def test_assessing_the_same_days_twice_gives_the_same_rows(world: World) -> None:
    person = world.join(world.athlete(SPIKE_YESTERDAY))
    world.one_pass()
    with world.context.database.reading() as db:
        first = stored_findings(db, person.id)
    assess.run(world.context, person, NOW, first=TODAY.date() - timedelta(days=60))
    with world.context.database.reading() as db:
        assert stored_findings(db, person.id) == first


def test_findings_made_with_other_lines_are_made_anew(world: World) -> None:
    person = world.join(world.athlete("8 - 8 - 10 - - " * 4 + "8 - 11.5 - 10 - - 8 - 8 - 10 - -"))
    world.one_pass()
    lax = replace(world.context, rules=with_lines(world.context.rules, {"single_session_spike": {"watch": 1.2}}))
    assess.run(lax, person, NOW)
    with world.context.database.reading() as db:
        spikes = [f for f in stored_findings(db, person.id) if f.rule == "single_session_spike" and f.value < 1.2]
    assert spikes == []


def test_findings_made_without_merging_are_made_anew_once_runs_are_merged(world: World) -> None:
    athlete = world.athlete("8 - 8 - 10 - - " * 6)
    person = world.join(athlete)
    for hour in (-16, -15):  # yesterday evening, the second as soon as the first is over
        athlete.record(TODAY + timedelta(hours=hour), easy(9_000))
    world.one_pass()
    merging = world.context.settings.rules.model_copy(update={"merge_gap_min": 30})
    settings = world.context.settings.model_copy(update={"rules": merging})
    assess.run(replace(world.context, settings=settings), person, NOW)
    with world.context.database.reading() as db:
        *_, spike = [f for f in stored_findings(db, person.id) if f.rule == "single_session_spike"]
    assert (spike.day, spike.facts["distance_km"]) == (TODAY.date() - timedelta(days=1), 18)


def test_a_run_uploaded_today_is_told_today(world: World) -> None:
    athlete = world.athlete(SIX_WEEKS)
    world.join(athlete)
    world.one_pass()
    athlete.record(TODAY + timedelta(hours=8), easy(15_000))
    world.one_pass(NOW + timedelta(hours=6))
    assert world.subjects == ["Today's 15.0 km was 50 % beyond your longest in 30 days"]


def test_a_new_run_is_told_although_a_longer_one_of_last_week_was_not(world: World) -> None:
    world.join(world.athlete("8 - 8 - 10 - - " * 5 + "25 - - - 29"))
    world.one_pass()
    assert world.subjects == ["Yesterday's 29.0 km was 16 % beyond your longest in 30 days"]


def test_a_second_run_after_a_break_is_no_spike_until_there_is_a_habit(world: World) -> None:
    person = world.join(world.athlete("8 - 8 - 10 - - " * 8 + "- " * 40 + "3 - 5"))
    world.one_pass()
    seen = world.seen(person).verdict
    assert (seen.word, [f.rule for f in seen.findings]) == ("WATCH", ["return_after_layoff"])
    assert world.sent == []


def test_assessing_old_days_by_hand_forgets_nothing_that_is_due(world: World) -> None:
    person = world.join(world.athlete(SPIKE_YESTERDAY))
    world.pull(person)
    assess.run(world.context, person, NOW, last=TODAY.date() - timedelta(days=5))
    world.one_pass()
    assert len(world.sent) == 1


def test_days_that_nobody_looked_at_are_assessed_when_the_worker_is_back(world: World) -> None:
    athlete = world.athlete("8 - 8 - 10 - - " * 5)
    person = world.join(athlete)
    world.one_pass()
    for day in range(14):
        athlete.record(TODAY + timedelta(days=day, hours=6), easy(6_000))
    later = NOW + timedelta(days=16)
    world.sandbox.now = lambda: later
    world.one_pass(later)
    with world.context.database.reading() as db:
        rest = [f.day for f in stored_findings(db, person.id) if f.rule == "no_rest_day"]
    assert rest == [TODAY.date() + timedelta(days=13)]


def test_a_letter_that_cannot_be_drawn_becomes_a_plain_one_without_a_name(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """M13."""
    world.join(world.athlete(SPIKE_YESTERDAY))

    def broken(*_: object, **__: object) -> EmailMessage:
        raise UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed")

    monkeypatch.setattr(letters, "alert_message", broken)
    world.one_pass()
    [message] = world.sent
    text = message.get_content().replace("=\r\n", "")
    assert message["To"] == "ada@example.org"
    assert "/runners/1" in text
    assert "Ada" not in text
    assert "not a diagnosis" in text
