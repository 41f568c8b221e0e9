import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jingyu.filters.source.address import host_of
from jingyu.pipeline.page.address.canonical_url import canonical_url

PARTS = [
    *("http://", "https://", "HTTP:\\\\", "www.", "m.", "mobile.", "a.cn", "新华网.中国", "[::1]"),
    *(
        "/",
        "//",
        "\\",
        ".",
        "..",
        "/./",
        "/../",
        ":",
        ":80",
        ":8080",
        "@",
        "?",
        "#",
        "#!",
        "&",
        "=",
    ),
    *(
        "%",
        "%2",
        "%41",
        "%7e",
        "%E4%B8%AD",
        "%d6%d0",
        "%25",
        "%2F",
        "%3F",
        "中",
        "𠮷",
        "\ud800",
        " ",
    ),
    *("index.html", "index.php", "/amp", "/m/", "/wap/news/", "12345", ";jsessionid=A1", "(S(a))"),
    *("utm_source=a", "spm=1", "from=timeline", "id=3", "sid=", "+", ";", "　", "\t", "℀"),
]
addresses = st.text() | st.lists(st.sampled_from(PARTS), max_size=10).map(
    lambda parts: "http://" + "".join(parts)
)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://a.cn", "http://a.cn/"),
        ("HTTPS://WWW.A.CN:443/B", "http://a.cn/B"),
        ("http://a.cn:80/b", "http://a.cn/b"),
        ("http://a.cn:8080/b", "http://a.cn:8080/b"),
        ("http://a.cn./b", "http://a.cn/b"),
        ("http://user:word@a.cn/b", "http://a.cn/b"),
        (" http://a.cn/b\n", "http://a.cn/b"),
        ("http://www.新华网.中国/页", "http://xn--xkrr14bows.xn--fiqs8s/%E9%A1%B5"),
        ("http://xn--xkrr14bows.xn--fiqs8s/", "http://xn--xkrr14bows.xn--fiqs8s/"),
        ("http://[2001:DB8::1]:80/", "http://[2001:db8::1]/"),
        ("http://192.0.2.1/b", "http://192.0.2.1/b"),
        ("http:\\\\a.cn\\b", "http://a.cn/b"),
    ],
)
def test_scheme_user_default_port_and_form_of_the_host_make_no_difference(
    url: str, canonical: str
) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url", ["", "a.cn/b", "//a.cn/b", "ftp://a.cn/", "mailto:a@b.cn", "http://", "http://a b/"]
)
def test_what_has_no_web_host_has_no_form(url: str) -> None:
    assert canonical_url(url) is None


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://m.a.cn/b", "http://a.cn/b"),
        ("http://wap.a.com.cn/b", "http://a.com.cn/b"),
        ("http://www.m.a.cn/b", "http://a.cn/b"),
        ("http://m.news.a.cn/b", "http://news.a.cn/b"),
        ("http://zh.m.wikipedia.org/wiki/A", "http://zh.wikipedia.org/wiki/A"),
        ("http://mobile.a.cn/n/12345.html", "http://a.cn/n/12345.html"),
        ("http://3g.a.cn/n/12345.html", "http://a.cn/n/12345.html"),
        ("http://www.a.cn/wap/news/12345.html", "http://a.cn/news/12345.html"),
        ("http://www.a.cn/m/news/12345.html", "http://a.cn/news/12345.html"),
        ("http://a.cn/2024/01/01/amp/", "http://a.cn/2024/01/01"),
        ("http://a.cn/b.html/amp", "http://a.cn/b.html"),
        ("http://a.cn/b?amp=1", "http://a.cn/b"),
    ],
)
def test_mobile_and_accelerated_twins_meet_their_page(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "http://m.cn/b",
        "http://www.gov.cn/b",
        "http://m.github.io/b",
        "http://mobile.a.cn/",
        "http://mobile.a.cn/n/1234.html",
        "http://3g.a.cn/n",
        "http://a.cn/m/12345.html",
        "http://a.cn/m/news/1234.html",
        "http://a.cn/m",
        "http://a.cn/shop/amp",
        "http://mail.a.cn/b",
        "http://a.m.a.cn/b",
    ],
)
def test_what_may_be_a_page_of_its_own_keeps_host_and_path(url: str) -> None:
    assert canonical_url(url) == url


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://a.cn/index.html", "http://a.cn/"),
        ("http://a.cn/b/Default.aspx", "http://a.cn/b"),
        ("http://a.cn/b/", "http://a.cn/b"),
        ("http://a.cn//b///c", "http://a.cn/b/c"),
        ("http://a.cn/b/./c/../d", "http://a.cn/b/d"),
        ("http://a.cn/../../b", "http://a.cn/b"),
        ("http://a.cn/index.php?p=3", "http://a.cn/?p=3"),
        ("http://a.cn/b/?p=3", "http://a.cn/b?p=3"),
        ("http://a.cn/index.asp?p=3", "http://a.cn/index.asp?p=3"),
        ("http://a.cn/index_2.html", "http://a.cn/index_2.html"),
        ("http://a.cn/to/http://b.cn", "http://a.cn/to/http://b.cn"),
    ],
)
def test_index_pages_and_spare_slashes_make_no_difference(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://a.cn/%7eb/%41%2f", "http://a.cn/~b/A%2F"),
        ("http://a.cn/中", "http://a.cn/%E4%B8%AD"),
        ("http://a.cn/𠮷", "http://a.cn/%F0%A0%AE%B7"),
        ("http://a.cn/\ud800", "http://a.cn/%ED%A0%80"),
        ("http://a.cn/?q=%d6%d0%b9%fa", "http://a.cn/?q=%D6%D0%B9%FA"),
        ("http://a.cn/?q=%%34%31", "http://a.cn/?q=%2541"),
        ("http://a.cn/?q=100%", "http://a.cn/?q=100%25"),
        ("http://a.cn/a b", "http://a.cn/a%20b"),
        ("http://a.cn/?f[0]=1", "http://a.cn/?f%5B0%5D=1"),
    ],
)
def test_escapes_are_written_one_way_and_keep_their_bytes(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "query",
    [
        "utm_source=a&utm_medium=b",
        "spm=a2c6h.1&scm=2",
        "from=singlemessage&isappinstalled=0",
        "from=timeline",
        "vd_source=1&spm_id_from=333",
        "bd_vid=1&hmsr=a&hmpl=b",
        "gclid=1&fbclid=2",
        "share_token=1",
        "depth_1-utm_source=a",
        "tdsourcetag=s_pctim_aiomsg",
        "PHPSESSID=1",
        "ASPSESSIONIDQQABCDEF=1",
        "sid=0123456789abcdef0123456789abcdef",
        "_=1584353686123",
        "rnd=0.1234567",
        "&&",
    ],
)
def test_tracking_sessions_and_cache_busters_are_dropped(query: str) -> None:
    assert canonical_url(f"http://a.cn/b?{query}") == "http://a.cn/b"
    assert canonical_url(f"http://a.cn/b?id=3&{query}") == "http://a.cn/b?id=3"


@pytest.mark.parametrize(
    "query",
    [
        *("id=3", "p=3", "page=2", "from=2024-01-01", "from=beijing", "sid=123", "s=keyword"),
        *("scene=1", "fr=a", "t=1584353686", "source=a", "amp=12", "_=2", "r=0.5", "1584353686"),
    ],
)
def test_parameters_that_may_choose_a_page_stay(query: str) -> None:
    assert canonical_url(f"http://a.cn/b?{query}") == f"http://a.cn/b?{query}"


def test_parameters_come_in_the_order_of_their_names_and_equal_names_in_their_own() -> None:
    assert canonical_url("http://a.cn/?b=1&a=2") == canonical_url("http://a.cn/?a=2&b=1")
    assert canonical_url("http://a.cn/?a=2&a=1") != canonical_url("http://a.cn/?a=1&a=2")


def test_a_site_has_tracking_parameters_of_its_own() -> None:
    assert canonical_url("http://baike.baidu.com/item/a?fr=b") == "http://baike.baidu.com/item/a"


def test_of_a_wechat_article_only_what_names_it_stays() -> None:
    name = "__biz=MzA&idx=1&mid=265&sn=ab"

    url = f"http://mp.weixin.qq.com/s?{name}&chksm=1&scene=21&key=2#wechat_redirect"

    assert canonical_url(url) == f"http://mp.weixin.qq.com/s?{name}"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://a.cn/b.jsp;jsessionid=0A1B?id=3", "http://a.cn/b.jsp?id=3"),
        ("http://a.cn/(S(lit3py55t21z5v55vlm25s55))/b.aspx", "http://a.cn/b.aspx"),
        ("http://a.cn/b;c=1", "http://a.cn/b;c=1"),
        ("http://a.cn/A_(film)/b", "http://a.cn/A_(film)/b"),
    ],
)
def test_session_ids_in_the_path_are_dropped(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://a.cn/b#c", "http://a.cn/b"),
        ("http://a.cn/b#", "http://a.cn/b"),
        ("http://a.cn/b#/", "http://a.cn/b"),
        ("http://a.cn/b#!/c", "http://a.cn/b#!/c"),
        ("http://a.cn/#/c", "http://a.cn/#/c"),
        ("http://a.cn/b#!", "http://a.cn/b"),
    ],
)
def test_a_fragment_stays_where_single_page_sites_route_by_it(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


def test_an_address_has_at_most_8000_characters_before_and_after() -> None:
    longest = "http://a.cn/".ljust(8000, "b")

    assert canonical_url(longest) == longest
    assert canonical_url(longest + "b") is None
    assert canonical_url("http://a.cn/" + "中" * 887) == "http://a.cn/" + "%E4%B8%AD" * 887
    assert canonical_url("http://a.cn/" + "中" * 888) is None


@settings(max_examples=400)
@given(url=addresses)
@example(url="http://www.www.a.cn/index.html/index.html")
@example(url="http://a.cn/m/wap/m/a/12345")
@example(url="http://İ.cn/")
def test_the_form_of_a_form_is_itself(url: str) -> None:
    canonical = canonical_url(url)

    assert canonical is None or canonical_url(canonical) == canonical
    assert canonical is None or host_of(canonical)
