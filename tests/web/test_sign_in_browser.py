"""Signing in with a real Chromium: cookies, forms and policy as a browser takes them, and a passkey of its own.

Browsers take `*.localhost` for a safe place without a certificate (W3C Secure Contexts, 3.1), and for this machine.
"""

from urllib.parse import urlsplit

import pytest

from tests.web.looking import looked_over, shuts_out

pytestmark = looked_over


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    yield page
    context.close()


def by_mail(gate, address, page):
    """Ann asks for a link, and presses the button behind it."""
    gate.enter(page, address, "ann@example.org", "/runners/1")


def looked_at(page):
    """Nothing shuts somebody out, and a phone never scrolls sideways."""
    assert shuts_out(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_runner_signs_in_by_mail_is_led_to_their_page_and_signs_out(served, page):
    gate, address = served
    by_mail(gate, address, page)
    assert urlsplit(page.url).path == "/runners/1"
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["httpOnly"], cookie["secure"]) == ("__Host-hamwatch", True, True)
    page.click("nav >> text=Signed in")
    page.click("text=Sign out")
    assert urlsplit(page.url).path == "/sign-in"
    assert page.complaints == []


def test_a_passkey_is_made_and_opens_the_pages_without_a_mail(served, page):
    gate, address = served
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    held = devices.send("WebAuthn.addVirtualAuthenticator", {"options": kind | {"isUserVerified": True}})
    by_mail(gate, address, page)
    page.goto(f"{address}/sessions")
    page.click("text=Add a passkey")
    looked_at(page)
    page.click("text=Make a passkey")
    page.wait_for_selector("text=Remove it")
    assert len(devices.send("WebAuthn.getCredentials", held)["credentials"]) == 1
    page.click("text=Sign out")
    page.click("text=Sign in with a passkey")
    page.click("text=Use my passkey")
    page.wait_for_selector("text=Signed in by passkey")
    assert page.complaints == []


def test_a_browser_without_a_passkey_says_so_and_can_go_back(served, page):
    _, address = served
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    page.goto(f"{address}/sign-in")
    page.click("text=Sign in with a passkey")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('none')) }")
    page.click("text=Use my passkey")
    page.locator("#failed").wait_for()
    looked_at(page)
    page.click("main a:has-text('Go back')")
    page.wait_for_selector("#address")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_that_shuts_somebody_out_and_a_phone_never_scrolls_sideways(served, page, scheme):
    gate, address = served
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{address}/sign-in")
    looked_at(page)
    by_mail(gate, address, page)
    page.goto(f"{address}/sessions")
    looked_at(page)
