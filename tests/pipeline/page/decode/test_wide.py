import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.decode.wide import unmarked

PAGE = "<html><body><p>据新华社报道，今年前三季度稳步增长。</p></body></html>" * 3


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize(
    "text", [PAGE, "<p>plain</p>\r\n" * 9, "据新华社报道，今年稳步增长。\n" * 9]
)
def test_zeros_tell_the_width_and_the_order(text: str, codec: str) -> None:
    assert unmarked(text.encode(codec)) == codec


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "big5hkscs"])
@pytest.mark.parametrize("padding", ["", "\0", "\0" * 400])
def test_zeros_in_other_encodings_are_no_evidence(codec: str, padding: str) -> None:
    text = PAGE if codec != "big5hkscs" else "今天的會議在臺北舉行。" * 9

    assert unmarked((text + padding).encode(codec)) is None


def test_english_in_pairs_is_not_han() -> None:
    assert unmarked(b"Bush hid the facts\n" * 50 + b"\0\0") is None


@given(st.binary(max_size=100))
def test_any_bytes_have_a_codec_or_none(payload: bytes) -> None:
    codec = unmarked(payload)

    assert codec is None or isinstance(payload.decode(codec, "replace"), str)
