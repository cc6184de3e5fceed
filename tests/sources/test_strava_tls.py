"""The whole way over HTTPS, with a server whose authority nobody knows but the one who runs it."""

import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme
from pydantic import SecretStr

from monitor.errors import SourceUnavailable
from monitor.sandbox import Sandbox, faults, serving
from monitor.sandbox.faults import Fault
from monitor.sources.strava import Strava
from monitor.sources.strava_listing import Listing
from tests.sandbox.conftest import ADA, NOW, ada

NAME = "strava.test"


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox([ada()], lambda: NOW)


@pytest.fixture
def ca_file(tmp_path: Path) -> Path:
    return tmp_path / "ca.pem"


@pytest.fixture
def strava(sandbox: Sandbox, ca_file: Path) -> Iterator[Strava]:
    authority, tls = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", NAME).configure_cert(tls)
    authority.cert_pem.write_to_path(str(ca_file))
    with serving(sandbox, tls=tls) as base_url:
        yield Strava(base_url, sandbox.client_id, SecretStr(sandbox.client_secret), waits_s=(), ca_file=ca_file)


@pytest.fixture
def wrong_file(tmp_path: Path) -> Path:
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "wrong.pem"))
    return tmp_path / "wrong.pem"


@pytest.fixture
def by_name(strava: Strava, monkeypatch: pytest.MonkeyPatch) -> Strava:
    """The same server under a name that is not loopback's, for which the environment counts."""
    resolve = socket.getaddrinfo

    def resolved(host: str, *more: Any, **how: Any) -> Any:
        return resolve("127.0.0.1" if host == NAME else host, *more, **how)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setenv("NO_PROXY", NAME)
    return replace(strava, base_url=strava.base_url.replace("127.0.0.1", NAME))


def listed(strava: Strava, sandbox: Sandbox) -> Listing:
    """The list, after consent and a renewal."""
    tokens = strava.refresh(strava.exchange(sandbox.authorise(ADA), NOW).refresh, NOW)
    return strava.list_activities(tokens.access, NOW - timedelta(days=120), NOW, NOW)


def assert_refused(strava: Strava, sandbox: Sandbox) -> None:
    with pytest.raises(SourceUnavailable, match=r"no secure connection is possible; check strava\.base_url") as outage:
        listed(strava, sandbox)
    assert outage.value.app_wide
    assert sandbox.requests == []


def test_consent_renewal_list_and_withdrawal_over_https(strava: Strava, sandbox: Sandbox) -> None:
    assert strava.base_url.startswith("https://")
    assert len(listed(strava, sandbox).activities) == 30
    strava.revoke(strava.exchange(sandbox.authorise(ADA), NOW).access)
    assert sandbox.tokens.given(ADA) is None


def test_a_server_that_the_authority_does_not_vouch_for_is_told_nothing(
    strava: Strava, sandbox: Sandbox, wrong_file: Path
) -> None:
    assert_refused(replace(strava, ca_file=wrong_file), sandbox)


def test_without_an_authority_of_ones_own_those_count_that_everybody_trusts(strava: Strava, sandbox: Sandbox) -> None:
    assert_refused(replace(strava, ca_file=None), sandbox)


@pytest.mark.parametrize("fault", [faults.hang, faults.drip])
def test_patience_ends_over_https_too(strava: Strava, sandbox: Sandbox, fault: Fault) -> None:
    sandbox.refuse(None, fault, path="/api")
    with pytest.raises(SourceUnavailable, match="Strava does not answer: it takes too long"):
        listed(replace(strava, timeout_s=(1.0, 0.3), total_s=0.8), sandbox)


def test_a_file_without_a_certificate_is_an_outage_that_says_where_to_look(
    strava: Strava, sandbox: Sandbox, tmp_path: Path
) -> None:
    (tmp_path / "empty.pem").write_text("nothing")
    assert_refused(replace(strava, ca_file=tmp_path / "empty.pem"), sandbox)


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_the_environment_does_not_override_the_authority(
    by_name: Strava, sandbox: Sandbox, wrong_file: Path, ca_file: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, str(ca_file))
    assert_refused(replace(by_name, ca_file=wrong_file), sandbox)
    monkeypatch.setenv(variable, str(wrong_file))
    assert listed(by_name, sandbox).activities


def test_without_one_the_environments_counts(
    by_name: Strava, sandbox: Sandbox, ca_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(ca_file))
    assert listed(replace(by_name, ca_file=None), sandbox).activities
