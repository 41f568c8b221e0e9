import ipaddress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.settings.errors import ConfigError
from jingyu.filters.source.networks import load_networks, networks
from tests.support.mmdb import write_mmdb


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("ip", "country"),
    [
        ("1.0.0.255", None),
        ("1.0.1.0", "CN"),
        ("1.0.1.255", "CN"),
        ("1.0.2.0", None),
        ("255.255.255.255", "US"),
        ("0.0.0.0", None),
        (" 1.0.1.1 ", "CN"),
        ("::ffff:1.0.1.1", "CN"),
        ("2001:db8::1", "CN"),
        ("2001:db9::1", None),
        ("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "CN"),
        ("fe80::1%eth0", None),
        ("1.0.1", None),
        ("example.cn", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_is_in_the_country_of_its_network(ip: str | None, country: str | None) -> None:
    blocks = ["1.0.1.0/24", "2001:db8::/32"]

    known = networks([*((block, "cn") for block in blocks), ("255.255.255.255", "US")])

    assert known.country_of(ip) == country


def test_of_nested_networks_the_smallest_counts_and_of_equal_ones_the_first() -> None:
    known = networks(
        [
            ("10.0.0.0/8", "US"),
            ("10.1.0.0/16", "CN"),
            ("10.1.1.0/24", "HK"),
            ("10.1.1.0/24", "TW"),
            ("10.255.255.255/32", "JP"),
            ("10.0.0.0/24", "SG"),
        ]
    )
    ips = ["10.0.0.0", "10.0.1.0", "10.1.0.255", "10.1.1.7", "10.1.2.0", "10.2.0.0"]

    found = [known.country_of(ip) for ip in ips]

    assert found == ["SG", "US", "CN", "HK", "CN", "US"]
    assert known.country_of("10.255.255.254") == "US"
    assert known.country_of("10.255.255.255") == "JP"
    assert known.country_of("11.0.0.0") is None


blocks = st.builds(
    lambda number, length: str(ipaddress.ip_network((number << 24, length), strict=False)),
    st.integers(0, 255),
    st.integers(0, 12),
)


@settings(max_examples=100)
@given(
    entries=st.lists(st.tuples(blocks, st.sampled_from(["CN", "US", "HK"])), max_size=8),
    number=st.integers(0, 2**32 - 1),
)
def test_ranges_say_what_the_networks_say_one_by_one(
    entries: list[tuple[str, str]], number: int
) -> None:
    address = ipaddress.ip_address(number)
    around = [
        (ipaddress.ip_network(block).prefixlen, -place, country)
        for place, (block, country) in enumerate(entries)
        if address in ipaddress.ip_network(block)
    ]

    assert networks(entries).country_of(str(address)) == (max(around)[2] if around else None)


def test_the_country_stands_in_a_column_or_in_the_name_of_the_file(tmp_path: Path) -> None:
    by_column = write(tmp_path, "all.csv", "# made\n1.0.1.0/24,CN\n1.0.2.0/24\tHK # note\n\n")
    by_name = write(tmp_path, "ipv4-Tw.txt", "1.0.3.0/24\n")

    known = load_networks([by_column, by_name])

    ips = ["1.0.1.1", "1.0.2.1", "1.0.3.1", "1.0.4.1"]
    assert [known.country_of(ip) for ip in ips] == ["CN", "HK", "TW", None]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("china.txt", "1.0.1.0/24\n", r"china\.txt:1: has no country; write `1\.0\.1\.0/24,CN`"),
        ("cn.txt", "1.0.1.0/24,CHN\n", r"cn\.txt:1: has no country"),
        ("cn.txt", "# x\n1.0.1.0/33\n", r"cn\.txt:2: `1\.0\.1\.0/33` is no network"),
        ("cn.txt", "example.cn\n", r"cn\.txt:1: `example\.cn` is no network"),
        ("a.mmdb", "nothing", r"a\.mmdb: is no MaxMind database"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_line(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        load_networks([write(tmp_path, name, text)])


def test_a_missing_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot read the list of networks"):
        load_networks([tmp_path / "cn.txt"])


def test_databases_of_the_common_layouts_are_read(tmp_path: Path) -> None:
    records = {
        "1.0.1.0/24": {"country": {"iso_code": "CN"}},
        "1.0.2.0/24": {"country": "US"},
        "1.0.3.0/24": {"country_code": "hk", "country": "Hong Kong"},
        "1.0.4.0/24": {"continent": "AS"},
        "2001:db8::/32": {"country": {"iso_code": "DE"}},
    }
    known = load_networks([write_mmdb(tmp_path / "a.mmdb", records)])
    ips = ["1.0.1.1", "1.0.2.1", "1.0.3.1", "1.0.4.1", "9.9.9.9", "2001:db8::1", "::1", "x", None]

    found = [known.country_of(ip) for ip in ips]

    assert found == ["CN", "US", "HK", None, None, "DE", None, None, None]


def test_a_database_of_ipv4_knows_no_ipv6_and_lists_fill_in(tmp_path: Path) -> None:
    database = write_mmdb(tmp_path / "a.mmdb", {"1.0.1.0/24": {"country_code": "CN"}}, version=4)
    listed = write(tmp_path, "us.txt", "2001:db8::/32\n1.0.0.0/16\n")

    known = load_networks([listed, database])

    ips = ["1.0.1.1", "1.0.2.1", "2001:db8::1", "2001:db9::1"]
    assert [known.country_of(ip) for ip in ips] == ["CN", "US", "US", None]
