"""A runner is erased: nothing of them is left or comes back, and they are told (attack 24)."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, select

from jobs import coaching, daily, deliver, importing, leaving
from monitor.alerts.answers import Say
from monitor.alerts.units import Units
from monitor.delivery import spool
from monitor.errors import DeliveryError, Gone, UserError
from monitor.model import Amendment, Change, Event, EventKind, Finding, Injury, Level, Origin, Site
from monitor.sandbox import faults
from monitor.settings import without_environment
from monitor.store.activities import quarantine, write_activities
from monitor.store.amendments import amend
from monitor.store.answers import answer
from monitor.store.api_tokens import add_token
from monitor.store.channels import add_channel
from monitor.store.check_ins import save_check_in
from monitor.store.coaches import add_coach
from monitor.store.consents import Subject, give, team_wording
from monitor.store.corrections import keep_former
from monitor.store.database import Database
from monitor.store.due import passes_now
from monitor.store.groups import join_group
from monitor.store.invitations import invite, invite_runner
from monitor.store.log import add_event, add_injury, set_profile
from monitor.store.mail_choices import MailList, switch
from monitor.store.outbox import letters
from monitor.store.own_settings import set_own
from monitor.store.passkeys import add_passkey
from monitor.store.people import Person, person
from monitor.store.sessions import Identity, begin_session
from monitor.store.sign_ins import Way, begin
from monitor.store.strava_tables import Deferral, OauthState, Revocation, StravaEvent, Tombstone
from monitor.store.tables import ActivityRow, Runner
from monitor.store.unconfirmed import Account, keep
from monitor.symptoms.check_in import CheckIn
from tests.builders import activities
from tests.jobs.conftest import NOW, SPIKE_YESTERDAY, World

TO_A_COACH = NOW + timedelta(hours=1)
LATER = NOW + timedelta(minutes=3)
CANARIES = ("Zebulon", "zebulon@canary.example", "Canary Hill Repeats", "canary-channel")


@pytest.fixture
def folder(world: World, tmp_path: Path) -> Path:
    """The spool into which this product's mail goes."""
    place = tmp_path / "spool"
    settings = without_environment(
        {"mail": {"spool": place}, "strava": {"coach_sharing": True}, "secret_key": world.context.secrets[0]}
    )
    object.__setattr__(world.context, "settings", settings)
    object.__setattr__(world.context, "send", spool(place))
    return place


@pytest.fixture
def zeb(world: World, folder: Path) -> Person:
    """A runner of whom every table holds something."""
    athlete = world.athlete(SPIKE_YESTERDAY)
    athlete.first_name, athlete.email = CANARIES[0], CANARIES[1]
    for row in athlete.activities:
        row["name"] = CANARIES[2]
    whose = world.join(athlete)
    world.one_pass()
    with world.context.database.writing() as db:
        give(db, whose.id, Subject.TEAM, team_wording(strava_is_shared=True), NOW)
        set_profile(db, whose.id, fast_mps=4.5)
        add_injury(db, whose.id, Injury(Site.HAMSTRING, "left", date(2026, 8, 1)))
        add_event(db, whose.id, Event(EventKind.RACE, date(2026, 9, 1), date(2026, 9, 1)))
        save_check_in(db, whose.id, CheckIn(day=date(2026, 9, 1), participation=4), NOW)
        quarantine(db, whose.id, Origin.STRAVA, [("7", "no start", "ab", 3)], NOW)
        answer(db, whose.id, [Finding("no_rest_day", NOW.date(), Level.WATCH, 14)], Say.FINE, NOW)
        switch(db, whose.id, MailList.WEEKLY, on=False)
        add_coach(db, "Cato", "cato@example.org", "Team")
        db.add(OauthState(digest="d", runner_id=whose.id, expires_at=NOW))
    world.one_pass(NOW + timedelta(seconds=1))
    account = Account(1, CANARIES[0], "an access token", "a refresh token", NOW, "activity:read")
    with world.context.database.writing() as db:
        keep(db, world.context.keys, whose.id, "nonce", account, NOW)
        run = db.exec(select(ActivityRow).where(ActivityRow.runner_id == whose.id)).all()[0]
        keep_former(db, [run], NOW)
        said = Amendment((Origin(run.origin), run.origin_id), Change.EXCLUDE, reason=CANARIES[2])
        amend(db, whose.id, said, NOW)
        set_own(db, whose.id, timezone="UTC", quiet=None, units=Units.MILES)
        db.add(Deferral(runner_id=whose.id, origin="strava", origin_id="7", attempts=1, retry_at=NOW))
        add_channel(db, world.context.keys, f"ntfys://{CANARIES[3]}", "", NOW, runner_id=whose.id)
        given = {"received_at": NOW, "due_at": NOW, "event_time": 1}
        db.add(StravaEvent(runner_id=whose.id, aspect="update", object_id=7, **given))
        join_group(db, whose.id, "Track")
        invite_runner(db, whose.id, "a token", NOW)
        invite(db, 1, *CANARIES[:2], "another token", NOW)
        add_token(db, NOW, runner_id=whose.id)
        begin_session(db, Identity(runner_id=whose.id), Way.STRAVA, "A Browser", NOW)
        begin_session(db, Identity(address=CANARIES[1].lower()), Way.MAIL, "A Browser", NOW)
        add_passkey(db, Identity(runner_id=whose.id), "a credential", "a public key", 0, "A Browser", NOW)
        add_passkey(db, Identity(address=CANARIES[1].lower()), "another", "a public key", 0, "A Browser", NOW)
        begin(db, Way.MAIL, "203.0.113.7", NOW, address=CANARIES[1].lower())
    coaching.tell_coaches(world.context, TO_A_COACH)
    return whose


def of_runner(database: Database, runner_id: int) -> dict[str, int]:
    """How many rows of a runner each table holds that can hold any."""
    tables = [table for table in SQLModel.metadata.sorted_tables if "runner_id" in table.columns]
    with database.reading() as db:
        return {
            table.name: db.connection().scalar(
                sa.select(sa.func.count()).select_from(table).where(table.c.runner_id == runner_id)
            )
            or 0
            for table in tables
        }


def everything(database: Database) -> str:
    """All that is in the database, as text."""
    with database.reading() as db:
        rows = [row for table in SQLModel.metadata.sorted_tables for row in db.connection().execute(sa.select(table))]
    return "\n".join(repr(tuple(row)) for row in rows)


def test_every_table_that_names_a_runner_lets_go_of_them() -> None:
    keys = [key for table in SQLModel.metadata.sorted_tables for key in table.foreign_keys]
    of_runners = [key for key in keys if key.column.table.name == "runner"]
    assert len(of_runners) >= 15
    assert {key.ondelete for key in of_runners} == {"CASCADE"}


def test_nothing_of_an_erased_runner_is_left_but_a_tombstone(world: World, zeb: Person) -> None:
    before = of_runner(world.context.database, zeb.id)
    assert {name for name, rows in before.items() if not rows} == {"tombstone"}
    leaving.erase(world.context, zeb.id, NOW)
    after = of_runner(world.context.database, zeb.id)
    assert {name for name, rows in after.items() if rows} == {"tombstone"}
    with world.context.database.reading() as db:
        assert db.get(Runner, zeb.id) is None
        assert len(db.exec(select(Revocation)).all()) == 1


def test_the_confirmation_goes_to_their_address_and_then_forgets_it(world: World, zeb: Person, folder: Path) -> None:
    leaving.erase(world.context, zeb.id, NOW)
    assert CANARIES[1] in everything(world.context.database)
    assert deliver.run(world.context, NOW) == 1
    leaving.run(world.context, NOW)
    leaving.run(world.context, LATER)
    kept = everything(world.context.database)
    assert [canary for canary in CANARIES if canary in kept] == []
    with world.context.database.reading() as db:
        assert [(row.kind, row.state, row.recipient, row.message) for row in letters(db)] == [
            ("erased", "sent", "", b"")
        ]
    (last,) = folder.glob("*.eml")
    assert "Everything we held about you has been erased" in last.read_text()


def test_mails_to_them_leave_the_spool_and_those_to_others_stay(world: World, zeb: Person, folder: Path) -> None:
    world.join(world.athlete(SPIKE_YESTERDAY))
    world.one_pass(NOW + timedelta(seconds=2))
    assert len(list(folder.glob("*.eml"))) == 3
    leaving.erase(world.context, zeb.id, NOW)
    (other,) = folder.glob("*.eml")
    assert b"ada@example.org" in other.read_bytes()


def test_a_digest_that_told_a_coach_of_them_goes_too_wherever_it_lies(world: World, zeb: Person, folder: Path) -> None:
    deliver.run(world.context, TO_A_COACH)
    told = [file for file in folder.glob("*.eml") if b"cato@example.org" in file.read_bytes()]
    assert [CANARIES[0].encode() in file.read_bytes() for file in told] == [True]
    leaving.erase(world.context, zeb.id, TO_A_COACH)
    assert not told[0].exists()
    with world.context.database.reading() as db:
        (digest,) = [row for row in letters(db) if "cato" in row.recipient]
        assert digest.message.decode().split(":")[0] == "Message-ID"  # and not a word of what it said
        assert digest.message.count(b"\r\n") == 2


def test_a_confirmation_that_no_server_takes_is_forgotten_too(world: World, zeb: Person) -> None:
    def refuse(_message: object) -> None:
        raise DeliveryError(f"550 <{CANARIES[1].upper()}> unknown", permanent=True)

    leaving.erase(world.context, zeb.id, NOW)
    object.__setattr__(world.context, "send", refuse)
    deliver.run(world.context, NOW)
    leaving.run(world.context, NOW)
    assert CANARIES[1] not in everything(world.context.database).lower()


def test_killed_after_the_first_commit_the_next_tick_finishes_it(
    world: World, zeb: Person, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(leaving, "clear_up", killed)
        with pytest.raises(KeyboardInterrupt):
            leaving.erase(world.context, zeb.id, NOW)
    assert len(list(folder.glob("*.eml"))) == 2
    leaving.run(world.context, NOW)
    assert list(folder.glob("*.eml")) == []
    deliver.run(world.context, NOW)
    leaving.run(world.context, LATER)
    leaving.run(world.context, LATER)
    assert CANARIES[1] not in everything(world.context.database)


def test_killed_before_the_first_commit_nothing_has_happened(
    world: World, zeb: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    before = of_runner(world.context.database, zeb.id)
    monkeypatch.setattr(leaving.leaving, "still_here", killed)
    with pytest.raises(KeyboardInterrupt):
        leaving.erase(world.context, zeb.id, NOW)
    assert of_runner(world.context.database, zeb.id) == before


@pytest.mark.parametrize("step", ["list", "samples"])
def test_erased_while_strava_is_being_asked_nothing_comes_back(
    world: World, step: str, monkeypatch: pytest.MonkeyPatch, logged: list[dict[str, object]]
) -> None:
    world.ask_for_samples()
    whose = world.join(world.athlete(SPIKE_YESTERDAY))
    asked = {"list": "list_activities", "samples": "samples"}[step]
    original = getattr(world.context.strava, asked)

    def meanwhile(*given: object) -> object:
        answer = original(*given)
        with world.context.database.reading() as db:
            still_there = db.get(Runner, whose.id)
        if still_there:
            leaving.erase(world.context, whose.id, NOW)
        return answer

    monkeypatch.setattr(type(world.context.strava), asked, lambda _self, *given: meanwhile(*given))
    daily.run(world.context, passes_now(world.context.database, lambda: NOW, "this test"), NOW)
    assert {name for name, rows in of_runner(world.context.database, whose.id).items() if rows} == {"tombstone"}
    assert [line for line in logged if line["log_level"] == "error"] == []
    assert "left meanwhile" in [line["event"] for line in logged]


def test_a_letter_that_was_on_its_way_when_its_runner_was_erased_stops_no_other(
    world: World, zeb: Person, logged: list[dict[str, object]]
) -> None:
    with world.context.database.writing() as db:
        row = letters(db)[0]
        row.state, row.due_at = "queued", NOW
    send, first = world.context.send, [zeb.id]

    def meanwhile(message: object) -> None:
        while first:
            leaving.erase(world.context, first.pop(), NOW)
        send(message)  # type: ignore[arg-type]

    object.__setattr__(world.context, "send", meanwhile)
    assert deliver.run(world.context, NOW) == 1  # the confirmation
    assert [line for line in logged if line["log_level"] == "error"] == []
    leaving.run(world.context, LATER)
    (last,) = world.context.settings.mail.spool.glob("*.eml")
    assert "has been erased" in last.read_text()


def test_a_file_cannot_be_imported_for_somebody_who_left(world: World, zeb: Person) -> None:
    leaving.erase(world.context, zeb.id, NOW)
    with pytest.raises(Gone), world.context.database.writing() as db:
        write_activities(db, zeb.id, activities("5"), NOW)
    with pytest.raises(UserError, match="no runner"):
        importing.run(world.context, Path("activities.csv"), zeb.id, NOW)


def test_who_is_there_again_from_a_backup_goes_again(world: World, zeb: Person) -> None:
    with world.context.database.writing() as db:
        db.add(Tombstone(runner_id=zeb.id, at=NOW))
    leaving.run(world.context, NOW)
    with pytest.raises(UserError), world.context.database.reading() as db:
        person(db, zeb.id)


def test_an_erased_runners_permission_is_given_back(world: World, zeb: Person) -> None:
    leaving.erase(world.context, zeb.id, NOW)
    leaving.run(world.context, NOW)
    assert world.sandbox.requests[-1].path == "/oauth/revoke"
    assert world.sandbox.tokens.refresh_tokens == {}


@pytest.fixture
def console(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """The log as people see it, at DEBUG."""
    import structlog

    from monitor.cli.logs import show_logs
    from monitor.settings.sections import LogSettings

    show_logs(LogSettings(level="DEBUG"))
    yield
    structlog.reset_defaults()


def test_logs_at_debug_name_nobody(
    world: World,
    folder: Path,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    request.getfixturevalue("console")
    caplog.set_level("DEBUG")
    whose = request.getfixturevalue("zeb")

    def refuse(message: object) -> None:
        raise DeliveryError(f"550 <{CANARIES[1]}>: no such user")

    object.__setattr__(world.context, "send", refuse)
    world.sandbox.athletes[1].activities[0]["distance"] = -5
    world.pull(whose)
    world.sandbox.refuse(None, faults.status(503))
    world.pull(whose)
    world.sandbox.heal(None)
    leaving.erase(world.context, whose.id, NOW)
    deliver.run(world.context, NOW)
    leaving.run(world.context, LATER)
    told = capsys.readouterr()
    said = told.out + told.err + caplog.text
    assert "runner erased" in said
    assert "the recipient" in said
    assert [canary for canary in (*CANARIES, *world.context.secrets) if canary in said] == []
