"""What is written of a person, as it is checked."""

import pytest

from monitor.errors import UserError
from monitor.store.checks import checked_address, checked_name
from monitor.store.zones import checked_zone


@pytest.mark.parametrize(
    "address", ["ann@example.org", "a.b+run@sub.example.org", "o'neil@example.org", "root@localhost"]
)
def test_a_plain_address_is_taken(address: str) -> None:
    assert checked_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("ann", id="no domain"),
        pytest.param("", id="nothing"),
        pytest.param("ann@example.org, bob@example.org", id="two people"),
        pytest.param("Ann <ann@example.org>", id="with a name"),
        pytest.param("ann@example.org\nBcc: bob@example.org", id="a line break"),
        pytest.param("ann(home)@example.org", id="a comment"),
        pytest.param("ann@[127.0.0.1]", id="a literal host"),
        pytest.param("änn@example.org", id="letters that not every server takes"),
        pytest.param(".ann@example.org", id="a dot in front"),
        pytest.param("ann..lee@example.org", id="two dots"),
        pytest.param(f"{'a' * 250}@example.org", id="too long"),
    ],
)
def test_what_is_not_exactly_one_plain_address_is_refused(address: str) -> None:
    with pytest.raises(UserError, match="is no e-mail address"):
        checked_address(address)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "europe/paris ", "+02:00", "localtime", "../etc/passwd", ""])
def test_what_is_no_time_zone_is_refused(zone: str) -> None:
    with pytest.raises(UserError, match="is no time zone"):
        checked_zone(zone)


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "Ann\x1b[31m", "Ann\nLee"])
def test_what_cannot_be_printed_on_one_line_is_no_name(name: str) -> None:
    with pytest.raises(UserError, match="is no name"):
        checked_name(name)


def test_blanks_around_a_name_are_not_part_of_it() -> None:
    assert checked_name("  Zoë Ünal ") == "Zoë Ünal"
