import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.source.address import host_of, registered_domain


@pytest.mark.parametrize(
    ("url", "host"),
    [
        (None, None),
        ("", None),
        ("http://", None),
        ("www.a.cn/b", None),
        ("mailto:a@b.cn", None),
        ("http://www.a.cn", "www.a.cn"),
        ("HTTPS://WWW.A.CN/B", "www.a.cn"),
        ("http://a.cn:8080/b", "a.cn"),
        ("http://a.cn./b", "a.cn"),
        ("http://中文.中国/b", "xn--fiq228c.xn--fiqs8s"),
        ("http://" + "长" * 99 + ".cn/", "长" * 99 + ".cn"),
        ("http://user:word@a.cn/b", "a.cn"),
        ("http://a@b@c.cn/", "c.cn"),
        ("http://a.cn?b=http://c.cn", "a.cn"),
        ("http://a.cn#b@c", "a.cn"),
        ("http://a.cn/b@c.cn", "a.cn"),
        ("http://[2001:db8::1]:80/", "[2001:db8::1]"),
        ("http://192.0.2.1/", "192.0.2.1"),
        ("http://新华网.中国/页", "xn--xkrr14bows.xn--fiqs8s"),
        ("http://a.cn\\@b.cn/", "a.cn"),
    ],
)
def test_the_host_is_what_stands_between_user_and_port(url: str | None, host: str | None) -> None:
    assert host_of(url) == host


@given(url=st.text() | st.text("htp:/@.?#[]aA中\\𠮷\ud800").map("http://".__add__))
def test_any_text_has_a_host_in_lower_case_or_none(url: str) -> None:
    host = host_of(url)

    assert host is None or (host and host == host.lower())
    assert registered_domain(host) is None or host


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        (None, None),
        ("", None),
        ("localhost", None),
        ("192.0.2.1", None),
        ("[2001:db8::1]", None),
        ("com.cn", None),
        ("gov.cn", None),
        ("people.com.cn", "people.com.cn"),
        ("news.people.com.cn", "people.com.cn"),
        ("www.beijing.gov.cn", "beijing.gov.cn"),
        ("a.b.edu.cn", "b.edu.cn"),
        ("a.github.io", "github.io"),
        ("www.新华网.中国", "新华网.中国"),
        ("a.b.invalid", None),
    ],
)
def test_the_registered_domain_is_one_label_more_than_the_public_suffix(
    host: str | None, domain: str | None
) -> None:
    assert registered_domain(host) == domain
