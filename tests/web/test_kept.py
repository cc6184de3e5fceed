"""Rows and pages that were made before are shown again only while a look at the database would give the same."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from monitor.model import Amendment, Change, Event, EventKind, Injury, Origin, Site
from monitor.rules import RULES
from monitor.rules.assessing import assessed
from monitor.rules.freshness import Access
from monitor.settings import without_environment
from monitor.store.activities import remove_activities, stored_activities, write_activities
from monitor.store.amendments import amend
from monitor.store.check_ins import save_check_in
from monitor.store.connections import note_access
from monitor.store.consents import WORDING, Subject, give, team_wording, withdraw
from monitor.store.exposures import MOST_TIMES, put_off, write_exposures
from monitor.store.findings import save_findings
from monitor.store.groups import join_group
from monitor.store.heartbeats import beat
from monitor.store.log import add_event, add_injury, set_profile
from monitor.store.source_state import note_fault
from monitor.store.tables import Runner, Team
from monitor.store.training import training_log
from monitor.symptoms.check_in import CheckIn
from monitor.watch import Part
from monitor.web.app import create_app
from monitor.web.kept import MOST_PAGES, Pages, Stamp
from monitor.web.team import team as board_of
from tests.builders import activities, activity
from tests.store.made import connected
from tests.web.club import HABIT, NOW, TODAY, add, browser_of
from tests.web.samples import samples

ANN = 1
RUNS = activities(" ".join([HABIT] * 10), TODAY - timedelta(days=69), origin=Origin.STRAVA)
HURTS = CheckIn(day=TODAY, participation=2, modification=2, performance=2, symptoms=2, there=True, pain=5)


@dataclass
class Clock:
    now: datetime = NOW


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def team(empty):
    """Ann and Ben, whose coaches see their runs from Strava, too; Ann's check-ins they hear of."""
    for name in ("Ann", "Ben"):
        add(empty, name, RUNS)
    with empty.writing() as db:
        connected(db, ANN)
        give(db, ANN, Subject.SYMPTOMS, WORDING[Subject.SYMPTOMS], NOW)
    return empty


def pages_of(database, clock):
    settings = without_environment({"strava": {"coach_sharing": True}})
    return browser_of(create_app(database.reading, database.commits, RULES, lambda: clock.now, settings))


def judge_anew(db, day=TODAY):
    save_findings(db, ANN, date(2026, 1, 1), day, assessed(training_log(db, ANN), RULES, date(2026, 1, 1), day))


def run_long(db):
    write_activities(db, ANN, [activity(f"{TODAY} 08:00", 30_000)], NOW)


def lose_a_run(db):
    remove_activities(db, ANN, Origin.STRAVA, [stored_activities(db, ANN)[-1].origin_id])


def lose_samples(db):
    for _ in range(MOST_TIMES):
        put_off(db, ANN, stored_activities(db, ANN)[-1].key, NOW)


def leave_a_run_out(db):
    amend(db, ANN, Amendment(stored_activities(db, ANN)[-1].key, Change.EXCLUDE, reason="a ride"), NOW)


CHANGES = {
    "a run": run_long,
    "a run that is gone": lose_a_run,
    "samples": lambda db: write_exposures(db, ANN, [(run.key, samples(0)) for run in stored_activities(db, ANN)], NOW),
    "samples that Strava does not give": lose_samples,
    "findings": lambda db: (run_long(db), judge_anew(db)),
    "an injury": lambda db: add_injury(db, ANN, Injury(Site.HAMSTRING, "left", TODAY)),
    "an event": lambda db: add_event(db, ANN, Event(EventKind.HOLIDAY, TODAY, TODAY)),
    "a profile": lambda db: set_profile(db, ANN, fast_mps=4.0),
    "a check-in": lambda db: save_check_in(db, ANN, HURTS, NOW),
    "a lost permission": lambda db: note_access(db, ANN, Access.REVOKED, NOW, "revoked"),
    "no word of Strava": lambda db: give(db, ANN, Subject.TEAM, team_wording(strava_is_shared=False), NOW),
    "a name": lambda db: db.execute(sa.update(Runner).where(Runner.id == ANN).values(name="Anna")),
    "a zone": lambda db: db.execute(sa.update(Runner).where(Runner.id == ANN).values(timezone="Pacific/Auckland")),
    "an end to sharing": lambda db: withdraw(db, ANN, Subject.TEAM, NOW),
    "a run that does not count": leave_a_run_out,
    "a group": lambda db: join_group(db, ANN, "Sprinters"),
    "a team of another name": lambda db: db.execute(sa.update(Team).values(name="Hares")),
    "a runner of another team": lambda db: db.execute(sa.update(Runner).where(Runner.id == ANN).values(team_id=None)),
    "an end to all": lambda db: db.delete(db.get_one(Runner, ANN)),
    "Strava that is down": lambda db: note_fault(db, ANN, "down", NOW, app_wide=True, retry_at=None),
    "a silent worker": lambda db: beat(db, Part.WORKER, NOW - timedelta(minutes=1), timedelta(seconds=45)),
}
SHOWN_AT_ONCE = set(CHANGES) - {"an event", "a profile", "samples", "an injury", "a zone"}
PAGES = ("", "/heat-map", "/report", "/compare?left=1&right=2", "/runners/1")


def shown(browser):
    """Pages of each kind; of one that is not there, that it is not."""
    answers = [browser.get(f"/teams/1{page}") for page in ("", "/heat-map", "/runners/1")]
    return [answer.text if answer.status_code == 200 else answer.status_code for answer in answers]


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_pages_are_those_of_somebody_who_never_looked_before(team, clock, change):
    looking = pages_of(team, clock)
    before = shown(looking)
    with team.writing() as db:
        CHANGES[change](db)
    after = shown(looking)
    assert after == shown(pages_of(team, clock))
    assert change not in SHOWN_AT_ONCE or after[0] != before[0]


@pytest.mark.parametrize("page", ["/runners", *(f"/teams/1{page}" for page in PAGES)])
def test_a_page_that_did_not_change_is_neither_judged_nor_drawn_again(team, clock, page):
    opened = []

    def counted():
        opened.append(1)
        return team.reading()

    looking = browser_of(create_app(counted, team.commits, RULES, lambda: clock.now, without_environment({})))
    first = looking.get(page)
    opened.clear()
    second = looking.get(page)
    assert (second.status_code, second.text) == (200, first.text)
    assert opened == []
    assert second.headers["cache-control"] == "no-store"
    assert looking.get(page, headers={"Accept-Encoding": "identity"}).text == first.text


def test_after_something_was_written_that_a_page_does_not_show_it_is_looked_at_and_not_drawn(team, clock):
    pages, looked, drawn = Pages(), [], []

    def ask(moment, banner=()):
        stamp = Stamp(b"", banner, NOW)
        return pages.page("/", moment, lambda: looked.append(1) or stamp, lambda _: drawn.append(1) or b"")

    first = ask(1)
    assert [ask(1), ask(2), ask(2)] == [first] * 3
    assert (len(looked), len(drawn)) == (2, 1)
    ask(3, ("The worker is late.",))
    assert (len(looked), len(drawn)) == (3, 2)


def test_as_many_pages_are_kept_as_were_asked_for_last():
    pages, drawn, stamp = Pages(), [], Stamp(b"", (), NOW)
    for n in (*range(MOST_PAGES + 1), MOST_PAGES, 0):
        pages.page(str(n), 0, lambda: stamp, lambda _, n=n: drawn.append(n) or b"")
    assert drawn == [*range(MOST_PAGES + 1), 0]


def test_a_check_in_is_gone_from_the_board_at_the_next_look_after_the_word_was_taken_back(team, clock):
    with team.writing() as db:
        save_check_in(db, ANN, HURTS, NOW)
    looking = pages_of(team, clock)
    assert "32 of 100" in looking.get("/teams/1").text
    with team.writing() as db:
        withdraw(db, ANN, Subject.SYMPTOMS, NOW)
    assert "of 100" not in looking.get("/teams/1").text.partition("<tbody")[2].partition("</tbody>")[0]


@pytest.mark.parametrize("later", [timedelta(hours=40), timedelta(days=1), timedelta(days=12)], ids=str)
def test_time_alone_changes_what_is_said(team, clock, later):
    looking = pages_of(team, clock)
    before = looking.get("/teams/1").text
    clock.now += later
    after = looking.get("/teams/1").text
    assert after == pages_of(team, clock).get("/teams/1").text
    assert after.partition("<tbody")[2] != before.partition("<tbody")[2]


def test_only_who_changed_is_judged_anew(team, clock):
    shell = pages_of(team, clock).app.state.shell
    before = {row.name: row for row in board_of(shell, 1, NOW).rows}
    with team.writing() as db:
        run_long(db)
    after = {row.name: row for row in board_of(shell, 1, NOW).rows}
    assert after["Ben"] is before["Ben"]
    assert after["Ann"] is not before["Ann"]


def test_of_who_left_nothing_is_kept(team, clock):
    looking = pages_of(team, clock)
    looking.get("/teams/1")
    kept = looking.app.state.shell.kept
    assert "Ann" in repr(vars(kept))
    with team.writing() as db:
        db.delete(db.get_one(Runner, ANN))
    looking.get("/teams/1")
    assert "Ann" not in repr(vars(kept))
