import pytest

from jingyu.pipeline.page.media_type import media_type_of
from jingyu.pipeline.read.record import Record

PAGE = "<!DOCTYPE html><p>你好".encode()
TEXT = "你好，世界".encode()


def media_type(declared: str | None, payload: bytes, identified: str | None = None) -> str | None:
    record = Record(0, 0, None, "response", content_type=declared, payload=payload)
    if identified:
        record.headers["warc-identified-payload-type"] = identified
    return media_type_of(record)


@pytest.mark.parametrize(
    "declared", ["text/html", "TEXT/HTML", '"text/html"', "text/html charset=x"]
)
def test_what_is_declared_counts(declared: str) -> None:
    assert media_type(declared, PAGE, "application/pdf") == "text/html"


@pytest.mark.parametrize("declared", [None, "", "html", "*/*", "application/octet-stream"])
def test_where_nothing_is_declared_what_the_crawler_identified_counts(declared: str | None) -> None:
    assert media_type(declared, PAGE, "application/xhtml+xml") == "application/xhtml+xml"


@pytest.mark.parametrize(
    ("payload", "seen"),
    [(PAGE, "text/html"), (TEXT, "text/plain"), (b"\x89PNG\r\n\x1a\n\0\0", None), (b"", None)],
)
def test_where_nobody_tells_the_first_bytes_do(payload: bytes, seen: str | None) -> None:
    assert media_type(None, payload) == seen


@pytest.mark.parametrize(
    "head", [b"<!---->" * 140, b"<!-- a --> " * 90, b"<!--" * 250, b" <!---->\n" * 110]
)
def test_comments_that_no_markup_follows_take_no_longer_than_others(head: bytes) -> None:
    # With a choice of where each ends, this would not end.
    assert media_type("text/plain", head + TEXT) == "text/plain"


def test_markup_declared_plain_text_is_html() -> None:
    assert media_type("text/plain", b"\xef\xbb\xbf\n<!-- a --><html>") == "text/html"
    assert media_type("text/plain", "1 < 2，<p>".encode()) == "text/plain"


def test_html_without_any_markup_is_plain_text() -> None:
    assert media_type("text/html", TEXT) == "text/plain"
    assert media_type("text/html", PAGE.decode().encode("utf-16")) == "text/html"


def test_other_types_stay_what_they_say() -> None:
    assert media_type("application/pdf", PAGE) == "application/pdf"
