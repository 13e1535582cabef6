"""Where checkpoints can be sent over the net: addresses that answer over https and lie on the public internet.

Whoever convenes a partnership types an address that this host then calls. It must not be led to call itself or its
neighbours, so every number a name stands for is looked at, also the one wrapped in another (RFC 4291, 6052, 3056).
"""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from apps.common.errors import Invalid

LONGEST = 300
TRANSLATED = IPv6Network("64:ff9b::/96")
"""IPv4 addresses as a translator (NAT64) writes them."""


@dataclass(frozen=True)
class Target:
    """An address, taken apart."""

    scheme: str
    host: str
    port: int
    path: str


def target_of(url: str, *, anywhere: bool = False) -> Target:
    """An address to which checkpoints can be sent; `anywhere`: also without encryption, and in this network.

    Raises `Invalid`. What a name stands for is looked at when something is sent, and each time anew.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise _invalid("This is not an address. It looks like https://example.org/checkpoints.") from error
    if len(url) > LONGEST or not url.isascii() or any(sign.isspace() for sign in url) or not host:
        raise _invalid("This is not an address. It looks like https://example.org/checkpoints.")
    if parts.scheme != "https" and not (anywhere and parts.scheme == "http"):
        raise _invalid("Checkpoints are sent over https only: begin the address with https://.")
    if parts.username is not None or parts.password is not None:
        raise _invalid("Leave name and password out of the address.")
    if not anywhere and not _may_be_called(host):
        raise _invalid("This address lies in a private network. Choose one that can be reached from everywhere.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port or (443 if parts.scheme == "https" else 80), path)


def is_public(number: str) -> bool:
    """Whether an address in numbers belongs to the public internet, and to one machine in it."""
    found = ip_address(number.partition("%")[0])
    if isinstance(found, IPv6Address):
        inner = _inside(found)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast


def _inside(found: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that one of IPv6 leads to."""
    if found in TRANSLATED:
        return IPv4Address(found.packed[12:])
    return found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)


def _may_be_called(host: str) -> bool:
    """Whether a name or number may be tried at all: names of this machine and this network are not."""
    try:
        return is_public(host)
    except ValueError:
        local = ("localhost", "local", "internal", "lan", "home", "arpa")
        return "." in host and host.rsplit(".", 1)[-1].lower() not in local and not host.rsplit(".", 1)[-1].isdigit()


def _invalid(words: str) -> Invalid:
    return Invalid("keeper.address", words, {"url": "cannot be used"})
