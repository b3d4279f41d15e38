"""Whether an endpoint stands on this machine or a private network, by the addresses it has.

A name is looked up once, all its addresses must pass, and what is connected to is what was
checked: a name that points elsewhere a moment later (DNS rebinding) changes nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from openimr.model.errors import UsageError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
_PRIVATE = tuple(
    ipaddress.ip_network(network)
    for network in (
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "::1/128",
        "fc00::/7",
    )
)
"""Loopback, RFC 1918 and RFC 4193. Link-local addresses are left out: cloud machines hand out their
credentials there."""
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where to connect, and what to call it."""

    secure: bool
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]
    """The checked addresses of the host, in the order in which to try them."""


def system_resolve(host: str, port: int) -> Sequence[str]:
    """All addresses of a host, as this machine looks them up."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def endpoint(
    url: str, *, allow_public: bool, resolve: Resolve = system_resolve, named: str = "the address"
) -> Endpoint:
    """Check a URL and the addresses behind it.

    Args:
        url: of the service, `http://127.0.0.1:8080/v1/chat/completions`.
        allow_public: whether an address outside may be used; then by https only.
        resolve: looks a host's addresses up.
        named: what messages call the URL.

    Raises:
        UsageError: the URL cannot be used, or leads outside without leave.
    """
    secure, host, port, path = _parts(url, named)
    try:
        addresses = [ipaddress.ip_address(each.split("%")[0]) for each in resolve(host, port)]
    except (OSError, ValueError, UnicodeError):
        addresses = []
    if not addresses:
        raise UsageError(
            f"{named}: the host {host} has no address", remedy="check the name and the network"
        )
    outside = [each for each in addresses if not is_private(each)]
    if outside and not (allow_public and all(_may_be_public(each) for each in outside)):
        raise UsageError(
            f"{named}: the host {host} is not on this machine or a private network",
            why="health data would leave the organization",
            remedy="use a model of your own; see docs/howto/use-a-second-reader.md",
        )
    if outside and not secure:
        raise UsageError(
            f"{named}: an address outside may be used by https only", remedy="write https://"
        )
    tried = tuple(dict.fromkeys(map(str, addresses)))
    return Endpoint(secure=secure, host=host, port=port, path=path, addresses=tried)


def is_private(address: IPAddress) -> bool:
    """Whether an address is of this machine or a private network.

    >>> [is_private(ipaddress.ip_address(a)) for a in ("10.1.2.3", "8.8.8.8", "169.254.169.254")]
    [True, False, False]
    """
    plain = _unmapped(address)
    return any(plain in network for network in _PRIVATE if network.version == plain.version)


def _may_be_public(address: IPAddress) -> bool:
    plain = _unmapped(address)
    return plain.is_global and not plain.is_multicast


def _unmapped(address: IPAddress) -> IPAddress:
    """The IPv4 address inside an IPv6 one (`::ffff:8.8.8.8`)."""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _parts(url: str, named: str) -> tuple[bool, str, int, str]:
    """Whether it is secure, host, port and path; nothing else may stand in the URL."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    plain = not (parts.username or parts.password or parts.query or parts.fragment)
    if parts.scheme not in _PORTS or not parts.hostname or not plain or not url.isprintable():
        raise UsageError(
            f"{named} is no plain http or https address",
            remedy="write it like http://127.0.0.1:8080/v1, without a user, password or query",
        )
    secure = parts.scheme == "https"
    return secure, parts.hostname, port or _PORTS[parts.scheme], parts.path or "/"
