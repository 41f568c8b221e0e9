"""The twin in Python of pipeline/page/gate/programs.c."""

import re

# What begins and ends a program; within one, others may begin and end.
_PROGRAM = re.compile(rb"<(/?)(?:pre|code|textarea)[\s>]", re.IGNORECASE)


def without_programs(payload: bytes) -> bytes:
    parts, at, begin = [], 0, -1
    for tag in _PROGRAM.finditer(payload):
        if not tag[1]:
            begin = tag.start() if begin < 0 else begin
        elif begin >= 0:
            parts.append(payload[at:begin])
            at, begin = tag.start(), -1
    return b"".join([*parts, payload[at:]]) if parts else payload
