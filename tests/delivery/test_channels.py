"""Other channels through Apprise, against a real HTTP server: what is told, and where nothing may be told."""

import logging
import socket
import sys

import pytest

from monitor.delivery.channels import check_url, notifier
from monitor.delivery.pinned import only_public
from monitor.errors import ConfigError, DeliveryError, UserError
from tests.delivery.hook import Hook, listening
from tests.delivery.mailserver import mail

CANARY = "canary-topic"


@pytest.mark.parametrize("scheme", ["json", "ntfy"])
def test_a_channel_hears_subject_and_text(scheme: str) -> None:
    hook = Hook()
    with listening(hook) as port:
        notifier(allow_private=True)(f"{scheme}://127.0.0.1:{port}/{CANARY}", mail())
    [(path, heard)] = hook.heard
    assert heard["title"] == "Yesterday's 22.7 km"
    assert heard["message"] == "Hello Zoë,"
    assert CANARY in f"{path}{heard}"


@pytest.mark.parametrize("status", [500, 403])
def test_a_channel_that_refuses_is_tried_again_and_its_url_is_not_told(status: int) -> None:
    with listening(Hook(status)) as port, pytest.raises(DeliveryError, match="did not take") as failed:
        notifier(allow_private=True)(f"json://user:{CANARY}@127.0.0.1:{port}/{CANARY}", mail())
    assert not failed.value.permanent
    assert CANARY not in str(failed.value)


def test_redirects_are_not_followed_whatever_the_url_asks_for() -> None:
    other = Hook()
    with (
        listening(other) as target,
        listening(Hook(307, f"http://127.0.0.1:{target}/")) as port,
        pytest.raises(DeliveryError),
    ):
        notifier(allow_private=True)(f"json://127.0.0.1:{port}/?redirect=yes&retry=3", mail())
    assert other.heard == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254"]
)
def test_a_url_that_leads_into_our_own_network_reaches_nobody(host: str) -> None:
    """Attack 13."""
    hook = Hook()
    with listening(hook) as port, pytest.raises(DeliveryError):
        notifier()(f"jsons://{host}:{port}/", mail())
    assert hook.heard == []


def test_what_was_looked_at_is_what_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attack 13: a name that resolves to a public address for who looks, and to ours for who connects."""
    import urllib3

    answers = [[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))]]
    asked: list[object] = []

    def rebinding(host: str, *given: object, **how: object) -> object:
        asked.append(host)
        if host != "rebind.example":
            raise OSError("only the pinned address is connected to, and there is no way out of here")
        return answers.pop()

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with only_public(), pytest.raises(urllib3.exceptions.HTTPError):
        urllib3.PoolManager(retries=False).request("GET", "https://rebind.example/")
    assert asked == ["rebind.example", "93.184.216.34"]


@pytest.mark.parametrize("url", [f"json://host/{CANARY}", f"mailto://u:{CANARY}@host", f"file:///{CANARY}", CANARY])
def test_only_listed_services_are_channels(url: str) -> None:
    with pytest.raises(UserError, match="begins with one of discord") as refused:
        check_url(url, allow_private=False)
    assert CANARY not in str(refused.value)


def test_a_url_that_lacks_something_is_refused_without_repeating_it() -> None:
    with pytest.raises(UserError, match="not complete") as refused:
        check_url(f"slack://{CANARY}", allow_private=False)
    assert CANARY not in str(refused.value)


def test_without_apprise_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(ConfigError, match=r"hamwatch\[notify\]"):
        check_url("ntfys://ntfy.sh/topic", allow_private=False)


def test_no_log_at_debug_holds_a_url_or_what_was_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    hook = Hook()
    with listening(hook) as port:
        notifier(allow_private=True)(f"json://user:{CANARY}@127.0.0.1:{port}/{CANARY}", mail())
        hook.status = 500
        with pytest.raises(DeliveryError):
            notifier(allow_private=True)(f"ntfy://user:{CANARY}@127.0.0.1:{port}/{CANARY}", mail())
    logging.getLogger("apprise").debug("others may still talk")
    assert [text for text in (CANARY, "22.7") if text in caplog.text] == []
    assert "others may still talk" in caplog.text
