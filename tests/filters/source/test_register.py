import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.source.address import host_of
from jingyu.filters.source.register import Register, register
from jingyu.filters.source.source import Source


def entries(*matches: str) -> Register:
    """Returns a register whose sources are named as they match."""
    return register(
        Source(match=match, name=match, category="news", tier="general") for match in matches
    )


def name_of(register: Register, url: str) -> str | None:
    found = register.find(url, host_of(url))
    return found.name if found else None


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://cn.example/", None),
        ("http://example.cn/", "cn"),
        ("http://people.com.cn/", "people.com.cn"),
        ("http://a.people.com.cn/GB/", "people.com.cn"),
        ("http://notpeople.com.cn/", "cn"),
        ("http://www.people.com.cn/", "full:www.people.com.cn"),
        ("http://a.www.people.com.cn/", "people.com.cn"),
        ("https://www.people.com.cn/GB/", "www.people.com.cn/GB/"),
        ("https://www.people.com.cn/GB/1.html", "www.people.com.cn/GB/"),
        ("https://www.people.com.cn/GB/2/1.html", "www.people.com.cn/GB/2/"),
        ("https://www.people.com.cn/GB", "full:www.people.com.cn"),
        ("https://www.people.com.cn:8080/GB/1", "www.people.com.cn/GB/"),
        ("https://news.people.com.cn/a/b", "news.people.com.cn/a"),
        ("https://news.people.com.cn", "people.com.cn"),
    ],
)
def test_the_most_specific_entry_counts(url: str, name: str | None) -> None:
    found = entries(
        "cn",
        "people.com.cn",
        "full:www.people.com.cn",
        "www.people.com.cn/GB/",
        "www.people.com.cn/GB/2/",
        "news.people.com.cn/a",
    )

    assert found.size == 6
    assert name_of(found, url) == name


def test_an_address_without_host_has_no_source() -> None:
    assert entries("cn").find(None, None) is None
    assert entries("cn").find("http://a.cn/", "a.cn") is not None
    assert entries("a.cn/b").find(None, "a.cn") is None


def test_of_two_entries_with_one_match_the_later_counts() -> None:
    first = Source(match="example.cn", name="first", category="news", tier="general")
    second = first.model_copy(update={"name": "second"})

    assert name_of(register([first, second]), "http://example.cn/") == "second"


def test_names_in_chinese_are_looked_up_as_crawls_write_them() -> None:
    assert name_of(entries("例子.中国"), "http://a.xn--fsqu00a.xn--fiqs8s/") == "例子.中国"


paths = st.text(alphabet="ab/", min_size=1, max_size=6).map(lambda path: f"a.cn/{path}")


@settings(max_examples=200)
@given(matches=st.lists(paths, max_size=12), url=paths)
def test_the_longest_prefix_counts_however_they_nest(matches: list[str], url: str) -> None:
    fitting = [match for match in matches if url.startswith(match)]

    found = name_of(entries(*matches), f"http://{url}")

    assert found == (max(fitting, key=len) if fitting else None)
