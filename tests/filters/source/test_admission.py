"""Which addresses enter, and why others do not."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.settings.errors import ConfigError
from jingyu.filters.source.admission import SourceAdmission
from jingyu.filters.source.settings import SourceRegister, Sources
from jingyu.schemas.decisions import Decision

REGISTER = """
defaults: {category: portal}
sources:
  - {match: renmin.cn, name: 人民, tier: official}
  - {match: zatan.cn, name: 杂谈, tier: general}
"""


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("register") / "register.yaml"
    path.write_text(REGISTER, encoding="utf-8")
    return path


def reason(decision: Decision | None) -> str | None:
    assert decision is None or decision[:2] == ("rejected", "sources")
    return decision.reason if decision else None


def of(register: Path | None = None, **settings: Any) -> SourceAdmission:
    modes = {k: settings.pop(k) for k in ("only_registered", "min_tier") if k in settings}
    files = (register,) if register else ()
    return SourceAdmission.of(Sources(**settings), SourceRegister(files=files, **modes))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://www.a.cn/", None),
        ("http://www.b.cn/", "unlisted_source"),
        ("http://www.a.cn/news/1", "blocked_source"),
        ("http://m.a.cn/", "blocked_source"),
        ("http://x.m.a.cn/", None),
    ],
)
def test_what_is_blocked_does_not_enter_though_it_is_allowed(
    url: str, expected: str | None
) -> None:
    admission = of(allow=("a.cn",), block=("www.a.cn/news/", "full:m.a.cn"))

    host = url.split("/")[2]
    assert reason(admission.decide(url, host)) == expected


def test_without_lists_and_register_every_address_enters() -> None:
    assert of().decide("http://a.cn/", "a.cn") is None
    assert of().decide(None, None) is None


def test_what_has_no_address_is_on_no_list() -> None:
    assert of(block=("a.cn",)).decide(None, None) is None
    assert reason(of(allow=("a.cn",)).decide(None, None)) == "unlisted_source"


@pytest.mark.parametrize(
    ("modes", "host", "expected"),
    [
        ({}, "zatan.cn", None),
        ({"only_registered": True}, "zatan.cn", None),
        ({"only_registered": True}, "a.cn", "unregistered_source"),
        ({"min_tier": "reputable"}, "zatan.cn", "untrusted_source"),
        ({"min_tier": "reputable"}, "renmin.cn", None),
        ({"min_tier": "reputable"}, "a.cn", None),
        ({"min_tier": "reputable", "only_registered": True}, "a.cn", "unregistered_source"),
    ],
)
def test_the_register_decides_on_what_the_lists_let_in(
    modes: dict[str, Any], host: str, expected: str | None, register: Path
) -> None:
    admission = of(register, **modes)

    assert reason(admission.decide(f"http://{host}/", host)) == expected


def test_the_lists_are_asked_before_the_register(register: Path) -> None:
    blocking = of(register, only_registered=True, block=("a.cn",))
    allowing = of(register, only_registered=True, allow=("renmin.cn",))

    assert reason(blocking.decide("http://a.cn/", "a.cn")) == "blocked_source"
    assert reason(allowing.decide("http://a.cn/", "a.cn")) == "unlisted_source"


def test_entries_of_files_count_like_those_of_the_config(tmp_path: Path) -> None:
    path = tmp_path / "sites.txt"
    path.write_text("a.cn\n", encoding="utf-8")

    admission = of(block_lists=(path,))

    assert reason(admission.decide("http://www.a.cn/", "www.a.cn")) == "blocked_source"


def test_an_entry_that_is_none_is_an_error() -> None:
    with pytest.raises(ConfigError, match="is no host, host suffix or URL prefix"):
        of(allow=("http://*",))


entries = st.sampled_from(["a.cn", "b.a.cn", "full:a.cn", "full:b.cn", "a.cn/x", "b.cn/x/y"])
lists = st.lists(entries, max_size=4).map(tuple)


@given(allow=lists, block=lists)
def test_an_admission_lets_in_all_of_itself_and_of_its_entries_in_any_order(
    allow: tuple[str, ...], block: tuple[str, ...]
) -> None:
    one, other = of(allow=allow, block=block), of(allow=allow[::-1], block=block[::-1])

    assert one.lets_in_all_of(other)
    assert other.lets_in_all_of(one)
    assert one.allow.entries == other.allow.entries


def test_a_path_tells_apart_only_addresses_of_hosts_that_a_list_names_one_of(
    register: Path,
) -> None:
    admission = of(register, block=["a.cn/x/"], allow=["b.cn/y/", "c.cn"])

    assert not admission.is_by_host("a.cn")
    assert not admission.is_by_host("b.cn")
    assert admission.is_by_host("c.cn")
    assert admission.is_by_host(None)


def test_a_path_of_the_register_counts_where_the_register_decides(tmp_path: Path) -> None:
    path = tmp_path / "register.yaml"
    path.write_text(REGISTER + "  - {match: d.cn/z/, name: 丁, tier: general}\n", encoding="utf-8")

    assert of(path).is_by_host("d.cn")
    assert not of(path, only_registered=True).is_by_host("d.cn")
