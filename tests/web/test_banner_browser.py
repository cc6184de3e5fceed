"""The banner in a real browser."""

from datetime import timedelta

import pytest

from monitor.store.heartbeats import beat
from monitor.watch import Part
from tests.web.club import NOW, app_of, full_club
from tests.web.looking import looked_over, shuts_out
from tests.web.serving import serving

pytestmark = looked_over


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    database = full_club(tmp_path_factory.mktemp("silent"))
    with database.writing() as db:
        beat(db, Part.WORKER, NOW - timedelta(minutes=1), timedelta(seconds=45))
    with serving(app_of(database)) as address:
        yield address
    database.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/teams/1", "/runners", "/runners/1"])
def test_axe_finds_nothing_that_shuts_somebody_out_and_a_phone_never_scrolls_sideways(address, browser, path, scheme):
    page = browser.new_page(viewport={"width": 360, "height": 800}, color_scheme=scheme)
    page.goto(address + path)
    page.get_by_role("status").wait_for()
    assert shuts_out(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.close()
