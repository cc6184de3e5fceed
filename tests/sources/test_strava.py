"""The list of a runner's activities, over a real connection: nothing is lost, and one bad row costs one row."""

import json
import subprocess
import sys
from datetime import datetime, timedelta

import pytest

from monitor.errors import AccessRevoked, SourceUnavailable
from monitor.model import Flag
from monitor.sources.strava_listing import Listing
from monitor.sources.strava_pages import EMPTY_PAGES
from tests.sources.scripted_server import answer, pages
from tests.sources.strava_world import LIST, NOW, Served, ids, listed, recorded, run, runs, served

__all__ = ["served"]


def test_all_249_activities_arrive_although_pages_are_short(served: Served) -> None:
    """I2."""
    strava, _ = served({LIST: pages(runs(1, 195), runs(196, 199), runs(200, 249))})
    assert ids(listed(strava)) == list(range(1, 250))


def test_a_list_of_one_page_costs_two_requests(served: Served) -> None:
    strava, script = served({LIST: pages(runs(1, 3))})
    assert listed(strava).requests == len(script.requests) == 2


def test_a_runner_without_activities_has_an_empty_list(served: Served) -> None:
    strava, _ = served({LIST: pages()})
    assert listed(strava) == Listing((), (), requests=EMPTY_PAGES, ids=frozenset())


def test_the_list_is_asked_for_from_its_newest_end_and_then_from_its_oldest(served: Served) -> None:
    strava, script = served({LIST: pages(runs(1, 1))})
    listed(strava)
    page = {"page": "1", "per_page": "200"}
    assert [asked.query for asked in script.requests] == [
        page | {"before": "1780315200"},
        page | {"before": "1780266600", "after": "1769947200"},
    ]


def test_rows_older_than_the_window_only_prove_that_the_list_is_whole(served: Served) -> None:
    strava, script = served({LIST: pages([run(1), run(2, start_date="2026-01-01T06:00:00Z", distance="abc")])})
    listing = listed(strava)
    assert (ids(listing), listing.refused, listing.ids) == ([1], (), {"1"})
    assert len(script.requests) == listing.requests == 1


def test_the_token_travels_in_a_header_and_not_in_the_address(served: Served) -> None:
    strava, script = served({LIST: pages()})
    listed(strava)
    assert script.requests[0].headers["Authorization"] == "Bearer access-canary"
    assert "access-canary" not in str(script.requests[0].query)


def test_a_proxy_of_the_environment_is_not_asked_for_loopback(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    strava, _ = served({LIST: pages(runs(1, 1))})
    assert ids(listed(strava)) == [1]


def test_credentials_in_the_environment_start_no_refresh_of_stravalibs_own(
    served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("STRAVA_CLIENT_ID", "1")
    monkeypatch.setenv("STRAVA_CLIENT_SECRET", "x")
    strava, script = served({LIST: pages()})
    listed(strava)
    assert {asked.path for asked in script.requests} == {LIST}
    assert not caplog.records


def test_an_activity_that_is_listed_twice_counts_once_and_its_last_form_wins(served: Served) -> None:
    """I3; bad input 56."""
    strava, _ = served({LIST: pages([run(1, distance=5000), run(1, distance=6000), run(2)])})
    listing = listed(strava)
    assert [(a.origin_id, a.distance_m) for a in listing.activities] == [("1", 6000), ("2", 10_000)]
    assert [Flag.TOLD_TWICE in a.flags for a in listing.activities] == [True, False]


def test_an_activity_that_is_listed_twice_alike_counts_once(served: Served) -> None:
    """Bad input 57."""
    strava, _ = served({LIST: pages([run(1), run(1), run(2)])})
    listing = listed(strava)
    assert ids(listing) == [1, 2]
    assert not [a for a in listing.activities if Flag.TOLD_TWICE in a.flags]


def test_a_run_that_was_edited_between_two_pages_is_not_doubtful(served: Served) -> None:
    """I3."""
    before, after = [run(1), run(2)], [run(2, distance=7000)]
    strava, _ = served({LIST: [answer(before), answer(after)]})
    [_, edited] = listed(strava).activities
    assert (edited.distance_m, Flag.TOLD_TWICE in edited.flags) == (7000, False)


def test_one_bad_row_costs_one_row(served: Served) -> None:
    strava, _ = served({LIST: pages([run(1), run(2, distance="abc"), run(3)])})
    listing = listed(strava)
    assert ids(listing) == [1, 3]
    assert [(row.record_id, row.reason) for row in listing.refused] == [
        ("2", "distance: Input should be a valid number")
    ]


def test_a_refused_row_is_still_an_id_that_strava_has(served: Served) -> None:
    strava, _ = served({LIST: pages([run(1), run(2, distance="abc"), run(-3), None])})
    assert listed(strava).ids == {"1", "2"}


def test_what_stands_between_two_records_costs_only_itself(served: Served) -> None:
    """Bad input 5."""
    strava, _ = served({LIST: pages([run(1), None, 7, "x", run(2)])})
    listing = listed(strava)
    assert ids(listing) == [1, 2]
    assert [row.record_id for row in listing.refused] == [None, None, None]


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"1e999"])
def test_a_number_that_is_none_costs_one_row(served: Served, number: bytes) -> None:
    """Bad input 6–8."""
    page = json.dumps([run(1), run(2, distance="?"), run(3)]).encode().replace(b'"?"', number)
    strava, _ = served({LIST: [answer(page), answer([])]})
    assert ids(listed(strava)) == [1, 3]


def test_a_field_that_stands_twice_costs_one_row(served: Served) -> None:
    """Bad input 9."""
    page = json.dumps([run(1), run(2)]).encode().replace(b'{"id": 2', b'{"distance": 1, "id": 2')
    strava, _ = served({LIST: [answer(page), answer([])]})
    assert ids(listed(strava)) == [1]


def test_a_refused_row_deep_as_a_well_is_measured(served: Served) -> None:
    page = json.dumps([run(1), run(2, distance=None, name="?", type=7)]).encode()
    strava, _ = served({LIST: [answer(page.replace(b'"?"', b"[" * 500 + b"]" * 500)), answer([])]})
    listing = listed(strava)
    assert (ids(listing), [row.size > 1000 for row in listing.refused]) == ([1], [True])


def test_the_same_refused_row_has_the_same_digest_and_an_edited_one_another(served: Served) -> None:
    strava, _ = served({LIST: pages([run(1, distance="a"), run(2, distance="b")])})
    first, again = listed(strava).refused, listed(strava).refused
    assert first == again
    assert len({row.sha256 for row in first}) == 2


def test_a_refused_row_keeps_nothing_personal(served: Served) -> None:
    strava, _ = served({LIST: pages([run(1, name="Anna", distance="at Anna's", description="Anna")])})
    assert "Anna" not in repr(listed(strava).refused)


def test_a_list_without_end_is_given_up(served: Served) -> None:
    strava, script = served({LIST: answer([run(2), run(1)])})
    with pytest.raises(SourceUnavailable, match="has no end"):
        listed(strava)
    assert len(script.requests) == 100


def test_a_wrong_token_is_asked_with_once(served: Served) -> None:
    """N10."""
    strava, script = served({LIST: answer({"message": "Authorization Error", "errors": []}, 401)})
    with pytest.raises(AccessRevoked):
        listed(strava)
    assert len(script.requests) == 1


def test_the_list_page_that_strava_really_sends_arrives_whole(served: Served) -> None:
    told = recorded("client__athlete_activities__00")
    limits = {name: value for name, value in told["headers"].items() if name.startswith("x-")}
    strava, _ = served({LIST: [answer(told["body"], **limits), answer([])]})
    first = min(datetime.fromisoformat(row["start_date"]) for row in told["body"])
    listing = strava.list_activities("access-canary", first - timedelta(days=1), NOW, NOW)
    assert (len(listing.activities), listing.refused) == (len(told["body"]), ())


def test_importing_strava_is_cheap_and_using_it_leaves_the_process_as_it_was() -> None:
    program = """
import sys, warnings, numpy, requests
import monitor.sources.strava
assert not any(name.startswith("stravalib") for name in sys.modules), "stravalib is imported before it is used"
before = list(warnings.filters), warnings.showwarning
import monitor.sources.strava_transport
assert (list(warnings.filters), warnings.showwarning) == before, "stravalib changed what becomes of warnings"
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
