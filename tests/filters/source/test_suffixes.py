from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publicsuffixlist import PSLFILE, PublicSuffixList

from jingyu.filters.source.suffixes import suffix_list

ORACLES = {
    with_private: PublicSuffixList(accept_unknown=False, only_icann=not with_private)
    for with_private in (False, True)
}
LABELS = st.sampled_from(
    [
        "com",
        "cn",
        "gov",
        "ck",
        "www",
        "a",
        "中国",
        "公司",
        "xn--fiqs8s",
        "xn--55qx5d",
        "jp",
        "kobe",
        "city",
        "github",
        "io",
        "GitHub",
        "compute",
        "amazonaws",
        "localhost",
        "uk",
        "co",
        "",
    ]
)


@pytest.mark.parametrize("with_private", [False, True])
def test_below_each_rule_the_same_name_is_registered_as_by_the_library(with_private: bool) -> None:
    found = suffix_list(with_private=with_private)
    lines = Path(PSLFILE).read_text(encoding="utf-8").splitlines()
    hosts = ["a.b." + line.lstrip("!*.") for line in lines if line and not line.startswith("//")]

    expected = list(map(ORACLES[with_private].privatesuffix, hosts))

    assert list(map(found.registered, hosts)) == expected


@given(labels=st.lists(LABELS, min_size=1, max_size=5), with_private=st.booleans())
def test_a_host_has_the_registered_name_that_the_library_finds(
    labels: list[str], *, with_private: bool
) -> None:
    host = ".".join(labels)

    expected = ORACLES[with_private].privatesuffix(host)

    assert suffix_list(with_private=with_private).registered(host) == expected


@given(host=st.text(max_size=30))
def test_any_text_is_a_host_as_it_is_to_the_library(host: str) -> None:
    assert suffix_list().registered(host) == ORACLES[False].privatesuffix(host)
