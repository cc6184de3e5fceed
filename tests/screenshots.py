"""Pictures of a running Hamwatch: `python -m tests.screenshots http://127.0.0.1:8000 docs`, for the README."""

import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
WIDTHS = {"desk": 1280, "phone": 390}


def main(address: str, folder: Path) -> None:
    """The board, its first runner and the evidence, light and dark, for a desk and for a phone."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            for width in WIDTHS:
                take(browser, address, folder, scheme, width)
        browser.close()


def take(browser: Browser, address: str, folder: Path, scheme: str, width: str) -> None:
    context = browser.new_context(
        viewport={"width": WIDTHS[width], "height": 900}, color_scheme=scheme, device_scale_factor=1.5
    )
    page = context.new_page()
    page.goto(f"{address}/runners")
    page.screenshot(path=folder / f"board-{scheme}-{width}.png")
    page.locator("table.board th a").first.click()
    page.screenshot(path=folder / f"runner-{scheme}-{width}.png")
    page.goto(f"{address}/evidence")
    page.screenshot(path=folder / f"evidence-{scheme}-{width}.png")
    context.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
