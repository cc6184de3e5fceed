"""A runner's settings, events and injuries on pages of their own: what they keep, and whose they are."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from jobs.outgoing import due_at
from monitor.alerts.answers import Say
from monitor.alerts.units import Units
from monitor.model import Event, EventKind, Finding, Injury, Level, Origin, Profile, Site
from monitor.settings import without_environment
from monitor.store.activities import extend_coverage, write_activities
from monitor.store.answers import answer
from monitor.store.exposures import write_exposures
from monitor.store.findings import save_findings
from monitor.store.log import add_event, add_injury, events, injuries, profile, set_profile
from monitor.store.own_settings import own_settings, quiet_hours, units_of
from monitor.store.people import person
from monitor.store.tables import Runner
from monitor.web.links import own_key, own_path
from tests.builders import activities
from tests.web.club import HABIT, NOW, TODAY
from tests.web.office import SECRETS
from tests.web.samples import samples
from tests.web.test_runner import table, text_of

ANN, BOB = 1, 2
KEY, FOREIGN = own_key(SECRETS, ANN), own_key(SECRETS, BOB)
DAY = timedelta(days=1)
STRAIN = Injury(Site.HAMSTRING, "left", TODAY - 20 * DAY)
EVERYBODY, LATE = (21, 7), datetime(2026, 11, 22, 22, tzinfo=UTC)
ORDINARY = {"timezone": "Europe/Paris", "units": "km"}


@pytest.fixture
def browser(office):
    return office.browser()


def runs_of(office):
    """Eight weeks of Ann's, with 300 fast metres in each run."""
    runs = activities(" ".join([HABIT] * 8), TODAY - timedelta(days=55), origin=Origin.RECORDING)
    with office.database.writing() as db:
        write_activities(db, ANN, runs, NOW)
        extend_coverage(db, ANN, Origin.RECORDING, [runs[0].day, TODAY])
        write_exposures(db, ANN, [(run.key, samples(fast_m=300)) for run in runs], NOW)
        set_profile(db, ANN, fast_mps=4.5)
    return runs


def send(browser, path, key=KEY, **given):
    return browser.post(path, data={"key": key, **given})


def kept(office, what, runner_id=ANN):
    with office.database.reading() as db:
        return what(db, runner_id)


def training(browser):
    return browser.get(f"/runners/{ANN}?key={KEY}").text


def test_an_event_is_noted_and_removed(office, browser):
    send(browser, "/my/events", kind="taper", first="2026-12-01", last="2026-12-10")
    send(browser, "/my/events", kind="race", first="2026-12-11")
    [(taper, told), (_, race)] = kept(office, events).items()
    assert told == Event(EventKind.TAPER, date(2026, 12, 1), date(2026, 12, 10))
    assert race == Event(EventKind.RACE, date(2026, 12, 11), date(2026, 12, 11))
    send(browser, "/my/events/remove", number=taper)
    assert list(kept(office, events).values()) == [race]


def test_an_injury_is_noted_ended_and_removed(office, browser):
    send(browser, "/my/injuries", site="hamstring strain", side="left", onset=STRAIN.onset)
    [(number, told)] = kept(office, injuries).items()
    assert told == STRAIN
    assert "hamstring strain, left" in text_of(browser.get(own_path(KEY, "/my/events")).text)
    send(browser, "/my/injuries/end", number=number, ended=TODAY)
    assert kept(office, injuries)[number].ended == TODAY
    send(browser, "/my/injuries/remove", number=number)
    assert kept(office, injuries) == {}


@pytest.mark.parametrize(
    ("path", "given"),
    [
        pytest.param("/my/events", {"kind": "race", "first": "2026-12-11", "last": "2026-12-10"}, id="ends too early"),
        pytest.param("/my/events", {"kind": "race", "first": "2026-12-11", "last": "9999-12-31"}, id="never ends"),
        pytest.param("/my/injuries", {"site": "other", "side": "left", "onset": TODAY + DAY}, id="to come"),
        pytest.param("/my/injuries", {"site": "other", "side": "up", "onset": TODAY}, id="no side"),
        pytest.param("/my/injuries/end", {"number": 1, "ended": TODAY + DAY}, id="ends in days to come"),
        pytest.param("/my/injuries/end", {"number": 1, "ended": TODAY - 30 * DAY}, id="ends before it began"),
    ],
)
def test_what_the_command_line_refuses_the_page_refuses_too(office, browser, path, given):
    with office.database.writing() as db:
        add_injury(db, ANN, STRAIN)
    assert send(browser, path, **given).status_code == 400
    assert (kept(office, events), list(kept(office, injuries).values())) == ({}, [STRAIN])


@pytest.mark.parametrize(
    ("path", "given"),
    [("/my/events/remove", {}), ("/my/injuries/remove", {}), ("/my/injuries/end", {"ended": TODAY})],
)
def test_nobody_changes_the_entry_of_another(office, browser, path, given):
    with office.database.writing() as db:
        number = add_injury(db, ANN, STRAIN)
        assert add_event(db, ANN, Event(EventKind.RACE, TODAY, TODAY)) == number
    assert send(browser, path, key=FOREIGN, number=number, **given).status_code == 400
    assert list(kept(office, injuries).values()) == [STRAIN]
    assert len(kept(office, events)) == 1


def test_without_a_key_every_page_of_ones_own_answers_alike_and_tells_nothing(browser):
    pages = ("/your-data", "/check-in", "/check-ins", "/mails", "/my/events", "/my/settings")
    keys = ("", "forged", own_key(SECRETS, 99), own_key(("another secret of thirty-two characters",), ANN))
    answers = [browser.get(own_path(key, page)) for page in pages for key in keys]
    answers += [send(browser, page, key="", kind="race", first="2026-12-11", **ORDINARY) for page in pages[-2:]]
    answers += [send(browser, "/mails", key="", weekday=0), send(browser, "/your-data", key="", act="stop")]
    answers += [send(browser, "/check-in", key="forged", participation=1)]
    assert {(each.status_code, text_of(each.text)) for each in answers} == {(404, text_of(answers[0].text))}
    assert "not valid any more: ask for a new one" in answers[0].text


@pytest.mark.parametrize("page", ["/my/events", "/my/settings", "/my/settings/figures", "/my/injuries"])
def test_no_other_site_sends_these_forms(browser, page):
    given = {"key": KEY, "kind": "race", "first": "2026-12-11", "site": "other", "side": "left", "onset": "2026-11-01"}
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert browser.post(page, data=given | ORDINARY, headers=foreign).status_code == 403


def test_zone_and_quiet_hours_of_ones_own_beat_those_of_everybody(office, browser):
    send(browser, "/my/settings", timezone="Asia/Tokyo", units="km", quiet_from="23", quiet_until="5")
    assert kept(office, person).timezone == "Asia/Tokyo"
    assert kept(office, lambda db, who: quiet_hours(db, who, EVERYBODY)) == (23, 5)
    assert kept(office, lambda db, who: quiet_hours(db, who, EVERYBODY), BOB) == EVERYBODY


@pytest.mark.parametrize(
    ("own", "hours"),
    [({}, 8), ({"quiet_from": "0", "quiet_until": "6"}, 0), ({"quiet_from": "20", "quiet_until": "9"}, 10)],
)
def test_a_letter_waits_for_the_end_of_the_runners_own_night(office, browser, own, hours):
    """At 23:00 in Paris; everybody's quiet hours end at 7:00."""
    send(browser, "/my/settings", **ORDINARY, **own)
    context = SimpleNamespace(settings=without_environment({}))
    with office.database.reading() as db:
        row = SimpleNamespace(person=person(db, ANN))
        assert due_at(db, context, row, LATE) - LATE == timedelta(hours=hours)


@pytest.mark.parametrize(
    "wrong", [{"timezone": "Mars/Olympus"}, {"quiet_from": "22"}, {"quiet_until": "7"}], ids=["zone", "from", "until"]
)
def test_a_setting_that_cannot_be_changes_nothing(office, browser, wrong):
    assert send(browser, "/my/settings", **ORDINARY | {"units": "miles"} | wrong).status_code == 400
    assert kept(office, units_of) is Units.KM
    assert kept(office, own_settings).quiet_from is None


def test_a_zone_that_is_not_known_here_is_told_until_another_one_is_chosen(office, browser):
    """M10."""
    with office.database.writing() as db:
        db.get_one(Runner, ANN).timezone = "Mars/Base"
    said = "The time zone Mars/Base is not known here; your times are UTC. Remedy: choose another one"
    assert said in text_of(browser.get(own_path(KEY, "/my/settings")).text)
    send(browser, "/my/settings", **ORDINARY)
    assert "not known here" not in text_of(browser.get(own_path(KEY, "/my/settings")).text)


def test_figures_are_kept_and_an_empty_field_forgets_one(office, browser):
    send(browser, "/my/settings/figures", fast_mps="4.4", max_heartrate_bpm="190", sex="women")
    assert kept(office, profile) == Profile(fast_mps=4.4, max_heartrate_bpm=190, sex="women")
    send(browser, "/my/settings/figures", fast_mps="", max_heartrate_bpm="188", sex="")
    assert kept(office, profile) == Profile(max_heartrate_bpm=188)
    assert send(browser, "/my/settings/figures", fast_mps="44").status_code == 400
    assert kept(office, profile) == Profile(max_heartrate_bpm=188)


def test_the_training_page_reads_in_miles_and_says_nothing_of_kilometres(office, browser):
    runs_of(office)
    send(browser, "/my/settings", timezone="Europe/Paris", units="miles")
    html = training(browser)
    assert table(html, "Runs of the last 8 weeks")[0][1] == "6.2"  # 10 km
    assert "up to 6.8 mi" in text_of(html)  # 11 km
    assert " km" not in text_of(html.partition("<main")[2].partition("<footer")[0]).replace("per km", "")


def test_todays_headroom_comes_first(office, browser):
    runs_of(office)
    said = text_of(training(browser))
    assert said.index("Before the next run") < said.index("No line crossed.") < said.index("7-day mean")


def test_the_pictures_have_a_title_and_their_numbers_stand_in_a_table(office, browser):
    runs_of(office)
    html = training(browser)
    for title in ("Fast metres a week", "Uphill metres a week", "Longest run of each day"):
        assert f"<title>{title} of Ann Lee" in html
    weeks = table(html, "Fast and uphill metres by week as a table")
    assert len(weeks) == 8
    assert weeks[0][1:] == ["1200", "0"]  # four runs of 300 m at 5 m/s; no hill
    long_runs = table(html, "Longest runs as a table")
    assert long_runs[0] == ["Sat 21 Nov", "10.0", "10.0", "1.00"]


def test_without_samples_no_empty_picture_is_drawn(office, browser):
    runs = runs_of(office)
    with office.database.writing() as db:
        write_exposures(db, ANN, [(run.key, None) for run in runs], NOW)
    html = training(browser)
    assert "Fast and uphill metres are not known" in html
    assert "Fast metres a week" not in html


def test_the_calendar_holds_twelve_weeks_a_row_each(office, browser):
    runs_of(office)
    rows = table(training(browser), "Calendar of the last 12 weeks")
    assert len(rows) == 12
    assert rows[0][0] == "16 Nov"
    assert rows[0][-1] == "32.0"
    assert "10.0" in rows[0][6]
    assert "rest" in rows[0][7]
    assert "not known" in rows[-1][1]


def test_an_answer_stands_beside_the_finding_it_is_about_for_the_runner_alone(office, browser):
    runs_of(office)
    found = Finding("no_rest_day", TODAY - 5 * DAY, Level.WATCH, 15.0)
    with office.database.writing() as db:
        save_findings(db, ANN, found.day, found.day, [found])
        answer(db, ANN, [found], Say.PLANNED, NOW)
    assert "You answered: It was planned (Sun 22 Nov)." in text_of(training(browser))
    assert "You answered" not in browser.get(f"/teams/1/runners/{ANN}").text
