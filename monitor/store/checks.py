"""What is written of a person, checked before it is kept: their name, address, role and locale."""

import re

from monitor.alerts.locales import locale_named
from monitor.errors import UserError
from monitor.store.visitor import Role
from monitor.store.zones import checked_zone

# Exactly one plain address: no comment, no list, no literal host (the header parser accepts all three).
_ATOM, _LABEL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
ADDRESS = re.compile(rf"{_ATOM}(\.{_ATOM})*@{_LABEL}(\.{_LABEL})*")


def checked(name: str, email: str, timezone: str) -> tuple[str, str, str]:
    """What a runner is called, their address and their zone; `UserError` names what is wrong."""
    return checked_name(name), checked_address(email), checked_zone(timezone)


def checked_name(name: str) -> str:
    if not name.strip() or len(name) > 200 or not name.isprintable():
        raise UserError(f"{name[:40]!r} is no name: give 1 to 200 printable characters")
    return name.strip()


def checked_address(email: str) -> str:
    if not ADDRESS.fullmatch(email) or len(email) > 254:
        raise UserError(f"{email!r} is no e-mail address: give exactly one, like name@example.org")
    return email


def checked_role(role: str) -> Role:
    if role not in list(Role):
        raise UserError(f"{role!r} is no role: give one of {', '.join(Role)}")
    return Role(role)


def checked_locale(tag: str) -> str:
    """The tag as it is kept; empty stays empty."""
    found = locale_named(tag).tag
    if tag and not found:
        raise UserError(f"{tag!r} is no locale with a country: give one like de-DE or en-US")
    return found
