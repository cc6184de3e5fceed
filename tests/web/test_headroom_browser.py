"""The way back in a real browser: readable for everybody, in the dark and on a phone."""

from datetime import timedelta

import pytest

from monitor.model import Injury, Origin, Site
from monitor.store.log import add_injury
from tests.builders import activities
from tests.web.club import HABIT, TODAY, add, app_of
from tests.web.looking import looked_over, shuts_out
from tests.web.serving import serving

pytestmark = looked_over


@pytest.fixture
def address(empty):
    """The page of a runner with an open injury."""
    runs = activities(" ".join([HABIT] * 8), TODAY - timedelta(days=55), origin=Origin.RECORDING)
    runner_id = add(empty, "Ida", runs)
    with empty.writing() as db:
        add_injury(db, runner_id, Injury(Site.HAMSTRING, "left", TODAY - timedelta(days=20)))
    with serving(app_of(empty)) as address:
        yield f"{address}/runners/{runner_id}"


def test_the_ladder_shuts_nobody_out(browser, address):
    for scheme, width in (("light", 1280), ("dark", 360)):
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
        page.goto(address)
        page.get_by_text("What these steps rest on").click()
        assert shuts_out(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.get_by_role("listitem").filter(has_text="you are about here").wait_for()
        page.close()
