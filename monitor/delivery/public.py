"""Which machines of others may be reached, where somebody else chose the address: those of the public internet."""

import ipaddress
import socket

from monitor.errors import DeliveryError

NAT64 = ipaddress.ip_network("64:ff9b::/96")


def public_address(host: str, port: int) -> str:
    """The address behind *host*. DeliveryError where any of its addresses is not public."""
    found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not all(map(is_public, found)):
        raise DeliveryError(f"{host} is not a public address, and is not asked", permanent=True)
    return found[0]


def is_public(address: str) -> bool:
    """Whether an address is one of the internet; one that wraps another address is judged by that."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in NAT64 or ip.sixtofour or ip.teredo:
            return False
        ip = ip.ipv4_mapped or ip
    return ip.is_global and not ip.is_multicast
