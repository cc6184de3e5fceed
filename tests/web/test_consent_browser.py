"""One walk in a real browser: join, connect, one's own page, stop sharing."""

import socket
from datetime import timedelta

import pytest

from monitor.model import Origin
from monitor.store.activities import extend_coverage, write_activities
from tests.builders import activities
from tests.web.club import HABIT, NOW, TODAY
from tests.web.looking import looked_over, picture, shuts_out
from tests.web.serving import address_of, serving

LOOKS = [("light", 1280), ("dark", 360), ("light", 360), ("dark", 1280)]
ANN = 1

pytestmark = looked_over


@pytest.fixture
def address(office):
    """The pages under the address that Strava sends runners back to; Ann has eight weeks of files."""
    runs = activities(" ".join([HABIT] * 8), TODAY - timedelta(days=55), origin=Origin.RECORDING)
    with office.database.writing() as db:
        write_activities(db, ANN, runs, NOW)
        extend_coverage(db, ANN, Origin.RECORDING, [*(run.day for run in runs), TODAY])
    listening = socket.create_server(("127.0.0.1", 0))
    office.base_url = address_of(listening)
    with serving(office.app(), listening) as address:
        yield address


@pytest.fixture
def page(browser):
    """A browser of the runner's, that follows its pages' own policies."""
    page = browser.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    yield page
    page.close()


def look(page, name):
    """Nobody is shut out of this page, at a desk and on a phone, by day and by night."""
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width, name
        picture(page, f"consent-{name}-{width}-{scheme}")
    checked = page.context.browser.new_context(bypass_csp=True)
    for scheme in ("light", "dark"):  # axe needs a page that lets scripts in
        copy = checked.new_page()
        copy.emulate_media(color_scheme=scheme)
        copy.goto(page.url)
        assert shuts_out(copy) == []
    checked.close()


def test_join_connect_look_stop_and_the_board_names_the_runner_no_more(page, office, address):
    page.goto(f"{address}{office.invitation()}")
    look(page, "1-join")
    page.get_by_role("button", name="I agree: Ann Lee joins Harriers").click()
    page.get_by_text("You share your training with Harriers").wait_for()
    look(page, "2-your-data-before-strava")

    page.get_by_role("link", name="Connect with Strava").click()
    look(page, "3-connect")
    page.get_by_role("button", name="Connect with Strava").click()
    page.get_by_role("link", name="Ann Lee").click()  # on the sandbox's page: who are you?
    page.get_by_text("Strava gave permission for the account of Ann Lee").wait_for()
    look(page, "3-is-this-you")
    assert office.connected() == []
    page.get_by_role("button", name="Yes, it is mine").click()
    page.get_by_text("Connected to the Strava account of Ann Lee. Not you?").wait_for()
    look(page, "4-connected")
    assert office.connected() == [ANN]

    page.goto(f"{address}/teams/1")
    page.get_by_role("link", name="Ann Lee").wait_for()
    look(page, "5-board-with-ann")
    page.go_back()
    page.get_by_role("link", name="Your own page").click()
    look(page, "6-your-data")
    page.get_by_role("button", name="Stop sharing").click()
    page.get_by_text("You do not share your training with Harriers").wait_for()
    look(page, "7-your-data-stopped")

    page.goto(f"{address}/teams/1")
    page.get_by_text("2 runners have not agreed yet").wait_for()
    assert page.get_by_text("Ann Lee").count() == 0
    look(page, "8-board-without-ann")
    assert [text for text in page.complaints if "404" not in text] == []  # the sandbox has no icon
