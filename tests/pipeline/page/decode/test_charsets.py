import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.decode.charsets import codec_of, declared_codecs


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        (None, None),
        ("", None),
        ("gb2312", "gb18030"),
        (" 'GBK' ", "gb18030"),
        ("Big5", "big5hkscs"),
        ("latin-1", "cp1252"),
        ("UTF8", "utf-8"),
        ("EUC-KR", "euc_kr"),
        ("no-such-charset", None),
        ("base64", None),
        ("rot13", None),
        ("undefined", None),
        ("idna", None),
        ("utf-7", None),
        ("utf-16", None),
        ("utf-32-be", None),
        ("cp037", None),
        ("hz", None),
        ("unicode_escape", None),
    ],
)
def test_a_name_stands_for_the_widest_codec_that_reads_ascii_as_ascii(
    name: str | None, codec: str | None
) -> None:
    assert codec_of(name) == codec


def test_the_header_comes_before_the_page() -> None:
    page = b'<meta http-equiv=Content-Type content="text/html; charset=big5">'

    assert declared_codecs(page, "gbk") == [("http", "gb18030"), ("meta", "big5hkscs")]
    assert declared_codecs(page, "nonsense") == [("meta", "big5hkscs")]
    assert declared_codecs(b"", None) == []


@given(st.text(max_size=30))
def test_any_name_has_a_codec_or_none(name: str) -> None:
    codec = codec_of(name)

    assert codec is None or b"<p>".decode(codec) == "<p>"
