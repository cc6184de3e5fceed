"""The operator's page in a real browser, empty and full. SHOTS names a folder for pictures."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.web import test_browser
from tests.web.club import app_of
from tests.web.serving import serving
from tests.web.test_browser import browser  # noqa: F401  (a fixture)
from tests.web.test_operator import trouble

SHOTS = os.environ.get("SHOTS")
WIDTHS = (360, 768, 1440)

pytestmark = test_browser.pytestmark


@pytest.mark.parametrize("filled", [False, True], ids=["empty", "full"])
def test_nobody_is_shut_out_of_it_at_any_width_by_day_or_night(browser, empty, filled):  # noqa: F811
    with serving(app_of(trouble(empty) if filled else empty)) as address:
        for scheme in ("light", "dark"):
            context = browser.new_context(color_scheme=scheme, bypass_csp=True)
            page = context.new_page()
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                assert page.goto(f"{address}/operator").status == 200
                assert page.evaluate("document.documentElement.scrollWidth") == width
                if SHOTS:
                    name = f"operator-{'full' if filled else 'empty'}-{width}-{scheme}.png"
                    page.screenshot(path=Path(SHOTS) / name, full_page=True)
            found = Axe().run(page, options={"runOnly": test_browser.TAGS, "resultTypes": ["violations"]})
            assert [(each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]] == []
            context.close()


def test_it_breaks_none_of_its_own_rules_and_needs_no_script(browser, empty):  # noqa: F811
    with serving(app_of(trouble(empty))) as address:
        context = browser.new_context(java_script_enabled=False)
        page, complaints = context.new_page(), []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"{address}/operator")
        assert page.get_by_role("heading", name="Needs a person").is_visible()
        assert page.get_by_role("region", name="Jobs as a table").get_by_role("row").count() == 6
        assert complaints == []
        context.close()
