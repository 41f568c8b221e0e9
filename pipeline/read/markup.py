"""How HTML begins."""

import re

_SEEN_BYTES = 1024
_WIDE = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"<\0", "utf-16-le"),
         (b"\0<", "utf-16-be"))  # fmt: skip
# Groups are atomic, so that comments without an end to them cost no more than their length.
_MARKUP = re.compile(
    rb"[\s\xef\xbb\xbf]*+(?><!--.*?-->\s*+)*+<(?:!doctype\s+html|html|head|body|meta|title|script|style"
    rb"|div|table|h[1-6]|p|br|a|iframe|font|\?xml)[\s>/]",
    re.IGNORECASE | re.DOTALL,
)


def begins_with_markup(content: bytes) -> bool:
    """Returns whether the first kilobyte of a page begins as HTML does.

    Source: WHATWG, MIME Sniffing, section 7.1, with some more elements that crawled pages begin
    with.
    """
    return _MARKUP.match(content, 0, _SEEN_BYTES) is not None


def begins_with_wide_markup(content: bytes) -> bool:
    """Returns whether UTF-16 begins as HTML does."""
    head = content[:_SEEN_BYTES]
    for magic, charset in _WIDE:
        if head.startswith(magic):
            text = head[: len(head) & ~1].decode(charset, "ignore").removeprefix("\ufeff")
            return begins_with_markup(text.encode())
    return False
