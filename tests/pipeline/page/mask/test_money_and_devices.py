import pytest

from jingyu.pipeline.page.mask.masking import mask

CARD_OF_19 = "6222021202001234567"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (CARD_OF_19, "[银行卡号]"),
        (f"打款到{CARD_OF_19}，张三", "打款到[银行卡号]，张三"),
        ("6222 0212 0200 1234 567", "[银行卡号]"),
        ("卡号622202-1202001234567", "卡号[银行卡号]"),
        ("信用卡4111111111111111", "信用卡4111111111111111"),  # a printed example: two digits
        ("信用卡4242304114426949", "信用卡[银行卡号]"),
        ("4242 3041 1442 6949", "[银行卡号]"),
        ("卡号六二二二〇二一二〇二〇〇一二三四五六七", "卡号[银行卡号]"),
    ],
)
def test_bank_cards_are_masked(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "6222021202001234568",  # the sum
        "卡号6222021202001234568",
        "订单号6222021202001234567",
        "4242304114426949",
        "a6222021202001234567",
        "6222021202001234567.5",
    ],
)
def test_what_is_no_bank_card_stays(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("IMEI：490154203237518", "IMEI：[设备号]"),
        ("IMEI1: 490154203237518", "IMEI1: [设备号]"),
        ("手机串号49-015420-323751-8", "手机串号[设备号]"),
        ("串码490154203237518/490154203237518", "串码[设备号]/[设备号]"),
        ("IMEI：490154203237519", None),
        ("490154203237518", None),
    ],
)
def test_device_numbers_need_a_word_and_the_right_sum(text: str, masked: str | None) -> None:
    assert mask(text).text == (masked or text)
