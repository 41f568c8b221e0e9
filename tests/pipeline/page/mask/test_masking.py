from urllib.parse import quote, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jingyu.pipeline.page.mask.kinds import KINDS, PLACEHOLDER
from jingyu.pipeline.page.mask.masking import mask, mask_url

PARTS = [
    *("13812345678", "138 1234 5678", "１３８１２３４５６７８", "19412345678", "86", "+86", "0086"),
    *("110101199003077715", "11010519491231002X", "110101900307771", "110101 19900307 7715"),
    *("zhang", "@", "＠", "#", " (at) ", "[at]", "example.com", "x.cn", "例子.中国", "qq.com"),
    *("身份证", "手机", "邮箱：", "Tel", "email=", "信用代码", "%40", "%31", "%25", "%E6"),
    *("[手机号]", "[邮箱]", "_EMAIL_", "_MOBILE_", "_RESIDENT_ID_", "[微信号1]", "[密码]", "[住址"),
    *("微信", "QQ：", "vx:", "密码", "：", "是", "护照", "E12345678", "病历号", "12345678", "家庭"),
    *("电话", "010-62345678", "（010）", "6222021202001234567", "卡号", "京A·12345", "A123456(3)"),
    *("8.8.8.8", "123.116.247.15", "IP", "2400:3200:baba::1", "30.274085", ",", "120.155070"),
    *("住址", "文三路", "12号", "3幢", "501室", "LSVAM4187C2184847", "IMEI", "490154203237518"),
    *("一三八", "一二三四五六七八", "①②③④⑤", "壹", "\u200b", "sk-abcdefgh12345678abcd", "token="),
    *(" ", ".", "-", "_", "+", "(", ")", "1", "5", "X", "a", "，", "\n", "\ud800", "𠮷"),
]
texts = st.text() | st.lists(st.sampled_from(PARTS), max_size=10).map("".join)


def counts(**found: int) -> dict[str, int]:
    return dict.fromkeys(KINDS, 0) | found


def test_a_resident_id_is_not_taken_for_a_mobile_number() -> None:
    masked = mask("身份证 110101 19900307 7715 电话 13812345678 邮箱 a@b.cn")

    assert masked.text == "身份证 [身份证号] 电话 [手机号] 邮箱 [邮箱]"
    assert masked.counts == counts(email=1, mobile=1, resident_id=1)


def test_text_without_personal_data_has_all_counts_at_zero() -> None:
    assert mask("净语") == ("净语", counts())


def test_equal_values_have_equal_numbers_if_asked() -> None:
    text = "13812345678，138-1234-5678，13912345678，a@b.cn，A@B.cn"

    masked = mask(text, numbered=True).text

    assert masked == "[手机号1]，[手机号1]，[手机号2]，[邮箱1]，[邮箱1]"
    assert mask(masked, numbered=True).text == masked


def test_numbers_go_on_from_those_in_the_text() -> None:
    assert mask("[手机号7]和13812345678", numbered=True).text == "[手机号7]和[手机号8]"


def test_data_is_masked_as_the_kind_that_it_is_and_never_as_another() -> None:
    masked = mask("身份证110101199003077715，电话13812345678")

    assert masked.text == "身份证[身份证号]，电话[手机号]"
    assert masked.counts == counts(resident_id=1, mobile=1)
    assert mask("QQ：12345678@qq.com").counts == counts(email=1)
    assert mask_url("/?t=13812345678&m=a@b.cn") == "/?t=_MOBILE_&m=_EMAIL_"


def test_a_form_and_a_table_are_masked_field_by_field() -> None:
    form = "张三\n住址：文三路12号3幢501室\nQQ：12345678\n护照：E12345678"
    table = "1 李五 110101199003077715 138 1234 5678 6222021202001234567"
    row = '{"qq":"12345678","email":"a@b.cn","password":"abc123456"}'

    assert mask(form).text == "张三\n住址：[住址]\nQQ：[QQ号]\n护照：[护照号]"
    assert mask(table).text == "1 李五 [身份证号] [手机号] [银行卡号]"
    assert mask(row).text == '{"qq":"[QQ号]","email":"[邮箱]","password":"[密码]"}'


def test_what_a_placeholder_names_does_not_label_what_follows() -> None:
    for name in KINDS.values():
        assert mask(f"[{name}]abc12345").text == f"[{name}]abc12345"
        assert mask(f"[{name}]：abc12345").text == f"[{name}]：abc12345"


@pytest.mark.parametrize(
    ("url", "masked"),
    [
        ("https://x.cn/u/zhang@example.com/", "https://x.cn/u/_EMAIL_/"),
        ("https://x.cn/?m=zhang%40example.com&p=1", "https://x.cn/?m=_EMAIL_&p=1"),
        ("https://x.cn/?r=http%3A%2F%2Fy.cn%2F%3Fm%3Da%2540b.cn", None),
        ("https://x.cn/?tel=13812345678#top", "https://x.cn/?tel=_MOBILE_#top"),
        ("https://x.cn/?tel=%2B86%20138%201234%205678", "https://x.cn/?tel=_MOBILE_"),
        ("https://x.cn/%31%33%38%31%32%33%34%35%36%37%38", "https://x.cn/_MOBILE_"),
        ("https://x.cn/%E5%8D%9513812345678", "https://x.cn/%E5%8D%95_MOBILE_"),
        ("https://x.cn/%B5%A513812345678", "https://x.cn/%B5%A5_MOBILE_"),
        ("https://x.cn/id/110101199003077715.html", "https://x.cn/id/_RESIDENT_ID_.html"),
        (
            "https://x.cn/?%E6%89%8B%E6%9C%BA=19412345678",
            "https://x.cn/?%E6%89%8B%E6%9C%BA=_MOBILE_",
        ),
        ("https://zhang%40example.com:pw@x.cn/", "https://_EMAIL_:pw@x.cn/"),
        ("https://zhang@x.cn/", "https://zhang@x.cn/"),
        ("https://13812345678.cn/", "https://13812345678.cn/"),
        ("https://x.cn/npm/vue@2.6.14/vue.js?t=1588888888888", None),
        ("https://x.cn/100%/%zz", None),
        ("mailto:zhang@example.com", "mailto:_EMAIL_"),
        ("/?tel=13812345678", "/?tel=_MOBILE_"),
        ("", ""),
    ],
)
def test_addresses_are_masked_outside_the_host(url: str, masked: str | None) -> None:
    unchanged = url.replace("a%2540b.cn", "_EMAIL_")

    assert mask_url(url) == (unchanged if masked is None else masked)


@given(local=st.text("abcxyz.+-_", min_size=1, max_size=20), digits=st.integers(0, 10**8 - 1))
def test_a_masked_address_parses_into_the_same_parts(local: str, digits: int) -> None:
    value = quote(f"{local}z@example.com/138{digits:08}", safe="")

    parts = urlsplit(mask_url(f"https://x.cn/path?q={value}#end"))

    assert (parts.netloc, parts.path, parts.fragment) == ("x.cn", "/path", "end")
    assert parts.query.endswith("_EMAIL_%2F_MOBILE_")


@given(text=texts)
@settings(max_examples=400)
@example("邮箱a@b.cn zhang#b.cn")
@example("手机13812345678 19412345678")
@example("13812345678.008613912345678")
@example("138-1234-5678 0086)19412345678")
@example("_MOBILE_11010519491231002Xa@b.cn")
@example("11010519491231002Xemail=a (at) b.cn")
@example("11010519491231002X110101199003077715")
def test_masking_twice_is_masking_once(text: str) -> None:
    masked = mask(text).text
    numbered = mask(text, numbered=True).text
    url = mask_url(text)

    assert mask(masked) == (masked, counts())
    assert mask(numbered, numbered=True) == (numbered, counts())
    assert mask_url(url) == url


@given(lines=st.lists(texts, min_size=1, max_size=4), numbered=st.booleans())
@settings(max_examples=150)
@example(
    lines=["卡号：110101199003077715 6222021202001234567", "6222021202001234567"], numbered=False
)
@example(lines=["IMEI 490154203237518、490154203237518、490154203237518"], numbered=True)
@example(lines=["-----BEGIN PRIVATE KEY-----", "MIIE", "-----END PRIVATE KEY-----"], numbered=False)
def test_of_a_long_text_only_lines_near_masks_need_another_look(
    lines: list[str], *, numbered: bool
) -> None:
    filler = "\n天地玄黄，宇宙洪荒。日月盈昃，辰宿列张。" * 40
    text = filler.join(["", *lines, ""])

    masked = mask(text, numbered=numbered)

    assert mask(masked.text, numbered=numbered) == (masked.text, counts())


def test_what_a_mask_brings_within_reach_is_masked_in_long_texts_too() -> None:
    filler = "天地玄黄，宇宙洪荒。\n" * 100
    cards = "卡号：6222021202001234564、5309801234567892"

    assert mask(filler + cards + filler).text == filler + mask(cards).text + filler


@given(text=texts)
@settings(max_examples=200)
def test_counts_are_the_placeholders_added(text: str) -> None:
    masked = mask(text)

    assert masked.counts == {
        kind: masked.text.count(f"[{name}]") - text.count(f"[{name}]")
        for kind, name in KINDS.items()
    }


@given(text=texts)
@settings(max_examples=200)
def test_what_is_not_masked_stays_as_it_is(text: str) -> None:
    between = iter(PLACEHOLDER.split(mask(text).text)[::3])

    position = 0
    for part in between:
        position = text.index(part, position) + len(part)


@given(text=st.text(st.sampled_from("微信住址密码护照电话天地人和，。：《》\n、家是为")))
def test_chinese_without_digits_and_letters_is_unchanged(text: str) -> None:
    assert mask(text) == (text, counts())


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_found_in_what_masking_puts_in(kind: str) -> None:
    placeholder, in_url = f"[{KINDS[kind]}]", f"_{kind.upper()}_"

    assert mask(placeholder * 3 + in_url * 3).counts == counts()
    assert mask_url(f"https://x.cn/{in_url}@example.com") == f"https://x.cn/{in_url}@example.com"


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "1",
            "13",
            "@",
            "a",
            "a@",
            "a@b.",
            "#",
            "(at",
            "1-",
            "１",
            "%25",
            "%31",
            "86 ",
            "一",
            "1一",
        ),
        *(
            "1.",
            "a:",
            "2:",
            "微信",
            "微信：",
            "密码",
            "住",
            "住址路1",
            "sk-",
            "eyJ",
            "-----BEGIN ",
            "QQ1",
        ),
        *("[", "_", "1 3", "0.12345", "京A", "A1", "@a.", " at ", "1/", "号1", "a#"),
    ],
)
def test_hostile_characters_are_masked_in_linear_time(unit: str) -> None:
    text = unit * (50_000 // len(unit))

    assert len(mask(text).text) <= len(text)
    assert len(mask_url(text)) <= len(text) + len("_COORDINATES_")
