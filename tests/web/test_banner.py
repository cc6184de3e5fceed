"""While something is late, every page says so."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from monitor.store.database import Database
from monitor.store.heartbeats import beat
from monitor.watch import Part
from tests.web.club import NOW, app_of, browser_of, full_club

PAGES = [
    "/teams/1",
    "/runners",
    "/runners/1",
    "/teams/1/runners/1",
    "/evidence",
    "/about",
    "/runners/999",
    "/your-data",
]
SAID = "Hamwatch has read no training and sent no mail since Sun 22 Nov 2026, 08:59 UTC"


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory):
    """The full club, whose worker died a minute ago."""
    database = full_club(tmp_path_factory.mktemp("silent"))
    lives(database, NOW - timedelta(minutes=1))
    yield database
    database.close()


def lives(database: Database, at, part: Part = Part.WORKER) -> None:
    with database.writing() as db:
        beat(db, part, at, timedelta(seconds=45))


def asking(database: Database) -> TestClient:
    return browser_of(app_of(database))


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_since_when_the_worker_is_silent(silent, path):
    """W1."""
    assert SAID in asking(silent).get(path).text


@pytest.mark.parametrize("path", PAGES)
def test_no_page_says_so_while_all_is_well(client, path):
    assert 'class="late"' not in client.get(path).text


def test_the_banner_goes_when_the_worker_is_back(empty):
    """W1."""
    lives(empty, NOW - timedelta(minutes=1))
    pages = asking(empty)
    assert SAID in pages.get("/about").text
    lives(empty, NOW)
    assert SAID not in pages.get("/about").text


def test_silence_of_the_pages_themselves_is_not_told_to_who_reads_one(empty):
    lives(empty, NOW - timedelta(days=1), Part.WEB)
    assert 'class="late"' not in asking(empty).get("/about").text


def test_what_is_no_page_is_not_held_up_by_the_look_for_it(empty):
    pages = asking(empty)
    empty.close()
    assert pages.get("/static/hamwatch.css").status_code == 200
    assert pages.get("/healthz").status_code == 200
