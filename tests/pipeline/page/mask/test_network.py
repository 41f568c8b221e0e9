import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.mask.masking import mask
from jingyu.pipeline.page.mask.network import may_hold_v4, may_hold_v6, v6_addresses


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("来自123.116.247.15的用户", "来自[IP地址]的用户"),
        ("IP：8.8.8.8", "IP：[IP地址]"),
        ("root@110.42.230.56:/home", "root@[IP地址]:/home"),
        ("2400:3200:baba::1", "[IP地址]"),
        ("240e:3b7:1:2:3:4:5:6", "[IP地址]"),
    ],
)
def test_public_addresses_are_masked(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "IP：192.168.1.100",
        "IP：127.0.0.1",
        "组播地址224.0.0.251",
        "版本123.116.247.15",
        "Chrome/120.0.99.130",
        "1.9.159.0",
        "POSIX标准 2.2.2.52 节",
        "123.116.247.256",
        "123.116.247.15.6",
        "12:30:45",
        "2001:db8::1",
        "std::vector",
    ],
)
def test_private_addresses_and_versions_stay(text: str) -> None:
    assert mask(text).text == text


@given(address=st.ip_addresses(network="2000::/3"))
def test_the_first_look_passes_over_no_address_of_version_6(
    address: ipaddress.IPv6Address,
) -> None:
    for text in (address.compressed, address.exploded):
        assert may_hold_v6(text.encode()) or not list(v6_addresses(text))


@given(address=st.ip_addresses(v=4))
def test_the_first_look_passes_over_no_address_of_version_4(
    address: ipaddress.IPv4Address,
) -> None:
    assert may_hold_v4(str(address).encode())
    assert not may_hold_v6(str(address).encode())
