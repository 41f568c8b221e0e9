"""Names of files, and what stands in them, as columns can hold them."""


def writable(text: str | None) -> str | None:
    """Returns a text as UTF-8 can hold it: bytes of names and halves of characters as escapes."""
    if text is None or text.isascii():
        return text
    return text.encode("utf-8", "backslashreplace").decode()
