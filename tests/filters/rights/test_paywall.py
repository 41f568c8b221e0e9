import pytest

from jingyu.filters.rights.page import page_of
from jingyu.filters.rights.paywall import Paywall, paywall


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<meta property="article:content_tier" content="locked">', ("locked", "content_tier")),
        ('<meta property="article:content_tier" content="metered">', ("metered", "content_tier")),
        ('<meta property="article:content_tier" content="free">', ("none", None)),
        ('<script>{"isAccessibleForFree": false}</script>', ("locked", "schema_org")),
        ('<script>{"isAccessibleForFree":"False"}</script>', ("locked", "schema_org")),
        ('<script>{"isAccessibleForFree": true}</script>', ("none", None)),
        ('<meta itemprop="isAccessibleForFree" content="false">', ("locked", "schema_org")),
        ("<p>试读结束，购买后继续</p>", ("locked", "trial")),
        ("<p>本章为VIP章节，请试读其他</p>", ("locked", "trial")),
        ("<p>付费后阅读全文</p>", ("locked", "payment")),
        ("<p>开通会员阅读全文</p>", ("locked", "payment")),
        ("<p>開通會員</p>", ("none", None)),
        ("<p>剩余75%的内容，付费解锁</p>", ("locked", "payment")),
        ("<a>登录后</a><b>查看全文</b>", ("locked", "login")),
        ("<p>请登录后阅读完整内容</p>", ("locked", "login")),
    ],
)
def test_a_page_says_whether_part_is_kept_back(
    markup: str, expected: tuple[str, str | None]
) -> None:
    assert tuple(paywall(page_of(markup))) == expected


@pytest.mark.parametrize(
    "text", ["", "阅读全文", "免费试读", "开通会员享专享价", "登录后复制", "使用者付費的道理"]
)
def test_offers_keep_nothing_back(text: str) -> None:
    assert paywall(page_of(text)) == Paywall()


def test_the_templates_in_scripts_do_not_count() -> None:
    assert paywall(page_of("<script>var tip = '登录后查看全文';</script>")) == Paywall()


def test_the_publishers_tier_decides_over_schema_org() -> None:
    markup = '<meta property="article:content_tier" content="metered">{"isAccessibleForFree":false}'

    assert paywall(page_of(markup)) == Paywall("metered", "content_tier")
