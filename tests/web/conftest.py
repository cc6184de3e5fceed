"""The club's pages, asked in-process and by a real browser."""

import socket

import pytest
from playwright.sync_api import sync_playwright
from pydantic import SecretStr

from monitor.sandbox import Athlete, Sandbox, serving
from monitor.sources.strava import Strava
from monitor.store.coaches import add_coach
from monitor.store.people import add_runner
from tests.web.club import NOW, ask, empty_club, full_club
from tests.web.gate import Gate, gate_in, product_of, with_people
from tests.web.looking import CHROMIUM
from tests.web.office import ATHLETE, Office
from tests.web.rights import browsers_of
from tests.web.serving import serving as served_pages


@pytest.fixture(scope="package")
def club(tmp_path_factory):
    """The full club, for reading only."""
    database = full_club(tmp_path_factory.mktemp("club"))
    yield database
    database.close()


@pytest.fixture
def client(club):
    return ask(club)


@pytest.fixture
def empty(tmp_path):
    database = empty_club(tmp_path)
    yield database
    database.close()


@pytest.fixture
def office(empty):
    """Ann and Bob of the Harriers, whose coach is Cora; nobody has agreed to anything, or has a run."""
    with empty.writing() as db:
        for name in ("Ann Lee", "Bob"):
            add_runner(db, name, "runner@example.org", "Europe/Paris", "Harriers", NOW)
        add_coach(db, "Cora <b>Coach</b>", "cora@example.org", "Harriers")
    sandbox = Sandbox([Athlete(ATHLETE, "Ann", "Lee", "ann@example.org", "Europe/Paris")], lambda: NOW)
    with serving(sandbox) as url:
        strava = Strava(url, sandbox.client_id, SecretStr(sandbox.client_secret), timeout_s=(1, 1), waits_s=())
        yield Office(sandbox, empty, strava)


@pytest.fixture
def gate(tmp_path):
    """The club behind its sign-in."""
    with gate_in(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def browsers(tmp_path_factory):
    """A browser for each role, for what changes nothing."""
    with gate_in(tmp_path_factory.mktemp("gate")) as gate:
        yield browsers_of(gate)


@pytest.fixture(scope="module")
def browser():
    """A real Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, address):
    """Opens a path of the module's `address` in a context of its own."""
    contexts = []

    def opened(path, width=1280, scheme="light", script=True, trusting=False):
        contexts.append(
            browser.new_context(
                viewport={"width": width, "height": 800},
                color_scheme=scheme,
                java_script_enabled=script,
                bypass_csp=trusting,
            )
        )
        page = contexts[-1].new_page()
        page.dialogs, page.complaints = [], []
        page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.goto(address + path)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def served(empty, tmp_path):
    """The club behind its sign-in, served to a browser, and its address."""
    with_people(empty)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://club.localhost:{listening.getsockname()[1]}"
        product = product_of(empty, Sandbox([], lambda: NOW), address, tmp_path, base_url=address)
        gate = Gate(product, Sandbox([], lambda: NOW))
        with served_pages(gate.app, listening):
            yield gate, address
