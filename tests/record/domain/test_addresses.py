"""No address leads this host back to itself or into its own network."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.errors import Invalid
from apps.record.domain.addresses import Target, is_public, target_of

PRIVATE = [
    IPv4Network(net)
    for net in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4"),
    )
]
private = st.sampled_from(PRIVATE).flatmap(
    lambda net: st.integers(int(net.network_address), int(net.broadcast_address)).map(IPv4Address)
)


@given(private)
def test_no_number_of_a_private_network_is_public_however_it_is_wrapped(number: IPv4Address) -> None:
    wrapped = [
        str(number),
        f"::ffff:{number}",
        str(IPv6Address(b"\x00\x64\xff\x9b" + bytes(8) + number.packed)),
        str(IPv6Address(b"\x20\x02" + number.packed + bytes(10))),
    ]
    assert [is_public(each) for each in wrapped] == [False] * 4
    with pytest.raises(Invalid):
        target_of(f"https://{number}/")


@pytest.mark.parametrize("number", ["::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1"])
def test_no_local_number_of_the_newer_kind_is_public(number: str) -> None:
    assert not is_public(number)


def test_numbers_of_the_internet_are_public() -> None:
    assert is_public("93.184.216.34")
    assert is_public("2606:4700:4700::1111")


def test_an_address_is_taken_apart() -> None:
    assert target_of("https://audit.example.org/in?key=1") == Target("https", "audit.example.org", 443, "/in?key=1")
    assert target_of("https://audit.example.org:8443") == Target("https", "audit.example.org", 8443, "/")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "audit.example.org",
        "http://audit.example.org/",
        "ftp://audit.example.org/",
        "file:///etc/passwd",
        "https://",
        "https://localhost/",
        "https://localhost./",
        "https://db.internal/",
        "https://printer.local/",
        "https://intranet/",
        "https://127.1/",
        "https://2130706433/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://me:secret@audit.example.org/",
        "https://audit.example.org:99999/",
        "https://audit.example.org/a b",
        "https://audit.example.org/\r\nHost: x",
        "https://ａudit.example.org/",
        "https://audit.example.org/" + "x" * 300,
    ],
)
def test_addresses_that_are_refused(url: str) -> None:
    with pytest.raises(Invalid) as refusal:
        target_of(url)
    assert refusal.value.code == "keeper.address"


def test_where_it_is_allowed_anywhere_only_what_is_no_address_is_refused() -> None:
    assert target_of("http://127.0.0.1:8000/in", anywhere=True) == Target("http", "127.0.0.1", 8000, "/in")
    with pytest.raises(Invalid):
        target_of("file:///etc/passwd", anywhere=True)
