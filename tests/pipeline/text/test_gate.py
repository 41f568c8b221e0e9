import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.gate import measure_bytes

CHINESE = "据新华社报道，今年前三季度全国居民人均可支配收入稳步增长。" * 10
HAN = sum("\u4e00" <= c <= "\u9fff" for c in CHINESE)


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5", "utf-16", "utf-16-be"])
def test_chinese_counts_as_han_in_each_charset(charset: str) -> None:
    text = "今天的會議在北京舉行，與會代表就經濟發展問題交換了意見。" * 20
    payload = f"<html><body><p>{text}</p></body></html>".encode(charset)
    if charset == "utf-16-be":
        payload = b"\xfe\xff" + payload

    measured = measure_bytes(payload)

    assert measured.han_count >= 400
    assert measured.kana_ratio < 0.05


def test_numeric_references_count_as_the_characters_they_name() -> None:
    payload = "".join(f"&#{ord(c)};" for c in CHINESE).encode()

    assert measure_bytes(payload).han_count == HAN


def test_hexadecimal_references_count_too() -> None:
    payload = "".join(f"&#x{ord(c):x};" for c in CHINESE).encode()

    assert measure_bytes(payload).han_count == HAN


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("Plain English text about nothing in particular. " * 50, "ascii"),
        ("Überraschungsgäste aßen köstliche Brötchen für die Größten. " * 50, "cp1252"),
        ("Съешь ещё этих мягких французских булок, да выпей чаю. " * 50, "cp1251"),
        ("Съешь ещё этих мягких французских булок, да выпей чаю. " * 50, "koi8-r"),
        ("Съешь ещё этих мягких французских булок, да выпей чаю. " * 50, "utf-8"),
        ("هذا نص عربي طويل عن لا شيء على وجه الخصوص. " * 50, "utf-8"),
        ("대한민국의 수도는 서울이며 인구가 가장 많은 도시이다. " * 50, "euc-kr"),
    ],
)
def test_other_languages_have_next_to_no_han(text: str, charset: str) -> None:
    assert measure_bytes(text.encode(charset)).han_count < 50


@pytest.mark.parametrize("charset", ["utf-8", "euc-jp", "shift_jis"])
def test_japanese_has_no_han_or_much_kana(charset: str) -> None:
    text = "東京は日本の首都であり、世界でも有数の大都市です。人口はとても多いです。" * 30
    measured = measure_bytes(text.encode(charset))

    assert measured.han_count < 50 or measured.kana_ratio > 0.5


def test_a_stray_byte_does_not_turn_utf8_into_something_else() -> None:
    payload = bytearray(CHINESE.encode())
    payload.insert(31, 0xFF)

    assert measure_bytes(bytes(payload)).han_count >= HAN


@pytest.mark.parametrize("declared_by", ["http", "meta"])
def test_a_page_that_the_detector_does_not_know_counts_if_it_says_that_it_is_chinese(
    declared_by: str,
) -> None:
    text = "佢哋嘅豆腐花喺呢度賣咗四十年，啲街坊日日都嚟幫襯，個個都話好味過其他嘢。" * 20
    meta = '<meta charset="big5-hkscs">' if declared_by == "meta" else ""
    payload = f"<html>{meta}<p>{text}</p></html>".encode("big5hkscs")

    measured = measure_bytes(payload, "big5-hkscs" if declared_by == "http" else None)

    assert measured.han_count > 500


@given(st.binary(max_size=300))
def test_any_bytes_have_a_measure(payload: bytes) -> None:
    measured = measure_bytes(payload)

    assert measured.han_count >= 0
    assert measured.kana_ratio >= 0
