import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.decode.decoding import decode
from jingyu.pipeline.page.decode.mojibake import repaired

TEXT = "据新华社报道，今年前三季度全国居民人均可支配收入稳步增长，市场信心持续恢复。" * 6
TRADITIONAL = "今天的會議在臺北舉行，與會代表就經濟發展問題交換了意見，並達成了多項共識。" * 6


def page(text: str, charset: str | None = None) -> str:
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<html><head>{meta}</head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("encoding", "declared", "http", "charset", "source"),
    [
        ("utf-8", None, None, "utf-8", "utf-8"),
        ("utf-8", "gb2312", None, "utf-8", "utf-8"),
        ("utf-8", None, "iso-8859-1", "utf-8", "utf-8"),
        ("utf-8-sig", None, None, "utf-8", "bom"),
        ("utf-16", None, None, "utf-16-le", "bom"),
        ("gb18030", "gb2312", None, "gb18030", "meta"),
        ("gb18030", None, "GBK", "gb18030", "http"),
        ("gb18030", None, None, "gb18030", "detector"),
        ("gb18030", "utf-8", None, "gb18030", "detector"),
        ("gb18030", None, "iso-8859-1", "gb18030", "detector"),
        ("gb18030", None, "no-such-charset", "gb18030", "detector"),
    ],
)
def test_the_charset_is_found_whatever_is_declared(
    encoding: str, declared: str | None, http: str | None, charset: str, source: str
) -> None:
    decoded = decode(page(TEXT, declared).encode(encoding), http)

    assert decoded.text == page(TEXT, declared)
    assert (decoded.charset, decoded.charset_source) == (charset, source)
    assert decoded.replacement_ratio == 0.0


@pytest.mark.parametrize("declared", ["big5", None, "utf-8"])
def test_big5_is_read_as_its_hong_kong_superset(declared: str | None) -> None:
    decoded = decode(page(TRADITIONAL, declared).encode("big5hkscs"), None)

    assert decoded.text == page(TRADITIONAL, declared)
    assert decoded.charset == "big5hkscs"


@pytest.mark.parametrize(
    ("text", "encoding", "lie"),
    [(TEXT, "gb18030", "big5"), (TRADITIONAL, "big5hkscs", "gb2312"), (TEXT, "gb18030", "euc-kr")],
)
@pytest.mark.parametrize("lies", ["http", "meta"])
def test_a_declaration_of_another_two_byte_charset_is_not_believed(
    text: str, encoding: str, lie: str, lies: str
) -> None:
    html = page(text, lie if lies == "meta" else None)

    decoded = decode(html.encode(encoding), lie if lies == "http" else None)

    assert decoded.text == html
    assert (decoded.charset, decoded.charset_source) == (encoding, "detector")


def test_a_character_of_gb18030_in_a_page_that_says_gb2312_is_read() -> None:
    rare = page("𠮷野家与镕基，喆字也在。" * 10, "gb2312")

    assert decode(rare.encode("gb18030"), None).text == rare


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_stray_byte_costs_characters_not_the_page(encoding: str) -> None:
    payload = bytearray(page(TEXT, encoding).encode(encoding))
    payload.insert(len(payload) // 2, 0xFF)

    decoded = decode(bytes(payload), None)

    assert decoded.charset == encoding
    assert 0 < decoded.replacement_ratio < 0.02
    assert abs(len(decoded.text) - len(page(TEXT, encoding))) <= 3


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_page_cut_inside_a_character_keeps_the_rest(encoding: str) -> None:
    payload = TEXT.encode(encoding)[:-1]

    decoded = decode(payload, None)

    assert decoded.charset == encoding
    assert decoded.text.rstrip("\ufffd") == TEXT[:-1]


def test_ascii_is_text_of_any_charset() -> None:
    assert decode(b"<p>hello</p>", None).text == "<p>hello</p>"


def test_no_bytes_are_no_characters() -> None:
    assert decode(b"", None).text == ""


@given(st.binary(max_size=200), st.none() | st.text(max_size=12))
def test_any_bytes_decode(payload: bytes, http: str | None) -> None:
    decoded = decode(payload, http)

    assert 0 <= decoded.replacement_ratio <= 1


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_wide_encodings_are_recognized_with_and_without_a_mark(encoding: str, mark: str) -> None:
    decoded = decode((mark + page(TEXT, "utf-8")).encode(encoding), "gbk")

    assert decoded.text == page(TEXT, "utf-8")
    assert (decoded.charset, decoded.charset_source) == (encoding, "bom" if mark else "bytes")


@pytest.mark.parametrize("declared", ["utf-16", "utf-7", "hz-gb-2312", "undefined", "idna"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_charset_that_contradicts_its_declaration_is_not_believed(
    declared: str, encoding: str
) -> None:
    html = page(TEXT, declared)

    assert decode(html.encode(encoding), declared).text == html


def test_markup_in_utf7_stays_text() -> None:
    hidden = page("+ADw-script+AD4-", "utf-7")

    assert decode(hidden.encode(), "utf-7").text == hidden


def test_hz_is_read_by_its_escapes() -> None:
    pairs = bytes(byte & 0x7F for byte in TEXT.encode("gb2312"))

    decoded = decode(b"<p>~{" + pairs + b"~}</p>", None)

    assert decoded.text == f"<p>{TEXT}</p>"
    assert (decoded.charset, decoded.charset_source) == ("hz", "bytes")


def test_utf8_that_was_encoded_twice_is_repaired() -> None:
    decoded = decode(page(TEXT).encode().decode("latin-1").encode(), None)

    assert decoded.text == page(TEXT)
    assert (decoded.charset, decoded.charset_source) == ("utf-8", "repaired")


TWICE = [text.encode().decode("cp1252") for text in ("的", "一", "。", "，", "é")]


@given(st.lists(st.sampled_from([*TWICE, "的", "é", "ã", "<p>"]), min_size=10, max_size=80))
def test_whatever_can_be_repaired_is_repaired(pieces: list[str]) -> None:
    text = "".join(pieces)
    is_enough = text.encode().count("ã".encode()[:1]) >= 20

    better = repaired(text) if is_enough else None

    assert decode(text.encode(), None).text == (better or text)


def test_a_mark_of_utf8_before_something_else_is_not_believed() -> None:
    decoded = decode(b"\xef\xbb\xbf" + page(TEXT).encode("gb18030"), None)

    assert decoded.text == page(TEXT)
    assert (decoded.charset, decoded.charset_source) == ("gb18030", "detector")


def test_a_name_that_happens_to_be_utf8_is_read_as_declared() -> None:
    assert decode(page("联通", "gb2312").encode("gb18030"), None).text == page("联通", "gb2312")


@pytest.mark.parametrize(
    ("text", "encoding", "lost"),
    [
        ("据新华社报道\ufffd", "utf-8", 1),
        ("据新华社报道锟斤拷锟斤拷", "utf-8", 6),
        ("据新华社报道\ue600", "utf-8", 0),
        ("据新华社报道" * 5 + "\ue600", "gb18030", 1),
    ],
)
def test_damage_is_what_stands_for_lost_characters(text: str, encoding: str, lost: int) -> None:
    assert decode(text.encode(encoding), None).replacement_ratio == lost / len(text)


@pytest.mark.parametrize(("lost", "charset"), [(5, "utf-8"), (900, "gb18030")])
def test_utf8_with_some_damage_is_utf8(lost: int, charset: str) -> None:
    payload = TEXT.encode() + b"\n" + ("居民收入\n" * lost).encode("gb18030")

    assert decode(payload, None).charset == charset


@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs"])
def test_a_few_characters_without_a_declaration_are_chinese(encoding: str) -> None:
    text = page("公司首頁")

    assert decode(text.encode(encoding), None).text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Überraschungsgäste aßen köstliche Brötchen für die Größten. " * 20, "cp1252"),
        ("Съешь ещё этих мягких французских булок, да выпей чаю. " * 20, "koi8-r"),
        ("東京は日本の首都であり、世界でも有数の大都市です。" * 20, "shift_jis"),
        ("대한민국의 수도는 서울이며 인구가 가장 많은 도시이다. " * 20, "euc-kr"),
    ],
)
def test_other_languages_in_their_declared_charsets_are_read(text: str, encoding: str) -> None:
    assert decode(page(text, encoding).encode(encoding), None).text == page(text, encoding)


def test_korean_without_a_declaration_is_not_taken_for_chinese() -> None:
    text = page("대한민국의 수도는 서울이며 인구가 가장 많은 도시이다. " * 20)

    assert decode(text.encode("euc-kr"), None).text == text
