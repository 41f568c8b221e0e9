"""Sites: hosts, and below platforms their owners."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.source.address import host_of
from jingyu.filters.source.platforms import platform_of, platforms_in, site_of
from jingyu.filters.source.source_list import source_list


def site(url: str) -> str | None:
    return site_of(url, host_of(url))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.example.com.cn/a/b.html", "www.example.com.cn"),
        ("http://61.135.1.2:8080/a", "61.135.1.2"),
        ("https://alice.github.io/blog/1", "alice.github.io"),
        ("https://deep.alice.github.io/", "alice.github.io"),
        ("https://github.io/", None),
        (
            "https://raw.githubusercontent.com/alice/pages/main/a.html",
            "raw.githubusercontent.com/alice/",
        ),
        ("https://raw.githubusercontent.com/", None),
        ("https://blog.csdn.net/alice/article/details/1", "blog.csdn.net/alice/"),
        ("https://bbs.csdn.net/topics/1", None),
        ("https://mp.weixin.qq.com/s?__biz=MzA=&mid=1", "mp.weixin.qq.com/s?__biz=MzA="),
        ("https://mp.weixin.qq.com/s?mid=1&__biz=MzA=", "mp.weixin.qq.com/s?__biz=MzA="),
        ("https://mp.weixin.qq.com/s/kurz", None),
        ("https://www.lofter.com/", None),
        ("https://alice.lofter.com/post/1", "alice.lofter.com"),
        ("https://alice.vercel.app/", "alice.vercel.app"),
        ("https://sites.google.com/view/alice/a", "sites.google.com/view/alice/"),
        ("https://sites.google.com/view", None),
        ("https://www.zhihu.com/question/1", None),
        ("https://notzhihu.com/question/1", "notzhihu.com"),
    ],
)
def test_the_site_of_an_address_is_what_one_owner_fills(url: str, expected: str | None) -> None:
    assert site(url) == expected


def test_without_an_address_there_is_no_site() -> None:
    assert site_of(None, None) is None
    assert site_of("", "") is None
    assert site_of(None, "github.com") is None
    assert site_of("https://[/alice", "github.com") is None


@pytest.mark.parametrize(
    ("host", "suffix"),
    [
        ("alice.github.io", "github.io"),
        ("zhuanlan.zhihu.com", "zhuanlan.zhihu.com"),
        ("www.zhihu.com", "zhihu.com"),
        ("alice.myshopify.com", "myshopify.com"),
        ("www.example.gov.cn", None),
        ("www.example.js.cn", None),
        (None, None),
    ],
)
def test_the_longest_suffix_names_the_platform(host: str | None, suffix: str | None) -> None:
    platform = platform_of(host)

    assert (platform and platform.suffix) == suffix


@given(st.from_regex(r"https?://x[a-z]{0,9}\.(github\.io|example\.cn)/[a-z]{0,5}", fullmatch=True))
def test_a_list_that_names_a_site_matches_its_pages(url: str) -> None:
    entry = site(url)

    assert entry
    assert source_list([f"full:{entry}"]).matches(url, host_of(url))


@pytest.mark.parametrize("line", ["a.cn", "a.cn path", "a.cn path/0", "a.cn - x", "b.cn -\nb.cn -"])
def test_what_is_no_platform_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="is no platform"):
        platforms_in(line)
