"""A runner of whom every table holds something, and what is left of them."""

from datetime import date, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import SQLModel, select

from jobs import coaching
from monitor.alerts.answers import Say
from monitor.alerts.units import Units
from monitor.delivery import spool
from monitor.model import Amendment, Change, Event, EventKind, Finding, Injury, Level, Origin, Site
from monitor.store.activities import quarantine
from monitor.store.amendments import amend
from monitor.store.answers import answer
from monitor.store.api_tokens import add_token
from monitor.store.channels import add_channel
from monitor.store.check_ins import save_check_in
from monitor.store.coaches import add_coach
from monitor.store.consents import Subject, give, team_wording
from monitor.store.corrections import keep_former
from monitor.store.database import Database
from monitor.store.groups import join_group
from monitor.store.invitations import invite, invite_runner
from monitor.store.log import add_event, add_injury, set_profile
from monitor.store.mail_choices import MailList, switch
from monitor.store.own_settings import set_own
from monitor.store.passkeys import add_passkey
from monitor.store.people import Person
from monitor.store.sessions import Identity, begin_session
from monitor.store.sign_ins import Way, begin
from monitor.store.strava_tables import Deferral, OauthState, StravaEvent
from monitor.store.tables import ActivityRow
from monitor.store.unconfirmed import Account, keep
from monitor.symptoms.check_in import CheckIn
from tests.jobs.conftest import NOW, SPIKE_YESTERDAY, World

TO_A_COACH = NOW + timedelta(hours=1)
LATER = NOW + timedelta(minutes=3)
CANARIES = ("Zebulon", "zebulon@canary.example", "Canary Hill Repeats", "canary-channel")


def spooling(world: World, place: Path) -> Path:
    """From now on mail goes into a spool at this *place*, and coaches may see what Strava told."""
    world.set(mail={"spool": place}, strava={"coach_sharing": True})
    object.__setattr__(world.context, "send", spool(place))
    return place


def known_everywhere(world: World) -> Person:
    """A runner of whom every table holds something."""
    athlete = world.athlete(SPIKE_YESTERDAY)
    athlete.first_name, athlete.email = CANARIES[0], CANARIES[1]
    for row in athlete.activities:
        row["name"] = CANARIES[2]
    whose = world.join(athlete)
    world.ask_for_samples(1)
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
