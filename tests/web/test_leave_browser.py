"""The page to leave in a real browser, whose forms must pass as ours."""

import pytest

from monitor.store.tables import Runner
from monitor.web.links import own_key
from tests.jobs.conftest import SIX_WEEKS, world  # noqa: F401  (a fixture)
from tests.web.doors import app_of
from tests.web.looking import looked_over, shuts_out
from tests.web.serving import serving

pytestmark = looked_over


@pytest.fixture
def address(world):  # noqa: F811
    with serving(app_of(world.context)) as address:
        yield address


@pytest.fixture
def page(world, address, browser):  # noqa: F811
    """Ada's page, on a phone."""
    ada = world.join(world.athlete(SIX_WEEKS))
    world.one_pass()
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(f"{address}/leave?key={own_key(world.context.secrets, ada.id)}")
    yield page
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_that_shuts_somebody_out_and_a_phone_never_scrolls_sideways(page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.fill("#name", "Somebody else")
    page.click("button:has-text('Erase everything')")
    assert "Nothing was erased" in page.inner_text("main")
    assert shuts_out(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_runner_takes_a_copy_disconnects_and_erases_everything(world, page):  # noqa: F811
    with page.expect_download() as download:
        page.click("text=Download my data")
    assert download.value.suggested_filename == "hamwatch-2026-09-30.zip"
    page.click("button:has-text('Disconnect Strava')")
    assert page.inner_text("h1") == "Strava is disconnected"
    page.go_back()
    page.fill("#name", "Ada Test")
    page.click("button:has-text('Erase everything')")
    assert page.inner_text("h1") == "Everything about you is erased"
    with world.context.database.reading() as db:
        assert db.get(Runner, 1) is None
