import pytest

from jingyu.pipeline.page.mask.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("加我QQ12345678", "加我QQ[QQ号]"),
        ("QQ号是一二三四五六七八九", "QQ号是[QQ号]"),
        ("扣扣①②③④⑤⑥⑦⑧", "扣扣[QQ号]"),
        ("qq：12345678、87654321", "qq：[QQ号]、[QQ号]"),
        ("QQ联系：12345678", "QQ联系：[QQ号]"),
        ("Q Q：12345678", "Q Q：[QQ号]"),
        ("微信：zhang_san88", "微信：[微信号]"),
        ("微信：apple_zhang", "微信：[微信号]"),
        ("QQ：12345678 20元", "QQ：[QQ号] 20元"),
        ("QQ：123 456 789", "QQ：[QQ号]"),
        ("微信（zhang_san88）", "微信（[微信号]）"),
        ("加微信zhangsan", "加微信[微信号]"),
        ("我的微信zhangsan", "我的微信[微信号]"),
        ("加微信zhangsan8", "加微信[微信号]"),
        ("vx:zhangsan", "vx:[微信号]"),
        ("V信zhang-san8", "V信[微信号]"),
        ("微信：12345678", "微信：[微信号]"),
        ("微信zhangsan8QQ12345678", "微信[微信号]QQ[QQ号]"),
        ("抖音号：zhangsan8", "抖音号：[账号]"),
        ("Telegram：@zhangsan", "Telegram：[账号]"),
        ("微信：13812345678", "微信：[手机号]"),
        ("QQ：12345678@qq.com", "QQ：[邮箱]"),
    ],
)
def test_names_of_accounts_are_masked_after_their_label(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "QQ群：12345678",
        "官方QQ12345678",
        "客服微信：zhangsan8",
        "微信公众号：renminribao",
        "QQ2013正式版",
        "QQ：4001234567",
        "QQ1234",
        "QQ123456789012",
        "微信Android版",
        "微信pay",
        "微信：weixin.qq.com",
        "微信 zhan8",
        "抖音zhangsan8",
        "(origin+video_size_row)",
        "twitter-bootstrap-v2",
        "mit Deinem Facebook- Konto",
        "On Twitter: Follow us",
        "12345678",
        "@zhangsan",
    ],
)
def test_what_is_public_or_no_name_stays(text: str) -> None:
    assert mask(text).text == text


def test_a_word_such_as_my_after_the_institution_makes_it_a_persons() -> None:
    assert mask("公司里找我微信zhangsan8").text == "公司里找我微信[微信号]"
    assert mask("关注公众号。微信：zhangsan8").text == "关注公众号。微信：[微信号]"


def test_the_name_of_a_public_account_below_its_article_stays() -> None:
    assert mask("微信号 zhangsan8\n功能介绍 读书").text == "微信号 zhangsan8\n功能介绍 读书"


def test_a_label_with_a_plus_counts_whatever_else_the_text_holds() -> None:
    assert mask("想要的加好友 +V abc12345").text == "想要的加好友 +V [微信号]"
