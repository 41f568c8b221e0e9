import pytest

from jingyu.filters.spam.offers import glued_offer_count, offer_chain_count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("这家公司的官网昨天改版了。", 0),
        ("某某官网登录", 1),
        ("某某官网登录入口", 1),
        ("某某官网登录，某某体育平台", 2),
        ("某某官网 登录", 0),
        ("某某官網登錄", 1),
        ("𠮷𠮷官网下载", 1),
    ],
)
def test_offers_in_a_row_count_once(text: str, count: int) -> None:
    assert offer_chain_count(text) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("官网", 0),
        ("中国体育", 0),
        ("hy590官网", 1),
        ("365体育和88娱乐", 2),
        ("my app", 0),
        ("happy", 0),
        ("３６５体育", 0),
    ],
)
def test_an_offer_is_glued_to_a_latin_letter_or_digit_before_it(text: str, count: int) -> None:
    assert glued_offer_count(text) == count
