"""Who asks: the address that counts for limits, where proxies stand between."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network
HOUSEHOLD = 64  # [bits] of an IPv6 address: whoever has one has all that begin alike
NOBODY = "unknown"


def caller(peer: str, forwarded: Sequence[str], trusted: Sequence[Network]) -> str:
    """The last hop that is none of our own proxies; *forwarded* are the lines of X-Forwarded-For.

    Each proxy writes whom it served behind what was there already, so the header is read from its right end, and only
    as far as *trusted* proxies wrote it: what a stranger wrote before them says nothing.
    """
    hops = [hop.strip() for line in forwarded for hop in line.split(",")]
    here = peer
    while _is_within(here, trusted) and hops:
        here = hops.pop()
    return _counted(here)


def _is_within(address: str, trusted: Sequence[Network]) -> bool:
    try:
        return any(ip_address(address) in network for network in trusted)
    except ValueError:
        return False


def _counted(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return NOBODY
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, HOUSEHOLD), strict=False))
