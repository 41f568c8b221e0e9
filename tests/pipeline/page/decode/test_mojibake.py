import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.decode.mojibake import repaired

TEXT = "据新华社报道，今年前三季度全国居民人均可支配收入稳步增长，市场信心持续恢复。"


def taken_for(text: str, codec: str) -> str:
    """Reads UTF-8 as Latin letters; what cp1252 leaves out stays a control character."""
    return "".join(
        bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in text.encode("utf-8")
    )


@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
@pytest.mark.parametrize("text", [TEXT, f"<p>é {TEXT}</p>\n<b>café · {TEXT}𠮷</b>"])
def test_what_was_encoded_twice_is_restored(text: str, codec: str) -> None:
    assert repaired(taken_for(text, codec)) == text


def test_a_damaged_character_stays_as_it_is() -> None:
    twice = taken_for(TEXT, "latin-1")

    assert repaired("å½ " + twice) == "å½ " + TEXT


@pytest.mark.parametrize(("han", "is_repaired"), [(9, False), (10, True)])
def test_a_repair_needs_ten_han_characters(han: int, is_repaired: bool) -> None:
    assert (repaired(taken_for("的" * han, "cp1252")) is not None) == is_repaired


@pytest.mark.parametrize(("right", "is_repaired"), [(10, True), (11, False)])
def test_a_repair_needs_twice_the_han_that_were_right(right: int, is_repaired: bool) -> None:
    text = "的" * right + taken_for("的" * 20, "cp1252")

    assert (repaired(text) is not None) == is_repaired


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEXT,
        "Überraschungsgäste aßen köstliche Brötchen für die Größten. " * 20,
        "Élève: «été», à côté… œuvre, naïve, Noël, garçon" * 20,
        "锟斤拷" * 20,
        f"“ç½‘é¡µ”是乱码。{TEXT}",
    ],
)
def test_what_was_not_encoded_twice_is_left_alone(text: str) -> None:
    assert repaired(text) is None


def test_rare_characters_are_no_certain_repair() -> None:
    assert repaired(taken_for("鑳爠鍐瀬鐗堟潈杩戜笉", "latin-1") * 3) is None


@given(st.text() | st.text(alphabet="的中ç½‘é¡µå\u00a0Âï¼Œ\x80\ud800a"))
def test_any_text_is_repaired_or_left(text: str) -> None:
    better = repaired(text)

    assert better is None or len(better) < len(text)
