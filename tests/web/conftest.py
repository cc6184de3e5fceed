"""The club's pages, asked in-process."""

import pytest
from pydantic import SecretStr

from monitor.sandbox import Athlete, Sandbox, serving
from monitor.sources.strava import Strava
from monitor.store.people import add_coach, add_runner
from tests.web.club import NOW, ask, empty_club, full_club
from tests.web.gate import Gate, product_of, with_people
from tests.web.office import ATHLETE, Office


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
def gate(empty, tmp_path):
    """The club behind its sign-in."""
    with_people(empty)
    sandbox = Sandbox([Athlete(ATHLETE, "Ann", "Lee", "ann@example.org", "Europe/Paris")], lambda: NOW)
    with serving(sandbox) as url:
        yield Gate(product_of(empty, sandbox, url, tmp_path), sandbox)
