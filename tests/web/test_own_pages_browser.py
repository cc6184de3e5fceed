"""A runner's own pages in a real browser: everything by keyboard alone, readable for everybody."""

from datetime import timedelta

import pytest

from monitor.model import Event, EventKind, Injury, Origin, Site
from monitor.store.activities import extend_coverage, write_activities
from monitor.store.amendments import amendments
from monitor.store.exposures import write_exposures
from monitor.store.log import add_event, add_injury, events, injuries, set_profile
from monitor.store.own_settings import locale_of, units_of
from monitor.web.links import own_url
from tests.builders import activities
from tests.web.club import HABIT, NOW, TODAY
from tests.web.looking import looked_over, tab_to
from tests.web.office import SECRETS
from tests.web.samples import samples
from tests.web.test_consent_browser import ANN, address, look, page  # noqa: F401  (two fixtures)

BOB = 2
OWN_PAGES = ["my/events", "my/settings"]

pytestmark = looked_over


def training(runner_id=ANN):
    return own_url("", SECRETS, runner_id, f"runners/{runner_id}")


@pytest.fixture
def full(office, address):  # noqa: F811
    """Ann, whose runs have samples, one of which is far too long."""
    runs = activities(" ".join([HABIT] * 12), TODAY - timedelta(days=83), origin=Origin.RECORDING)
    spike = activities("22.5", TODAY - timedelta(days=3), origin=Origin.RECORDING)
    with office.database.writing() as db:
        write_activities(db, ANN, [*runs, *spike], NOW)
        extend_coverage(db, ANN, Origin.RECORDING, [runs[0].day, TODAY])
        write_exposures(db, ANN, [(run.key, samples(fast_m=50 * run.day.day)) for run in [*runs, *spike]], NOW)
        set_profile(db, ANN, fast_mps=4.5)
    return address


def test_a_run_is_corrected_by_keyboard_alone_and_taken_back(page, office, full):  # noqa: F811
    page.goto(f"{full}{training()}")
    look(page, "runner")
    tab_to(page, "correct")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="The distance is wrong").wait_for()
    look(page, "correct")
    tab_to(page, "It was [km]")
    page.keyboard.type("10.5")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Corrected by you").wait_for()
    look(page, "corrected")
    with office.database.reading() as db:
        assert [each.value for each in amendments(db, ANN)] == [10_500]
    page.goto(f"{full}{training()}")
    page.get_by_text("corrected by you", exact=True).wait_for()
    page.go_back()
    tab_to(page, "Take back")
    page.keyboard.press("Enter")
    page.get_by_text("Saved.").wait_for()
    with office.database.reading() as db:
        assert amendments(db, ANN) == []
    assert page.complaints == []


def test_an_injury_and_an_event_are_noted_by_keyboard(page, office, full):  # noqa: F811
    page.goto(f"{full}{own_url('', SECRETS, ANN, 'my/events')}")
    look(page, "events-empty")
    for button in ("Note the injury", "Note it"):
        tab_to(page, button)
        page.keyboard.press("Enter")
        page.get_by_text("Saved.").wait_for()
    look(page, "events")
    with office.database.reading() as db:
        assert (len(injuries(db, ANN)), len(events(db, ANN))) == (1, 1)
    tab_to(page, "It is over")
    page.keyboard.press("Enter")
    page.get_by_text("It is over").wait_for(state="detached")
    assert page.complaints == []


def test_miles_and_a_country_are_chosen_and_the_training_reads_in_them(page, office, full):  # noqa: F811
    page.goto(f"{full}{own_url('', SECRETS, ANN, 'my/settings')}")
    look(page, "settings")
    page.get_by_label("Distances in").select_option("miles")
    tab_to(page, "Dates and numbers as in")
    page.keyboard.type("Germany")
    tab_to(page, "Save")
    page.keyboard.press("Enter")
    page.get_by_text("Saved.").wait_for()
    with office.database.reading() as db:
        assert (units_of(db, ANN), locale_of(db, ANN).tag) == ("miles", "en-DE")
    page.get_by_role("link", name="Your training").click()
    page.get_by_role("heading", name="Long, fast, uphill").wait_for()
    page.get_by_text("14,0 mi", exact=False).first.wait_for()
    look(page, "runner-miles")


def test_pages_of_a_runner_without_a_run_are_readable_as_well(page, office, address):  # noqa: F811
    page.goto(f"{address}{training(BOB)}")
    look(page, "runner-empty")
    for name in OWN_PAGES:
        page.goto(f"{address}{own_url('', SECRETS, BOB, name)}")
        look(page, f"{name.partition('/')[2]}-empty")


def test_a_long_list_of_entries_fits_a_phone(page, office, full):  # noqa: F811
    with office.database.writing() as db:
        for days in (30, 60, 90):
            add_injury(db, ANN, Injury(Site.HIGH_HAMSTRING, "both", TODAY - timedelta(days=days)))
            add_event(db, ANN, Event(EventKind.HOLIDAY, TODAY, TODAY + timedelta(days=days)))
    page.goto(f"{full}{own_url('', SECRETS, ANN, 'my/events')}")
    look(page, "events-many")
