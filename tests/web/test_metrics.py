"""/metrics, as Prometheus reads it."""

from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from monitor.store.check_ins import save_check_in
from monitor.store.coaches import add_coach
from monitor.store.consents import Subject, give, withdraw
from monitor.store.heartbeats import beat
from monitor.store.outbox import queue_letter
from monitor.store.people import add_runner
from monitor.symptoms.check_in import CheckIn
from monitor.watch import Part
from tests.delivery.mailserver import mail
from tests.web.club import LOGS, NOW, TODAY, ask, full_club

HOUR = timedelta(hours=1)
TOTALS = {"hamwatch_runners", "hamwatch_runners_by_freshness", "hamwatch_findings"}


def read(text):
    """(name, labels) → value."""
    families = text_string_to_metric_families(text)
    return {(each.name, *sorted(each.labels.values())): each.value for family in families for each in family.samples}


def test_runners_are_counted_by_verdict_and_freshness_and_findings_by_rule(client):
    found = read(client.get("/metrics").text)
    verdicts = {key[1]: value for key, value in found.items() if key[0] == "hamwatch_runners"}
    assert verdicts == {"STRONG": 1, "CAUTION": 1, "WATCH": 1, "OK": 3, "CANNOT SAY": 2}
    assert sum(value for key, value in found.items() if key[0] == "hamwatch_runners_by_freshness") == 8
    assert found["hamwatch_findings", "STRONG", "single_session_spike"] == 1


@pytest.fixture
def told(tmp_path):
    """Which totals are told of the full club, whose Harriers Cora coaches, when this was done with it."""
    database = full_club(tmp_path)
    with database.writing() as db:
        add_coach(db, "Cora", "cora@example.org", "Harriers")

    def of(*acts, **settings):
        with database.writing() as db:
            for act in acts:
                act(db)
        return {key[0] for key in read(ask(database, **settings).get("/metrics").text)} & TOTALS

    yield of
    database.close()


def also_the_others(db):
    add_coach(db, "Cora", "CORA@example.org", "Other")


def test_attack_28_no_total_tells_a_coach_of_the_one_runner_whom_they_do_not_see(told):
    assert told() == set(), "she sees seven of the eight"
    assert told(lambda db: [add_runner(db, "New", "new@example.org", "UTC", "Other", NOW) for _ in range(4)]) == TOTALS
    assert told(also_the_others, lambda db: withdraw(db, 1, Subject.TEAM, NOW)) == TOTALS, "five whom she does not see"


def test_attack_28_no_total_tells_a_coach_what_is_kept_from_them_of_a_runner_whom_they_see(told):
    assert told(also_the_others) == set(), "Gus has runs from Strava, which she does not see"
    shared = {"coach_sharing": True}
    assert told(strava=shared) == TOTALS
    assert told(lambda db: save_check_in(db, 1, CheckIn(day=TODAY, participation=1), NOW), strava=shared) == set()
    assert told(lambda db: give(db, 1, Subject.SYMPTOMS, "2026-11", NOW), strava=shared) == TOTALS


def test_ages_letters_and_requests_are_told(empty):
    with empty.writing() as db:
        beat(db, Part.WORKER, NOW - timedelta(seconds=10), HOUR)
        queue_letter(db, None, "findings", "1", mail(), NOW - HOUR, NOW - HOUR)
        queue_letter(db, None, "findings", "2", mail("<2@example.org>"), NOW - HOUR, NOW + HOUR)
    found = read(ask(empty).get("/metrics").text)
    assert found["hamwatch_heartbeat_age_seconds", "worker"] == 10
    assert found["hamwatch_letters", "queued"] == 2
    assert found["hamwatch_oldest_due_letter_age_seconds",] == 3600
    assert found["hamwatch_strava_requests", "day", "used"] == 0
    assert found["hamwatch_strava_requests", "left", "quarter"] == 100
    assert ("hamwatch_last_pass_age_seconds",) not in found


def test_a_sign_of_life_from_a_clock_that_was_ahead_has_no_negative_age(empty):
    """T3."""
    with empty.writing() as db:
        beat(db, Part.WEB, NOW + HOUR, HOUR)
    assert read(ask(empty).get("/metrics").text)["hamwatch_heartbeat_age_seconds", "web"] == 0


def test_nobody_is_named(client):
    text = client.get("/metrics").text
    assert not [name for name in (*LOGS, "Fay", "Gus", "Harriers", "example.org") if name in text]


def test_only_names_of_this_machine_and_its_own_are_answered(client):
    assert client.get("/metrics", headers={"Host": "evil.example"}).status_code == 400
