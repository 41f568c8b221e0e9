from urllib.parse import quote, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.text.masking import RECOGNIZERS, Recognizer, mask, mask_url

PLACEHOLDERS = {"email": "[邮箱]", "mobile": "[手机号]", "resident_id": "[身份证号]"}
PARTS = [
    *("13812345678", "138 1234 5678", "１３８１２３４５６７８", "19412345678", "86", "+86", "0086"),
    *("110101199003077715", "11010519491231002X", "110101900307771", "110101 19900307 7715"),
    *("zhang", "@", "＠", "#", " (at) ", "[at]", "example.com", "x.cn", "例子.中国"),
    *("身份证", "手机", "邮箱：", "Tel", "email=", "信用代码", "%40", "%31", "%25", "%E6"),
    *("[手机号]", "[邮箱]", "_EMAIL_", "_MOBILE_", "_RESIDENT_ID_"),
    *(" ", ".", "-", "_", "+", "(", ")", "1", "5", "X", "a", "，", "\n", "\ud800", "𠮷"),
]
texts = st.text() | st.lists(st.sampled_from(PARTS), max_size=10).map("".join)


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
        "电话010-88881234",
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
        "110101199003077715",
        "11010519491231002X",
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110101 19900307 7715",
    ],
)
def test_resident_ids_are_masked_without_context(number: str) -> None:
    assert mask(f"号码{number}。").text == "号码[身份证号]。"


@pytest.mark.parametrize(
    "number",
    [
        "110101199003077710",  # check digit
        "170101199003077716",  # area
        "110101199002307718",  # 30 February
    ],
)
def test_doubtful_resident_ids_are_masked_after_a_word_only(number: str) -> None:
    assert mask(number).text == number
    assert mask(f"身份证号：{number}").text == "身份证号：[身份证号]"


def test_births_count_within_fixed_days() -> None:
    first, last = "110101188001010011", "110101203512310019"
    before, after = "110101187912310010", "110101203601010018"

    assert mask(f"{first}，{last}").counts["resident_id"] == 2
    assert mask(f"{before}，{after}").counts["resident_id"] == 0


def test_old_resident_ids_are_masked_after_a_word_only() -> None:
    assert mask("110101900307771").text == "110101900307771"
    assert mask("身份证110101900307771").text == "身份证[身份证号]"
    assert mask("身份证110101901307771").text == "身份证110101901307771"


@pytest.mark.parametrize(
    "text",
    [
        "91110000600037341L",
        "91350211M000100Y43",
        "911101199001010293",  # would be the resident ID of a foreigner
        "统一社会信用代码：511101199001011590",  # would be a resident ID
        "身份证或信用代码91110000600037341L",
    ],
)
def test_credit_codes_stay(text: str) -> None:
    assert mask(text).text == text


def test_a_resident_id_that_also_passes_as_a_credit_code_is_masked() -> None:
    assert mask("511101199001011590").text == "[身份证号]"


def test_a_resident_id_is_not_taken_for_a_mobile_number() -> None:
    masked = mask("身份证 110101 19900307 7715 电话 13812345678 邮箱 a@b.cn")

    assert masked.text == "身份证 [身份证号] 电话 [手机号] 邮箱 [邮箱]"
    assert masked.counts == {"email": 1, "mobile": 1, "resident_id": 1}


def test_text_without_personal_data_has_all_counts_at_zero() -> None:
    assert mask("净语") == ("净语", {"email": 0, "mobile": 0, "resident_id": 0})


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
    url = mask_url(text)

    assert mask(masked) == (masked, dict.fromkeys(PLACEHOLDERS, 0))
    assert mask_url(url) == url


@given(text=texts)
@settings(max_examples=200)
def test_counts_are_the_placeholders_added(text: str) -> None:
    masked = mask(text)

    assert masked.counts == {
        kind: masked.text.count(placeholder) - text.count(placeholder)
        for kind, placeholder in PLACEHOLDERS.items()
    }


@given(text=st.text(st.characters(exclude_categories=["Nd"], exclude_characters="@＠#(（[【")))
def test_text_without_digits_and_signs_of_addresses_is_unchanged(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize("recognizer", RECOGNIZERS)
def test_no_recognizer_matches_what_masking_puts_in(recognizer: Recognizer) -> None:
    placeholder, in_url = PLACEHOLDERS[recognizer.kind], f"_{recognizer.kind.upper()}_"

    assert not recognizer.pattern.search(placeholder * 3 + in_url * 3)
    assert mask_url(f"https://x.cn/{in_url}@example.com") == f"https://x.cn/{in_url}@example.com"


@pytest.mark.parametrize(
    "unit", ["1", "13", "@", "a", "a@", "a@b.", "#", "(at", "1-", "１", "%25", "%31", "86 "]
)
def test_a_million_hostile_characters_are_masked_in_linear_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))

    assert mask(text).text == text
    assert mask_url(text).startswith(unit)
