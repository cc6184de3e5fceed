"""The product, one pass: pulled, assessed, told once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from jobs import assess, daily, deliver
from jobs.__main__ import tick
from monitor.errors import DeliveryError
from monitor.model import Freshness, Level
from monitor.rules.lines import with_lines
from monitor.sandbox import faults
from monitor.sandbox.plan import easy
from monitor.store.due import due_passes, make_due
from monitor.store.findings import stored_findings
from monitor.store.outbox import letters
from tests.jobs.conftest import NOW, TODAY, World

SIX_WEEKS = "8 - 8 - 10 - - " * 6
SPIKE_YESTERDAY = "8 - 8 - 10 - - " * 5 + "8 - 8 - 10 - 14.2"
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


def test_a_letter_that_is_not_accepted_waits_and_goes_later(world: World) -> None:
    world.join(world.athlete(SPIKE_YESTERDAY))
    accept = world.context.send

    def busy(_message: object) -> None:
        raise DeliveryError("451 try again later")

    object.__setattr__(world.context, "send", busy)
    world.one_pass()
    object.__setattr__(world.context, "send", accept)
    assert deliver.run(world.context, NOW + timedelta(seconds=30)) == 0
    assert deliver.run(world.context, NOW + timedelta(seconds=61)) == 1
    assert len(world.sent) == 1


def test_a_letter_that_is_refused_for_good_is_not_tried_again(world: World) -> None:
    world.join(world.athlete(SPIKE_YESTERDAY))

    def refuse(_message: object) -> None:
        raise DeliveryError("550 no such user", permanent=True)

    object.__setattr__(world.context, "send", refuse)
    world.one_pass()
    assert deliver.run(world.context, NOW + timedelta(days=1)) == 0
    with world.context.database.reading() as db:
        assert [row.error for row in letters(db, "failed")] == ["550 no such user"]


def test_a_sender_killed_before_it_marked_the_letter_sends_it_again_with_the_same_id(world: World) -> None:
    world.join(world.athlete(SPIKE_YESTERDAY))
    accept = world.context.send

    def killed(message: object) -> None:
        accept(message)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    object.__setattr__(world.context, "send", killed)
    with pytest.raises(KeyboardInterrupt):
        world.one_pass()
    object.__setattr__(world.context, "send", accept)
    assert deliver.run(world.context, NOW + timedelta(seconds=119)) == 0
    assert deliver.run(world.context, NOW + timedelta(seconds=121)) == 1
    assert world.sent[0]["Message-ID"] == world.sent[1]["Message-ID"]


def test_nothing_is_mailed_at_night(world: World) -> None:
    world.join(world.athlete(SPIKE_YESTERDAY, zone="America/New_York"))  # three in the morning there
    world.one_pass()
    assert world.sent == []
    assert deliver.run(world.context, NOW + timedelta(hours=4)) == 1


def test_each_runner_is_due_at_seven_in_their_own_zone(world: World) -> None:
    for zone in ("Asia/Tokyo", "Europe/Paris", "America/New_York"):
        world.join(world.athlete(SIX_WEEKS, zone=zone))

    def due_after(hours: int) -> list[str]:
        """The zones of those who are due so many hours after noon in London on 30 September."""
        now = datetime(2026, 9, 30, 11, tzinfo=UTC) + timedelta(hours=hours)
        due = list(due_passes(world.context.database, lambda: now, world.context.owner, 7))
        daily.run(world.context, due, now)
        return [each.person.timezone for each in due]

    assert due_after(0) == ["Asia/Tokyo", "Europe/Paris", "America/New_York"]  # seven in New York
    assert due_after(10) == []
    assert due_after(11) == ["Asia/Tokyo"]
    assert due_after(17) == []
    assert due_after(18) == ["Europe/Paris"]
    assert due_after(23) == []
    assert due_after(24) == ["America/New_York"]


def test_missed_days_are_caught_up_once(world: World) -> None:
    world.join(world.athlete(SIX_WEEKS))
    daily.run(world.context, due_passes(world.context.database, lambda: NOW, world.context.owner, 7), NOW)
    four_days_later = NOW + timedelta(days=4)
    due = list(due_passes(world.context.database, lambda: four_days_later, "me", 7))
    assert [each.slot for each in due] == ["2026-10-04"]


def test_two_schedulers_share_the_work(world: World) -> None:
    for _ in range(3):
        world.join(world.athlete("8 8"))
    one, two = (due_passes(world.context.database, lambda: NOW, owner, 7) for owner in ("one", "two"))
    taken = [next(one).person.id, next(two).person.id, next(one).person.id]
    assert sorted(taken) == [1, 2, 3]
    assert list(one) == list(two) == []


def test_a_pass_whose_holder_was_killed_is_taken_over_when_its_lease_runs_out(world: World) -> None:
    world.join(world.athlete("8 8"))
    assert len(list(due_passes(world.context.database, lambda: NOW, "killed", 7))) == 1
    assert list(due_passes(world.context.database, lambda: NOW + timedelta(minutes=9), "other", 7)) == []
    again = list(due_passes(world.context.database, lambda: NOW + timedelta(minutes=11), "other", 7))
    assert [each.attempt for each in again] == [2]


def test_a_pass_whose_source_failed_is_tried_again_with_growing_waits(world: World) -> None:
    athlete = world.athlete("8 8")
    world.join(athlete)
    world.sandbox.refuse(athlete.id, faults.status(503), path="/api")
    minutes = []
    for minute in range(0, 30):
        now = NOW + timedelta(minutes=minute)
        due = list(due_passes(world.context.database, lambda now=now: now, world.context.owner, 7))
        if due:
            minutes.append(minute)
            daily.run(world.context, due, now)
    assert minutes == [0, 1, 6, 21]


def test_a_tick_does_what_is_due_and_a_second_one_nothing(world: World) -> None:
    world.join(world.athlete(SPIKE_YESTERDAY))
    with time_machine.travel(NOW, tick=False):
        tick(world.context)
        asked = len(world.sandbox.requests)
        tick(world.context)
    assert len(world.sent) == 1
    assert len(world.sandbox.requests) == asked


def test_a_run_uploaded_today_is_told_today(world: World) -> None:
    athlete = world.athlete(SIX_WEEKS)
    world.join(athlete)
    world.one_pass()
    athlete.record(TODAY + timedelta(hours=8), easy(15_000))
    world.one_pass(NOW + timedelta(hours=6))
    assert world.subjects == ["Today's 15.0 km was 50 % beyond your longest in 30 days"]


def test_a_letter_held_over_night_speaks_of_the_morning_on_which_it_is_read(world: World) -> None:
    athlete = world.athlete(SIX_WEEKS)
    world.join(athlete)
    world.one_pass()
    athlete.record(TODAY + timedelta(hours=20), easy(15_000))
    world.one_pass(NOW + timedelta(hours=15))
    assert world.sent == []
    deliver.run(world.context, TOMORROW)
    assert world.subjects == ["Yesterday's 15.0 km was 50 % beyond your longest in 30 days"]


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


def test_connecting_again_makes_the_pass_due_at_once(world: World) -> None:
    person = world.join(world.athlete("8 8"))
    daily.run(world.context, due_passes(world.context.database, lambda: NOW, world.context.owner, 7), NOW)
    with world.context.database.writing() as db:
        make_due(db, person.id)
    assert len(list(due_passes(world.context.database, lambda: NOW, world.context.owner, 7))) == 1
