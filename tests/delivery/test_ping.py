"""Attack 13: the ping goes to https and public addresses, and nowhere else, whatever its address says."""

import socket

import pytest

from monitor.delivery.ping import ping
from monitor.errors import DeliveryError
from tests.delivery.knocking import Door, door, opened, trusted

__all__ = ["door", "trusted"]


def test_a_public_address_over_https_is_pinged_once(door: Door) -> None:
    ping(f"{door.url}?of=hamwatch")
    assert door.heard == ["GET /secret-of-the-ping?of=hamwatch"]


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "10.0.0.1"],
)
def test_an_address_of_our_own_network_is_not_even_connected_to(host: str) -> None:
    with opened() as door:
        port = door.url.split(":")[2].split("/")[0]
        with pytest.raises(DeliveryError, match="not a public address") as refused:
            ping(f"https://{host}:{port}/x")
        assert refused.value.permanent
        assert door.heard == []


def test_a_name_is_resolved_once_and_asked_where_it_was_looked_at(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: a second look-up would give another address."""
    looked_up: list[str] = []
    resolve = socket.getaddrinfo

    def counted(host: str, *given: object, **how: object) -> object:
        looked_up.append(host)
        return resolve(host, *given, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", counted)
    ping(door.url)
    assert [host for host in looked_up if not host[0].isdigit()] == ["localhost"]


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(0, 0, 0, "", ("93.184.215.14", 443)), (0, 0, 0, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_given, **_how: both)
    with pytest.raises(DeliveryError, match="not a public address"):
        ping("https://rebinding.example/x")


def test_a_redirect_is_not_followed(door: Door) -> None:
    with opened() as other:
        door.status, door.location = 302, other.url
        with pytest.raises(DeliveryError, match="302"):
            ping(door.url)
        assert other.heard == []


def test_plain_http_is_refused(door: Door) -> None:
    with pytest.raises(DeliveryError, match="https"):
        ping(door.url.replace("https", "http"))
    assert door.heard == []


def test_a_certificate_of_another_name_is_refused(trusted: None) -> None:
    with opened("other.example") as door:
        with pytest.raises(DeliveryError, match="SSLCertVerificationError"):
            ping(door.url)
        assert door.heard == []


def test_an_answer_that_drips_is_cut_off(door: Door) -> None:
    """Were it not, the test would not end: the other side drips until it is closed."""
    door.drips = True
    with pytest.raises(DeliveryError) as failed:
        ping(door.url, total_s=0.5)
    assert "secret-of-the-ping" not in str(failed.value)


def test_nobody_there_is_said_without_the_path(trusted: None) -> None:
    with opened() as door:
        url = door.url
    with pytest.raises(DeliveryError, match=r"^localhost did not answer the ping: ConnectionRefusedError$"):
        ping(url)
