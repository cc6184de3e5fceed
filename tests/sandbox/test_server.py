"""The server itself, and real clients against it."""

import logging
import socket
import threading

import pytest
import requests

from monitor.errors import UserError
from monitor.sandbox import Sandbox, serving
from tests.sandbox.conftest import ADA, Clock, Wire, ada


class Elsewhere(requests.Session):
    """stravalib's addresses are fixed: this sends them to the sandbox."""

    def __init__(self, base_url: str) -> None:
        super().__init__()
        self.trust_env, self.base_url = False, base_url

    def request(self, method, url, *args, **kwargs):  # type: ignore[no-untyped-def]
        return super().request(method, url.replace("https://www.strava.com", self.base_url), *args, **kwargs)


def test_stravalib_is_at_home_here(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SILENCE_TOKEN_WARNINGS", "1")
    monkeypatch.setattr(logging.getLogger("stravalib"), "disabled", True)
    import stravalib

    with Elsewhere(wire.base_url) as session:
        client = stravalib.Client(requests_session=session, rate_limit_requests=False)
        code = wire.sandbox.authorise(ADA)
        tokens = client.exchange_code_for_token(10101, wire.sandbox.client_secret, code)
        client.refresh_access_token(10101, wire.sandbox.client_secret, tokens["refresh_token"])
        assert client.get_athlete().firstname == "Ada"
        runs = list(client.get_activities(limit=5))
        assert [float(run.distance) for run in runs] == [5_000.0] * 5
        assert client.get_activity(runs[0].id).device_name == "Sandbox watch"
        assert client.get_activity_streams(runs[0].id, types=["time"])["distance"].data[-1] == 5_000.0
        client.deauthorize()
        with pytest.raises(stravalib.exc.AccessUnauthorized):
            client.get_athlete()


def test_a_port_can_be_chosen_and_is_free_again_afterwards() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for _ in range(2):
        with serving(Sandbox([], Clock()), port) as base_url:
            assert base_url == f"http://127.0.0.1:{port}"


def test_a_taken_port_is_told_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UserError, match=f"Port {port} is taken"), serving(Sandbox([], Clock()), port):
            pass


def test_it_answers_at_once_and_leaves_no_thread_behind() -> None:
    with serving(Sandbox([ada(1)], Clock())) as base_url, requests.Session() as session:
        session.trust_env = False
        assert session.get(f"{base_url}/api/v3/athlete", timeout=10).status_code == 401
    assert "sandbox" not in {thread.name for thread in threading.enumerate()}
