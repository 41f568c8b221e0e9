import pytest

from jingyu.pipeline.page.mask.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("手机13812345678微信同号", "手机[手机号]微信同号"),
        ("１３８１２３４５６７８", "[手机号]"),
        ("138 1234 5678", "[手机号]"),
        ("138-1234-5678", "[手机号]"),
        ("+86 138 1234 5678", "[手机号]"),
        ("（+86）13812345678", "[手机号]"),
        ("0086-13812345678", "[手机号]"),
        ("8613812345678", "[手机号]"),
        ("13812345678-13912345678", "[手机号]-[手机号]"),
        ("138 1234 5678 139 1234 5678", "[手机号] [手机号]"),
        ("010-12345678/13812345678", "010-12345678/[手机号]"),
        ("10086 13812345678", "10086 [手机号]"),
    ],
)
def test_mobile_numbers_are_masked(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "1588888888888",
        "3813812345678",
        "113812345678",
        "0.13812345678",
        "13812345678.5",
        "SN13812345678",
        "20200101-13812345678",
        "138 1234 5678 9000",
        "1200 138 1234 5678",
        "400-138-1234",
        "4008001234",
        "拨打12345或95588",
        "订单编号13812345678",
        "总投资13812345678元",
        "2023-10-12 13:45:00",
        "tel: 1-416-330-3117",
        "TEL 1-626-9279068",
        "1835000 5852",
        "12812345678",
    ],
)
def test_numbers_that_are_not_mobile_ones_stay(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize("segment", ["130", "147", "149", "153", "167", "178", "193", "199"])
def test_assigned_segments_are_masked_without_context(segment: str) -> None:
    assert mask(f"{segment}12345678").text == "[手机号]"


@pytest.mark.parametrize("segment", ["140", "146", "154", "168", "179", "194"])
def test_other_segments_are_masked_after_a_word_or_country_code_only(segment: str) -> None:
    number = f"{segment}12345678"

    assert mask(number).text == number
    assert mask(f"86{number}").text == f"86{number}"
    assert mask(f"+86{number}").text == "[手机号]"
    for word in ("电话：", "手机号码是", "聯絡 ", "Tel", "微信/wx:"):
        assert mask(word + number).text == word + "[手机号]"
    assert mask(f"hotel {number}").text == f"hotel {number}"


def test_a_context_word_reaches_over_ten_characters_and_no_digit() -> None:
    assert mask("电话" + "，" * 10 + "19412345678").text.endswith("[手机号]")
    assert mask("电话" + "，" * 11 + "19412345678").text.endswith("19412345678")
    assert mask("电话1，19412345678").text == "电话1，19412345678"


@pytest.mark.parametrize(
    "number",
    [
        "一三八一二三四五六七八",
        "幺三八幺二三四五六七八",
        "壹叁捌壹贰叁肆伍陆柒捌",
        "①③⑧①②③④⑤⑥⑦⑧",
        "1三8一2三四5六7八",
        "138一二三四5678",
        "一三八-一二三四-五六七八",
        "1-3-8-1-2-3-4-5-6-7-8",
        "138.1234.5678",
        "138 12345678",
        "13\u200b812\u200b345678",
        "138—1234—5678",
    ],
)
def test_obfuscated_numbers_are_masked(number: str) -> None:
    assert mask(f"找我{number}。").text == "找我[手机号]。"


def test_a_word_beside_a_number_is_no_part_of_it() -> None:
    assert mask("有13812345678一个").text == "有[手机号]一个"
    assert mask("第二13812345678").text == "第二[手机号]"


def test_in_long_tables_numbers_are_found_in_common_groups_only() -> None:
    cells = "12 7 " * 20

    assert mask(f"{cells}138 1234 5678").text == f"{cells}138 1234 5678"
    assert mask(f"{cells}13812345678").text == f"{cells}[手机号]"
    assert mask("138 1234 5678 " * 20).counts["mobile"] == 20


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("138l2345678", "[手机号]"),
        ("加我138I2345678聊", "加我[手机号]聊"),
        ("l38I2345678", "[手机号]"),
        ("1381234567O", "[手机号]"),
        ("1381234567o，", "[手机号]，"),
        ("138ll345678", "[手机号]"),
        ("13OO2345678", "[手机号]"),
        ("l38l234567O", "[手机号]"),
    ],
)
def test_letters_that_look_like_digits_stand_for_them(text: str, masked: str) -> None:
    assert mask(text).text == masked
    assert mask(mask(text).text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "l38l2345678a",
        "a138l2345678",
        "138l234567",
        "138l23456789",
        "138lIoO5678",
        "128l2345678",
        "型号138l2345678",
        "lOl0lO1l0Io",
        "139.13827155l46.3",
        "books/1382715582l/1.jpg",
    ],
)
def test_other_words_of_letters_and_digits_are_no_mobile_numbers(text: str) -> None:
    assert mask(text).text == text


def test_what_stands_for_digits_has_the_value_of_the_digits() -> None:
    assert mask("13812345678，138l2345678", numbered=True).text == "[手机号1]，[手机号1]"
