"""When Strava does not answer, or not with a list: an outage, in a bounded time, and never an empty list."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest
from requests import Request

from monitor.errors import SourceUnavailable
from monitor.sources.strava import Strava
from monitor.sources.strava_transport import BoundedSession
from tests.sources.scripted_server import Script, answer, cut_short, drip, hang, nobody_listens, pages, serving
from tests.sources.strava_world import LIST, NOW, TOKEN, Served, client, ids, listed, run, served

__all__ = ["served"]


def impatient(base_url: str) -> Strava:
    return replace(client(base_url), timeout_s=(1.0, 0.3), total_s=0.8)


def why_not(strava: Strava) -> SourceUnavailable:
    """The outage that asking for a list ends in."""
    with pytest.raises(SourceUnavailable) as outage:
        listed(strava)
    return outage.value


NOT_A_LIST: dict[str, bytes] = {
    "1 broken": b"[",
    "2 an object": b"{}",
    "3 null": b"null",
    "4 nested for ever": b"[" * 100_000,
    "html": b"<!doctype html><p>Back soon",
    "nothing": b"",
    "an error with status 200": b'{"message": "No", "errors": []}',
    "no text": b"\xff\xfe\x00",
    "above 8 MB": b"[" + b" " * (8 * 2**20) + b"]",
}


@pytest.mark.parametrize("body", NOT_A_LIST.values(), ids=NOT_A_LIST)
def test_an_answer_that_is_no_list_is_an_outage_of_this_runner(served: Served, body: bytes) -> None:
    """N4; bad input 1–4."""
    strava, _ = served({LIST: answer(body)})
    outage = why_not(strava)
    assert (outage.app_wide, outage.retry_at) == (False, None)
    assert "cannot be read" in str(outage) or "not a list" in str(outage)


def test_a_page_that_lies_about_its_encoding_is_an_outage(served: Served) -> None:
    """N4."""
    strava, _ = served({LIST: answer(b"[]", Content_Encoding="gzip")})
    assert "cannot be read" in str(why_not(strava))


def test_a_bad_second_page_discards_the_list(served: Served) -> None:
    """N3, N4."""
    strava, _ = served({LIST: [answer([run(1)]), answer(b"<html>")]})
    assert why_not(strava).app_wide is False


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_an_error_of_stravas_own_is_an_outage_and_asked_once(served: Served, status: int) -> None:
    """N5."""
    strava, script = served({LIST: answer(b"<html>", status)})
    outage = why_not(strava)
    assert (str(status) in str(outage), outage.app_wide, len(script.requests)) == (True, False, 1)


def test_a_refused_connection_is_an_outage_of_everybody() -> None:
    """N1."""
    outage = why_not(client(nobody_listens()))
    assert str(outage).startswith("Strava does not answer: the connection failed")
    assert outage.app_wide


def test_a_name_that_nobody_knows_is_an_outage_of_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    """N1."""

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert why_not(client("http://strava.invalid")).app_wide


def test_an_address_without_tls_is_an_outage_that_says_so(served: Served) -> None:
    """N1."""
    strava, _ = served({LIST: pages()})
    outage = why_not(client(strava.base_url.replace("http:", "https:")))
    assert "no secure connection is possible" in str(outage)


def test_a_server_that_hangs_is_left() -> None:
    """N2."""
    script = Script({})
    script.answers[LIST] = hang(script)
    with serving(script) as base_url:
        outage = why_not(impatient(base_url))
    assert (str(outage), outage.app_wide) == ("Strava does not answer: it takes too long", False)
    assert len(script.requests) == 1


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", id="its body"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX-Endless: ", id="its head"),
    ],
)
def test_a_server_that_drips_is_left_although_it_never_falls_silent(head: bytes) -> None:
    """N2."""
    script = Script({})
    script.answers[LIST] = drip(script, head)
    with serving(script) as base_url:
        outage = why_not(impatient(base_url))
    assert (str(outage), outage.app_wide) == ("Strava does not answer: it takes too long", False)


def test_a_page_that_is_cut_is_asked_for_again(served: Served) -> None:
    """N3."""
    strava, _ = served({LIST: [cut_short, answer([run(1)]), answer([])]})
    assert ids(listed(strava)) == [1]


def test_a_page_that_is_always_cut_is_an_outage_after_three_tries(served: Served) -> None:
    """N1, N3."""
    strava, script = served({LIST: cut_short})
    assert why_not(strava).app_wide
    assert len(script.requests) == 3


def test_a_renewal_whose_answer_got_lost_is_not_repeated(served: Served) -> None:
    """T2."""
    strava, script = served({TOKEN: cut_short})
    with pytest.raises(SourceUnavailable, match="does not answer"):
        strava.refresh("old-refresh", NOW)
    assert len(script.requests) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(served: Served, status: int) -> None:
    """N14."""
    other = Script({LIST: answer([run(1)])})
    with serving(other) as elsewhere:
        strava, _ = served({LIST: answer([], status, Location=elsewhere + LIST)})
        assert "elsewhere" in str(why_not(strava))
    assert not other.requests


def test_a_redirect_without_a_destination_is_no_empty_list(served: Served) -> None:
    """N14."""
    strava, _ = served({LIST: answer([], 302)})
    assert why_not(strava).app_wide is False


def test_a_password_in_netrc_does_not_replace_the_token(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "netrc").write_text("default login anna password wrong")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with BoundedSession("https://www.strava.com", timeout_s=(1, 1), total_s=1, waits_s=(), take=list) as session:
        asked = session.prepare_request(Request("GET", "https://www.strava.com", {"Authorization": "Bearer x"}))
    assert asked.headers["Authorization"] == "Bearer x"
