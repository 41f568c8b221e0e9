"""The twin in Python of pipeline/read/plain_fields.c."""

from collections.abc import Container


def plain_fields(block: bytes, lists: Container[str]) -> dict[str, str] | None:
    if not block.isascii() or b"\n " in block or b"\n\t" in block:
        return None
    fields: dict[str, str] = {}
    for line in block.decode().split("\n"):
        name, colon, value = line.partition(":")
        name = name.strip().lower()
        if colon and name in fields and name in lists:
            return None
        if colon:
            fields.setdefault(name, value.strip())
    return fields
