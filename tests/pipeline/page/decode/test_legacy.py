import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.decode.legacy import from_hz, read

TEXT = "据新华社报道，今年前三季度全国居民人均可支配收入稳步增长，市场信心持续恢复。"


def agreeing(one: str, other: str) -> int:
    """Returns how many characters two texts share from their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


@given(place=st.integers(0, 2 * len(TEXT)), stray=st.integers(0x80, 0xFF))
def test_a_stray_byte_in_gb18030_costs_few_characters_wherever_it_stands(
    place: int, stray: int
) -> None:
    payload = TEXT.encode("gb18030")
    payload = b"<p>" + payload[:place] + bytes([stray]) + payload[place:] + b"</p>"

    text = read(payload, "gb18030")

    assert text.startswith("<p>")
    assert text.endswith("</p>")
    assert "\ufffd" in text
    assert agreeing(text[3:], TEXT) + agreeing(text[:-4][::-1], TEXT[::-1]) >= len(TEXT) - 8


@pytest.mark.parametrize("lost", range(1, 20))
def test_a_lost_byte_in_gb18030_costs_few_characters(lost: int) -> None:
    payload = TEXT.encode("gb18030")

    text = read(b"<p>" + payload[:lost] + payload[lost + 1 :] + b"</p>", "gb18030")

    assert text[-len(TEXT) + lost // 2 :] == TEXT[lost // 2 + 4 :] + "</p>"


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "朱镕基、陶喆与叶堃",  # characters that end in an ASCII byte
        "𠮷野家𠮷2021年𠮷",  # characters of four bytes
        "価格はこちらです。カタログ",
        "繁體字的網頁，國際標準與臺灣",
        "囧rz、镕a",
    ],
)
def test_text_without_strays_stays_as_it_is(text: str) -> None:
    page = f"<p>{text}</p>\r\n<b>{text}</b>{text}"

    assert read(page.encode("gb18030"), "gb18030") == page


@pytest.mark.parametrize("cut", [1, 3, 5])
def test_a_cut_costs_the_last_character(cut: int) -> None:
    text = read(TEXT.encode("gb18030")[:-cut], "gb18030")

    assert text == TEXT[: -(cut // 2) - 1] + "\ufffd"


@pytest.mark.parametrize(
    ("payload", "codec", "text"),
    [
        (b"\x80 100", "gb18030", "€ 100"),
        (b"\xa6\xd9\xfe\x59", "gb18030", "\ufe10\u9fb4"),
        (b"\xa1\x45\xa1\xe3\xa2\x44", "big5hkscs", "‧～￥"),
        (b"\x88\x62", "big5hkscs", "Ê̄"),
        (b"\xe9", "cp1252", "é"),
    ],
)
def test_signs_are_those_that_browsers_show(payload: bytes, codec: str, text: str) -> None:
    assert read(payload, codec) == text


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        (b"~{<:Ky2;S{#,NpJ)l6HK!#~} bye", "己所不欲，勿施於人。 bye"),
        (b"~{VPND", "中文"),
        (b"~{VPND\nabc", "中文\nabc"),
        (b"/~user/ ~{VPND~}", "/~user/ 中文"),
        (b"~{a~}", None),
        (b"~user", None),
    ],
)
def test_hz_is_read_between_its_escapes(payload: bytes, text: str | None) -> None:
    assert from_hz(payload) == text


@given(st.binary(max_size=200), st.sampled_from(["gb18030", "big5hkscs", "utf-8", "cp1252"]))
def test_any_bytes_are_read(payload: bytes, codec: str) -> None:
    assert len(read(payload, codec)) <= len(payload) + 1
