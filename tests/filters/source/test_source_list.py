from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.settings.errors import ConfigError
from jingyu.filters.source.address import host_of
from jingyu.filters.source.source_list import source_list


@pytest.mark.parametrize(
    ("entry", "url", "is_matched"),
    [
        ("people.com.cn", "http://people.com.cn/", True),
        ("people.com.cn", "http://www.people.com.cn/a", True),
        ("people.com.cn", "http://notpeople.com.cn/a", False),
        ("people.com.cn", "http://people.com.cn.evil.com/", False),
        ("full:www.people.com.cn", "https://www.people.com.cn/a", True),
        ("full:www.people.com.cn", "https://a.www.people.com.cn/a", False),
        ("www.people.com.cn/GB/", "https://www.people.com.cn/GB/1.html", True),
        ("http://www.people.com.cn/GB/", "https://www.people.com.cn/GB/1.html", True),
        ("www.people.com.cn/GB/", "https://www.people.com.cn/BIG5/1.html", False),
        ("www.people.com.cn/GB/", "https://people.com.cn/GB/1.html", False),
        ("cn", "https://www.people.com.cn:8080/GB/", True),
        ("*.people.com.cn", "http://paper.people.com.cn/", True),
        ("中国", "http://例子.中国/", True),
        ("中国", "http://xn--fsqu00a.xn--fiqs8s/", True),
    ],
)
def test_an_entry_matches_its_hosts_and_prefixes(entry: str, url: str, is_matched: bool) -> None:
    assert source_list([entry]).matches(url, host_of(url)) is is_matched


def test_a_file_may_have_comments_blank_lines_and_hosts_lines(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("# sites\n\nexample.cn # ours\n0.0.0.0 bad.example\n", encoding="utf-8")

    sources = source_list([], [file])

    assert sources.size == 2
    assert sources.matches("http://a.example.cn/", "a.example.cn")
    assert sources.matches("http://bad.example/", "bad.example")


def test_an_entry_that_is_none_names_its_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("example.cn\nregexp:^a.*b$\n", encoding="utf-8")

    with pytest.raises(ConfigError, match=r"list\.txt:2: `regexp:\^a\.\*b\$` is no host"):
        source_list([], [file])


def test_an_address_without_host_is_on_no_list() -> None:
    assert not source_list(["example.cn"]).matches("urn:isbn:1", None)


@given(st.text())
def test_any_address_has_a_host_or_none(url: str) -> None:
    host = host_of(url)

    assert host is None or (host and host == host.lower())
