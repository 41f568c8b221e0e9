import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.mask.mail import _AT_SIGNS, _OTHER, may_hold_disguised
from jingyu.pipeline.page.mask.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("邮箱zhang.san@example.com联系", "邮箱[邮箱]联系"),
        ("Zhang_San+news@Mail.Example.com.cn。", "[邮箱]。"),
        ("zhang＠example.com", "[邮箱]"),
        ("ｚｈａｎｇ＠１６３．ｃｏｍ", "[邮箱]"),
        ("发到zhang@例子.中国收", "发到[邮箱]收"),
        ("发到zhang@例子.com收", "发到[邮箱]收"),
        ("zhang@xn--fsqu00a.xn--0zwm56d", "[邮箱]"),
        ("123456@qq.com，654321@qq.com", "[邮箱]，[邮箱]"),
        ("详见..zhang@example.com", "详见..[邮箱]"),
        ("𠮷13812345678@163.com", "𠮷[邮箱]"),
    ],
)
def test_email_addresses_are_masked(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "关注@username",
        "关注@zhang.san",
        "a@b",
        "a@b..com",
        "a@.com",
        "pkg@1.2.3",
        "pkg@1.2.3-beta.tgz",
        "vue@v2.6.min.js",
        "logo@2x.png",
        "zhang (at) example.com",
        "C#program.net",
    ],
)
def test_what_only_resembles_an_email_address_stays(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    "address",
    [
        "zhang (at) example.com",
        "zhang[at]example.com",
        "zhang（AT）example.com",
        "zhang#example.com",
    ],
)
@pytest.mark.parametrize("word", ["邮箱：", "電郵 ", "E-mail: ", "email "])
def test_obfuscated_addresses_are_masked_after_a_word_that_names_them(
    word: str, address: str
) -> None:
    assert mask(word + address).text == word + "[邮箱]"


def test_a_local_part_has_at_most_64_characters() -> None:
    assert mask("a" * 64 + "@example.com").text == "[邮箱]"
    assert mask("a" * 65 + "@example.com").text == "a[邮箱]"


@pytest.mark.parametrize(
    "address",
    [
        "zhang#163.com",
        "zhang(at)qq.com",
        "zhang艾特qq点com",
        "zhang[at]163[dot]com",
        "zhang (AT) 163 (dot) com",
        "zhang@163。com",
        "zhang @ gmail.com",
    ],
)
def test_addresses_at_well_known_hosts_are_masked_however_they_are_written(address: str) -> None:
    assert mask(f"写信给{address}吧").text == "写信给[邮箱]吧"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("邮箱abc#qq.com", True),
        ("邮箱abc#岚川.公司 x@example.com", True),
        ("邮箱abc#岚川.公司", False),
        ("网站example.com", False),
        ("", False),
    ],
)
def test_a_disguised_address_needs_a_sign_and_a_host(text: str, *, expected: bool) -> None:
    assert may_hold_disguised(text, text.encode("ascii", "ignore")) is expected


@given(
    st.lists(
        st.sampled_from(["a", "qq", ".com", "@", "#", "*", " ", "(", "（", "at", "AT", "艾特"])
    ).map("".join)
)
def test_all_that_a_disguised_address_may_begin_with_is_looked_at(text: str) -> None:
    places = {place for _, place in _AT_SIGNS.longest(text)}

    assert {found.start() for found in _OTHER.finditer(text)} <= places
