"""Pages in the reader's dates and numbers: what they set, else what their browser asks for. Data never changes."""

import re
from datetime import timedelta

import pytest

from monitor.alerts.locales import AS_WRITTEN, locale_named
from monitor.model import Origin
from monitor.store.activities import extend_coverage, write_activities
from monitor.store.coaches import set_coach_locale
from monitor.store.tables import Coach, Runner
from monitor.web import links
from monitor.web.reading import wished
from tests.builders import activities
from tests.web.club import HABIT, NOW, TODAY
from tests.web.office import SECRETS
from tests.web.plain import text_of

ALICE, ANN = 1, 1
KEY = links.own_key(SECRETS, ANN)
IN_GERMANY = {"Accept-Language": "de-DE,de;q=0.9,en;q=0.5"}


@pytest.mark.parametrize(
    ("languages", "tag"),
    [
        ("", ""),
        ("en", ""),
        ("de-DE,de;q=0.9,en;q=0.8", "en-DE"),
        ("fr", "en-FR"),
        ("en,fr-CH;q=0.4", "en-CH"),
        ("fr;q=0.2, en-US;q=0.9", "en-US"),
        ("de;q=0, en-GB", "en-GB"),
        ("de;q=many", ""),
        ("*, tlh, ../../x", ""),
        ("x" * 100_000, ""),
    ],
)
def test_the_most_wanted_language_that_names_a_country_decides(languages, tag):
    assert wished(languages) == (locale_named(tag) if tag else AS_WRITTEN)


@pytest.mark.parametrize(
    ("languages", "figure", "told", "weekdays"),
    [
        ("en", "10.0", "Sat 21 Nov: 22.5 km was 125 % beyond", "MoTuWeThFrSaSu"),
        ("de-DE", "10,0", "Sat, 21 Nov: 22,5 km was 125 % beyond", "MoTuWeThFrSaSu"),
        ("fr-FR", "10,0", "Sat, 21 Nov: 22,5 km was 125 % beyond", "MoTuWeThFrSaSu"),
        ("en-US", "10.0", "Sat, Nov 21: 22.5 km was 125 % beyond", "SuMoTuWeThFrSa"),
    ],
)
def test_a_runners_page_is_written_as_the_browser_asks(client, languages, figure, told, weekdays):
    html = client.get(f"/runners/{ALICE}", headers={"Accept-Language": languages}).text
    assert told in text_of(html).replace(" :", ":")
    assert f'<td class="number">{figure}</td>' in html
    assert "".join(re.findall(r'<abbr title="\w+">(..)</abbr>', html)) == weekdays
    assert '<html lang="en">' in html


def test_the_calendars_week_begins_where_the_readers_does(client):
    html = client.get(f"/runners/{ALICE}", headers={"Accept-Language": "en-US"}).text
    first_row = re.search(r'<table class="calendar">.*?<tbody>.*?<tr>(.*?)</tr>', html, re.S)[1]
    assert '<th scope="row">Nov 22</th>' in first_row
    assert first_row.count("<td></td>") == 6  # today is a Sunday, with which the week begins


def test_a_board_that_is_kept_is_kept_for_each_locale(client):
    before = client.get("/teams/1").text
    in_germany = client.get("/teams/1", headers=IN_GERMANY).text
    again = client.get("/teams/1").text
    assert "Sat 21 Nov" in text_of(before)
    assert "22.5 km" in text_of(before)
    assert "Sat, 21 Nov" in text_of(in_germany)
    assert "22,5 km" in text_of(in_germany)
    assert "2,25 ×" in text_of(in_germany)
    assert again == before


@pytest.mark.parametrize("path", ["/teams/1/board.csv", "/metrics", "/healthz"])
def test_what_programs_read_never_changes(client, path):
    assert client.get(path, headers=IN_GERMANY).text == client.get(path, headers={"Accept-Language": "en"}).text


def test_what_runners_set_goes_before_what_their_browser_asks(office):
    runs = activities(" ".join([HABIT] * 8), TODAY - timedelta(days=55), origin=Origin.RECORDING)
    with office.database.writing() as db:
        write_activities(db, ANN, runs, NOW)
        extend_coverage(db, ANN, Origin.RECORDING, [runs[0].day, TODAY])
    browser, ordinary = office.browser(), {"timezone": "Europe/Paris", "units": "km", "key": KEY}
    training = links.own_path(KEY, f"/runners/{ANN}")
    saved = browser.post("/my/settings", data=ordinary | {"locale": "en-US"})
    shown = browser.get(saved.headers["location"], headers=IN_GERMANY).text
    assert re.search(r'<option value="en-US" selected>\s*United States', shown)
    assert "today, Sun, Nov 22" in text_of(browser.get(training, headers=IN_GERMANY).text)
    browser.post("/my/settings", data=ordinary | {"locale": ""})
    assert "today, Sun, 22 Nov" in text_of(browser.get(training, headers=IN_GERMANY).text)
    refused = browser.post("/my/settings", data=ordinary | {"locale": "mars"})
    assert (refused.status_code, "is no locale with a country" in refused.text) == (400, True)


def test_a_coach_who_signed_in_reads_as_they_set_on_every_page(gate):
    cora = gate.signed_in("cora@example.org")
    with gate.product.database.writing() as db:
        set_coach_locale(db, 1, "fr-CH")
        assert (db.get_one(Coach, 1).locale, db.get_one(Runner, 1).locale) == ("en-CH", "")
    shown = text_of(cora.get("/teams/1", headers={"Accept-Language": "en-US"}).text)
    assert "As of Sun, 22 Nov 2026" in shown
