"""Two runners side by side: one scale, one table, and nobody whom these coaches may not see."""

import re
from datetime import timedelta

import pytest

from monitor.model import Origin
from monitor.store.consents import Subject, withdraw
from tests.builders import activities
from tests.web.club import LOGS, NOW, TODAY, add, ask


def ticks(html):
    """The numbers beside the grid lines of each picture."""
    pictures = html.split('<svg xmlns="http://www.w3.org/2000/svg" class="chart"')[1:]
    return [re.findall(r'class="axis"[^>]*text-anchor="end">(\d+)<', each) for each in pictures]


def test_nobody_is_compared_before_two_are_chosen(client):
    for query in ("", "?left=1", "?left=&right="):
        html = client.get(f"/teams/1/compare{query}").text
        assert "Choose two runners." in html
        assert '<option value="2">Bob</option>' in html


def test_both_pictures_share_one_scale(client):
    left, right = ticks(client.get("/teams/1/compare?left=1&right=4").text)
    assert left == right
    assert max(map(int, left)) >= 22  # Alice ran 22.5 km, Dan 10


def test_the_table_holds_the_week_of_both(client):
    html = client.get("/teams/1/compare?left=1&right=2").text
    row = html.partition("Distance [km]</th>")[2].partition("</tr>")[0]
    assert re.findall(r'<td class="number">([\d.]+)', row) == ["44.5", "36.0"]


def test_of_whom_nothing_is_known_nothing_is_invented(client):
    html = client.get("/teams/1/compare?left=6&right=7").text
    assert "No data." in html
    row = html.partition("Distance [km]</th>")[2].partition("</tr>")[0]
    assert row.count("–") == 1
    assert "ACWR, contested</th>" in html


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("left=1&right=8", id="one of another team"),
        pytest.param("left=999&right=1", id="nobody"),
        pytest.param("left=1&right=-2", id="a number that nobody can have"),
        pytest.param(f"left=1&right={2**63}", id="a number that no database holds"),
        pytest.param("left=1&right=1%20OR%201", id="no number"),
        pytest.param("left=1&right=2&middle=3", id="a third"),
    ],
)
def test_whoever_may_not_be_seen_here_is_not_found(client, query):
    assert client.get(f"/teams/1/compare?{query}").status_code == 404


def test_who_stops_sharing_is_gone_from_chooser_and_comparison_at_the_next_look(empty):
    runs = activities(LOGS["Bob"], TODAY - timedelta(days=90), origin=Origin.RECORDING)
    for name in ("Ann", "Ben"):
        add(empty, name, runs)
    browser = ask(empty)
    assert browser.get("/teams/1/compare?left=1&right=2").status_code == 200
    with empty.writing() as db:
        withdraw(db, 2, Subject.TEAM, NOW)
    assert browser.get("/teams/1/compare?left=1&right=2").status_code == 404
    assert "Ben" not in browser.get("/teams/1/compare").text
