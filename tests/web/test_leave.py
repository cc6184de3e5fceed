"""A runner's own page to leave: a copy, the end of the connection, the end of everything."""

import io
import zipfile

import pytest
from sqlmodel import select

from jobs import deliver
from monitor.store.outbox import letters
from monitor.store.tables import ActivityRow, Connection, Runner
from monitor.web.links import own_key, own_url
from tests.jobs.conftest import NOW, SIX_WEEKS, world  # noqa: F401  (a fixture)
from tests.web.doors import BASE_URL, OURS, browser_of


@pytest.fixture
def ada(world):  # noqa: F811
    person = world.join(world.athlete(SIX_WEEKS))
    world.one_pass()
    return person


@pytest.fixture
def browser(world, ada):  # noqa: F811
    return browser_of(world.context)


@pytest.fixture
def key(world, ada):  # noqa: F811
    return own_key(world.context.secrets, ada.id)


def count(world, table):  # noqa: F811
    with world.context.database.reading() as db:
        return len(db.exec(select(table)).all())


def test_the_page_says_what_each_step_takes_away_and_opening_it_changes_nothing(world, ada, browser, key):  # noqa: F811
    url = own_url(BASE_URL, world.context.secrets, ada.id, "leave")
    page = browser.get(url)
    assert page.status_code == 200
    for said in ("Ada Test", "Download my data", "Disconnect Strava", "Erase everything", "cannot be undone"):
        assert said in page.text
    assert (count(world, Connection), count(world, Runner)) == (1, 1)


@pytest.mark.parametrize("path", ["/leave/copy", "/leave/disconnect", "/leave/erase"])
def test_no_step_is_taken_by_opening_a_link(world, browser, key, path):  # noqa: F811
    assert browser.get(f"{path}?key={key}").status_code == 405
    assert (count(world, Connection), count(world, Runner)) == (1, 1)


FOREIGN = [
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site", "Origin": BASE_URL},
]


@pytest.mark.parametrize("path", ["/leave/copy", "/leave/disconnect", "/leave/erase"])
def test_a_form_of_another_site_does_nothing(world, browser, key, path):  # noqa: F811
    for headers in FOREIGN:
        answer = browser.post(path, data={"key": key, "name": "Ada Test"}, headers=headers)
        assert answer.status_code == 403, headers
        assert "was not sent from here" in answer.text
    assert (count(world, Connection), count(world, Runner)) == (1, 1)


@pytest.mark.parametrize("headers", [OURS, {"Origin": BASE_URL}], ids=str)
def test_a_copy_is_a_zip_of_ones_own(world, browser, key, headers):  # noqa: F811
    answer = browser.post("/leave/copy", data={"key": key}, headers=headers)
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"] == 'attachment; filename="hamwatch-2026-09-30.zip"'
    assert answer.headers["cache-control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert b"ada@example.org" in archive.read("json/runner.json")


@pytest.mark.parametrize("key", ["", "1", "forged.aaaa.bbbb"])
@pytest.mark.parametrize("path", ["/leave/copy", "/leave/disconnect", "/leave/erase"])
def test_without_the_runners_own_key_nothing_happens(world, browser, path, key):  # noqa: F811
    answer = browser.post(path, data={"key": key, "name": "Ada Test"}, headers=OURS)
    assert answer.status_code == 404
    assert "not valid any more" in answer.text
    assert (count(world, Connection), count(world, Runner)) == (1, 1)


def test_disconnecting_removes_what_strava_brought_and_a_second_press_says_so(world, browser, key):  # noqa: F811
    answer = browser.post("/leave/disconnect", data={"key": key}, headers=OURS)
    assert "Strava is disconnected" in answer.text
    assert (count(world, Connection), count(world, ActivityRow), count(world, Runner)) == (0, 0, 1)
    assert "no Strava account" in browser.post("/leave/disconnect", data={"key": key}, headers=OURS).text
    assert "No Strava account is connected" in browser.get("/leave", params={"key": key}).text


@pytest.mark.parametrize("name", ["", "Ada", "Ada Test2", "<b>Ada Test</b>"])
def test_another_name_erases_nothing(world, browser, key, name):  # noqa: F811
    answer = browser.post("/leave/erase", data={"key": key, "name": name}, headers=OURS)
    assert answer.status_code == 400
    assert "Nothing was erased" in answer.text
    assert count(world, Runner) == 1


@pytest.mark.parametrize("name", ["Ada Test", " ada  test "])
def test_ones_own_name_erases_everything_and_the_link_opens_nothing_any_more(world, browser, key, name):  # noqa: F811
    answer = browser.post("/leave/erase", data={"key": key, "name": name}, headers=OURS)
    assert "Everything about you is erased" in answer.text
    assert (count(world, Connection), count(world, ActivityRow), count(world, Runner)) == (0, 0, 0)
    assert browser.get("/leave", params={"key": key}).status_code == 404
    with world.context.database.reading() as db:
        assert [row.kind for row in letters(db, "queued")] == ["erased"]
    deliver.run(world.context, NOW)
    assert world.subjects == ["Everything we held about you has been erased"]
