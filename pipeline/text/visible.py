"""What of a page's bytes a reader would see as text, found without parsing it."""

from string import ascii_letters
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

_LINKED_DATA = b"ld+json"
_TAG_BYTES = 256
_MAX_TAGS_IN_LINK = 12
_PADDING = b"\0" * 8
_ENDS_NAME = np.zeros(256, np.bool_)
_ENDS_NAME[list(b" >/\t\n\r\f")] = True
_BEGINS_TAG = np.zeros(256, np.bool_)
_BEGINS_TAG[list(b"!/?" + ascii_letters.encode())] = True

Positions = NDArray[np.intp]


class Visible(NamedTuple):
    """Two parts of a page's bytes, in the encoding of the page, a space between pieces."""

    in_links: bytes
    elsewhere: bytes


def visible(payload: bytes) -> Visible:
    """Returns the text of a page in an encoding that has ASCII's `<` and `>`, such as GB18030.

    Left out are tags, comments, styles and scripts; a script of linked data may hold the article
    and counts as text, and so does what follows a comment or script that is not closed. A link is
    what stands between `<a` and `</a` with fewer than 12 tags between them: an anchor that is never
    closed does not make a link of the page.
    """
    data = np.frombuffer(payload + _PADDING, np.uint8)
    # One pass for both: `<` is 3C, `>` is 3E.
    brackets = np.flatnonzero((data & np.uint8(0xFD)) == ord("<"))
    is_end = data[brackets] == ord(">")
    tags, ends = brackets[~is_end], brackets[is_end]
    tags = tags[_BEGINS_TAG[data[tags + 1]]]
    if not len(tags):
        return Visible(b"", payload)
    following = np.append(tags[1:], len(payload))
    closed = np.searchsorted(ends, tags)
    starts = np.append(ends, len(payload) - 1)[closed] + 1
    is_text = _skip_raw(payload, data, tags, starts)
    is_text &= starts < following
    is_link = _is_in_link(data, tags)
    elsewhere = _joined(payload, starts, following, is_text & ~is_link)
    before = payload[: int(tags[0])]
    return Visible(
        _joined(payload, starts, following, is_text & is_link), before + b" " + elsewhere
    )


def _joined(payload: bytes, starts: Positions, ends: Positions, chosen: NDArray[np.bool_]) -> bytes:
    pieces = zip(starts[chosen].tolist(), ends[chosen].tolist(), strict=True)
    return b" ".join([payload[start:end] for start, end in pieces])


def _skip_raw(
    payload: bytes, data: NDArray[np.uint8], tags: Positions, starts: Positions
) -> NDArray[np.bool_]:
    """Returns for each tag whether text follows it, and moves starts to the end of comments."""
    is_text = np.ones(len(tags), np.bool_)
    is_comment = (data[tags + 1] == ord("!")) & (data[tags + 2] == ord("-"))
    opens = _names_raw(data, tags + 1)
    closes = np.flatnonzero((data[tags + 1] == ord("/")) & _names_raw(data, tags + 2))
    after = searched = 0
    for index in np.flatnonzero(opens | is_comment).tolist():
        if index < after:
            continue
        place = int(tags[index])
        if opens[index]:
            if _LINKED_DATA in payload[place : place + _TAG_BYTES].partition(b">")[0]:
                continue
            nearest = int(np.searchsorted(closes, index))
            after = int(closes[nearest]) if nearest < len(closes) else index
            is_text[index:after] = False
        else:
            end = payload.find(b"-->", max(place, searched))
            searched = end if end >= 0 else len(payload)
            if end < 0:
                continue
            after = int(np.searchsorted(tags, end))
            is_text[index : after - 1] = False
            starts[after - 1] = end + len(b"-->")
    return is_text


def _names_raw(data: NDArray[np.uint8], places: Positions) -> NDArray[np.bool_]:
    """Returns where a name begins like `script` or `style`."""
    first, second, third = (_lower(data[places + offset]) for offset in range(3))
    is_script = (second == ord("c")) & (third == ord("r"))
    is_style = (second == ord("t")) & (third == ord("y"))
    return np.asarray((first == ord("s")) & (is_script | is_style))


def _is_in_link(data: NDArray[np.uint8], tags: Positions) -> NDArray[np.bool_]:
    """Returns for each tag whether what follows it is the text of a link."""
    opens = (_lower(data[tags + 1]) == ord("a")) & _ENDS_NAME[data[tags + 2]]
    closes = (
        (data[tags + 1] == ord("/"))
        & (_lower(data[tags + 2]) == ord("a"))
        & _ENDS_NAME[data[tags + 3]]
    )
    events = np.flatnonzero(opens | closes)
    first, second = events[:-1], events[1:]
    pairs = opens[first] & closes[second] & (second - first < _MAX_TAGS_IN_LINK)
    depth = np.zeros(len(tags), np.int8)
    depth[first[pairs]] = 1
    depth[second[pairs]] = -1
    return np.asarray(np.cumsum(depth, dtype=np.int8) > 0)


def _lower(letters: NDArray[Any]) -> NDArray[np.uint8]:
    return np.asarray(letters | np.uint8(0x20))
