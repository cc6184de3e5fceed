"""Links that prove where they came from."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from monitor.errors import UserError
from monitor.web.links import connect_url, invited_runner, opened_state, own_key, own_url, owner, signed_state

OLD, NEW = "old secret of thirty-two characters", "new secret of thirty-two characters"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def invitation(runner_id=7, secrets=(NEW,)):
    """What stands behind `invite=` in the link to a runner."""
    url = connect_url("https://club.example", secrets, runner_id)
    assert url.startswith("https://club.example/connect/strava?invite=")
    return parse_qs(urlsplit(url).query)["invite"][0]


def after(**time):
    return time_machine.travel(NOW + timedelta(**time), tick=False)


def test_an_invitation_names_its_runner():
    assert invited_runner([NEW], invitation(7)) == 7


def test_an_invitation_holds_for_thirty_days():
    with after(days=0):
        invite = invitation()
    with after(days=30):
        assert invited_runner([NEW], invite) == 7
    with after(days=30, seconds=1), pytest.raises(UserError, match="not valid any more: ask for a new one"):
        invited_runner([NEW], invite)


def test_a_state_holds_for_ten_minutes():
    with after(days=0):
        state = signed_state([NEW], 7, "nonce")
    with after(minutes=10):
        assert opened_state([NEW], state) == (7, "nonce")
    with after(minutes=10, seconds=1), pytest.raises(UserError):
        opened_state([NEW], state)


@pytest.mark.parametrize("text", ["", "7", "nonsense", "Nw.aaaa.bbbb", "\x00", "é" * 1000])
def test_what_was_never_signed_opens_nothing(text):
    with pytest.raises(UserError):
        invited_runner([NEW], text)
    with pytest.raises(UserError):
        opened_state([NEW], text)


def test_a_signature_covers_the_runner():
    other = invitation(8).partition(".")[0]
    with pytest.raises(UserError):
        invited_runner([NEW], other + "." + invitation(7).partition(".")[2])


def test_an_invitation_is_no_state_and_a_state_is_no_invitation():
    with pytest.raises(UserError):
        opened_state([NEW], invitation())
    with pytest.raises(UserError):
        invited_runner([NEW], signed_state([NEW], 7, "nonce"))


def test_after_a_new_key_was_put_in_front_old_links_hold_and_new_ones_use_it():
    assert invited_runner([NEW, OLD], invitation(secrets=[OLD])) == 7
    assert invited_runner([NEW], invitation(secrets=[NEW, OLD])) == 7
    with pytest.raises(UserError):
        invited_runner([OLD], invitation(secrets=[NEW, OLD]))


def test_a_runners_own_link_opens_their_page_and_no_invitation():
    key = own_key([NEW], 7)
    assert own_url("https://club.example", [NEW], 7, "leave") == f"https://club.example/leave?key={key}"
    assert owner([NEW], key) == 7
    with pytest.raises(UserError):
        invited_runner([NEW], key)
    with pytest.raises(UserError):
        owner([NEW], invitation())
