"""Pictures of the running demo and of a mail it wrote, for the README: `python -m tests.screenshots docs`."""

import base64
import email
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from email.policy import default
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from monitor.cli.demo import MAILS

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
DESK, PHONE = 1280, 390


def main(folder: Path) -> None:
    """Board, runner, evidence and mail; light at a desk, dark on a phone."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, demo(Path(data)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, path in {"board": "/", "runner": "/runners/1", "evidence": "/evidence"}.items():
            take(browser, f"{address}{path}", folder / f"{name}.png", DESK, "light")
            take(browser, f"{address}{path}", folder / f"{name}-phone.png", PHONE, "dark")
        take(browser, written_mail(Path(data)), folder / "mail.png", 700, "light", whole=True)
        browser.close()


@contextmanager
def demo(data: Path) -> Iterator[str]:
    """The demo as a user starts it; gives the address that it prints."""
    command = [sys.executable, "-m", "monitor", "demo", "--port", "0", "--data", str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        try:
            yield next(line.split()[1] for line in running.stdout if line.startswith("pages: "))
        finally:
            running.terminate()


def written_mail(data: Path) -> str:
    """The alert about the run that was 42 % longer, as a page that holds its picture."""
    for file in sorted((data / MAILS).glob("*.eml")):
        message = email.message_from_bytes(file.read_bytes(), policy=default)
        if "42 %" not in message["Subject"]:
            continue
        html = message.get_body(("html",)).get_content()
        for part in message.walk():
            if part.get_content_type() == "image/png":
                picture = base64.b64encode(part.get_content()).decode()
                page = data / "mail.html"
                page.write_text(
                    html.replace(f"cid:{part['Content-ID'].strip('<>')}", f"data:image/png;base64,{picture}")
                )
                return page.as_uri()
    raise LookupError("the demo wrote no such mail")


def take(browser: Browser, address: str, file: Path, width: int, scheme: str, *, whole: bool = False) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, device_scale_factor=1.5, locale="en"
    )
    page = context.new_page()
    page.goto(address)
    page.screenshot(path=file, full_page=whole)
    context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
