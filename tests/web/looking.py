"""What every test in a real browser looks for. SHOTS names a folder for pictures."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
SHOTS = os.environ.get("SHOTS")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

in_a_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists() and os.environ.get("HAMWATCH_REQUIRE_ALL") != "1",
        reason=f"no Chromium at {CHROMIUM}: install it or name it in CHROMIUM",
    ),
]

looked_over = [*in_a_browser, pytest.mark.drill]  # page by page, in every width and light


def shuts_out(page):
    """What of this page shuts somebody out (WCAG 2.2 AA, as axe finds it): each rule with the places."""
    found = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]})
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found.response["violations"]]


def picture(page, name):
    """Taken where somebody wants to look."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def tab_to(page, name):
    """Press Tab until this stands under the keyboard."""
    said = "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()"
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(said).startswith(name):
            return
    raise AssertionError(f"the keyboard does not reach {name}")
