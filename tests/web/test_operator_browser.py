"""The operator's page in a real browser, empty and full."""

import pytest

from tests.web.club import app_of
from tests.web.looking import looked_over, picture, shuts_out
from tests.web.serving import serving
from tests.web.test_operator import trouble

WIDTHS = (360, 768, 1440)

pytestmark = looked_over


@pytest.mark.parametrize("filled", [False, True], ids=["empty", "full"])
def test_nobody_is_shut_out_of_it_at_any_width_by_day_or_night(browser, empty, filled):
    with serving(app_of(trouble(empty) if filled else empty)) as address:
        for scheme in ("light", "dark"):
            context = browser.new_context(color_scheme=scheme, bypass_csp=True)
            page = context.new_page()
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                assert page.goto(f"{address}/operator").status == 200
                assert page.evaluate("document.documentElement.scrollWidth") == width
                picture(page, f"operator-{'full' if filled else 'empty'}-{width}-{scheme}")
            assert shuts_out(page) == []
            context.close()


def test_it_breaks_none_of_its_own_rules_and_needs_no_script(browser, empty):
    with serving(app_of(trouble(empty))) as address:
        context = browser.new_context(java_script_enabled=False)
        page, complaints = context.new_page(), []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"{address}/operator")
        page.get_by_role("heading", name="Needs a person").wait_for()
        assert page.get_by_role("region", name="Jobs as a table").get_by_role("row").count() == 7
        assert complaints == []
        context.close()
