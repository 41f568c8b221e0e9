import gzip
import io

import pytest

from jingyu.pipeline.read.whole_files import read_page, read_text, read_text_lines

PAGE = "<html><title>山村</title><p>山里的天气说变就变。"


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16", "big5"])
def test_a_saved_page_is_a_record_of_its_bytes_as_they_are(charset: str) -> None:
    content = PAGE.replace("里", "中").replace("说变就变", "多").encode(charset)

    for stored in (content, gzip.compress(content)):
        (found,) = read_page(io.BytesIO(stored), max_record_bytes=1000)

        assert (found.payload, found.is_text) == (content, False)
        assert (found.content_type, found.url) == ("text/html", None)
        assert (found.offset, found.length) == (0, len(content))


def test_a_saved_page_is_of_the_address_that_a_browser_left_in_it() -> None:
    mark = "<!-- saved from url=(0020)http://www.a.cn/页 -->"

    (found,) = read_page(io.BytesIO((mark + PAGE).encode()), max_record_bytes=1000)

    assert found.url == "http://www.a.cn/页"


@pytest.mark.parametrize(("size", "damage"), [(9, None), (10, None), (11, "record_too_large")])
def test_a_file_in_the_limit_is_read_and_one_beyond_it_is_not(
    size: int, damage: str | None
) -> None:
    (found,) = read_text(io.BytesIO(b"a" * size), max_record_bytes=10)

    assert (found.damage, found.payload_bytes) == (damage, size)
    assert len(found.payload) == (0 if damage else size)


def test_lines_of_a_text_have_their_places() -> None:
    stream = io.BytesIO("甲\r\n\n乙𠮷".encode())

    first, second = read_text_lines(stream, max_record_bytes=100)

    assert (first.payload.decode(), second.payload.decode()) == ("甲", "乙𠮷")
    assert (first.offset, second.offset) == (0, 6)
    assert second.is_text
