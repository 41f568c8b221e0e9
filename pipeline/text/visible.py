"""What of a page's bytes a reader would see as text, found without parsing it."""

import re
from bisect import bisect_left
from string import ascii_letters
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_LINKED_DATA = b"ld+json"
_TAG_BYTES = 256
_MAX_TAGS_IN_LINK = 12
_PADDING = b"\0" * 4
_LETTERS = ascii_letters.encode()
_ENDS_NAME = b" >/\t\n\r\f"
_ENDS = np.zeros(256, np.bool_)
_ENDS[list(_ENDS_NAME)] = True
_RAW_NAME = re.compile(rb"(?:scr|sty)", re.IGNORECASE)
_NO_TAG, _TAG, _LINK, _LINK_END, _RAW, _RAW_END, _COMMENT = range(7)


def _kinds() -> NDArray[np.uint8]:
    """Returns what a `<` and two bytes may begin, the later ones to be confirmed."""
    kinds = np.zeros((256, 256), np.uint8)
    kinds[list(b"!/?" + _LETTERS)] = _TAG
    for either in (bytes.lower, bytes.upper):
        link, raw = either(b"a")[0], either(b"s")[0]
        kinds[link, list(_ENDS_NAME)] = _LINK
        kinds[ord("/"), link] = _LINK_END
        kinds[raw, list(b"cCtT")] = _RAW
        kinds[ord("/"), raw] = _RAW_END
    kinds[ord("!"), ord("-")] = _COMMENT
    return kinds.T.ravel()


_KIND_OF = _kinds()

Positions = NDArray[np.intp]
Kinds = NDArray[np.uint8]
Flags = NDArray[np.bool_]


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
    padded = payload + _PADDING
    data = np.frombuffer(padded, np.uint8)
    # One pass for both: `<` is 3C, `>` is 3E.
    brackets = np.flatnonzero((data & np.uint8(0xFD)) == ord("<"))
    is_end = data[brackets] == ord(">")
    tags, ends = brackets[~is_end], brackets[is_end]
    kinds = _KIND_OF[np.ndarray(len(payload), "<u2", padded, 1, (1,))[tags]]
    tags, kinds = tags[kinds != _NO_TAG], kinds[kinds != _NO_TAG]
    if not len(tags):
        return Visible(b"", payload)
    following = np.append(tags[1:], len(payload))
    starts = np.append(ends, len(payload) - 1)[np.searchsorted(ends, tags)] + 1
    is_text = _skip_raw(payload, kinds, tags, starts)
    is_text &= starts < following
    is_link = _is_in_link(data, kinds, tags)
    elsewhere = _joined(payload, starts, following, is_text & ~is_link)
    before = payload[: int(tags[0])]
    return Visible(
        _joined(payload, starts, following, is_text & is_link), before + b" " + elsewhere
    )


def _joined(payload: bytes, starts: Positions, ends: Positions, chosen: Flags) -> bytes:
    pieces = zip(starts[chosen].tolist(), ends[chosen].tolist(), strict=True)
    return b" ".join([payload[start:end] for start, end in pieces])


def _skip_raw(payload: bytes, kinds: Kinds, tags: Positions, starts: Positions) -> Flags:
    """Returns for each tag whether text follows it, and moves starts to the end of comments."""
    is_text = np.ones(len(tags), np.bool_)
    events = np.flatnonzero(kinds >= _RAW)
    raw = list(zip(events.tolist(), kinds[events].tolist(), tags[events].tolist(), strict=True))
    closes = [
        index for index, kind, at in raw if kind == _RAW_END and _RAW_NAME.match(payload, at + 2)
    ]
    after = searched = 0
    for index, kind, place in raw:
        if index < after:
            continue
        if kind == _RAW and _RAW_NAME.match(payload, place + 1):
            if _LINKED_DATA in payload[place : place + _TAG_BYTES].partition(b">")[0]:
                continue
            nearest = bisect_left(closes, index)
            after = closes[nearest] if nearest < len(closes) else index
            is_text[index:after] = False
        elif kind == _COMMENT:
            end = payload.find(b"-->", max(place, searched))
            searched = end if end >= 0 else len(payload)
            if end < 0:
                continue
            after = int(np.searchsorted(tags, end))
            is_text[index : after - 1] = False
            starts[after - 1] = end + len(b"-->")
    return is_text


def _is_in_link(data: NDArray[np.uint8], kinds: Kinds, tags: Positions) -> Flags:
    """Returns for each tag whether what follows it is the text of a link."""
    events = np.flatnonzero((kinds == _LINK) | (kinds == _LINK_END))
    opens = kinds[events] == _LINK
    events = events[opens | _ENDS[data[tags[events] + 3]]]
    opens = kinds[events] == _LINK
    first, second = events[:-1], events[1:]
    pairs = opens[:-1] & ~opens[1:] & (second - first < _MAX_TAGS_IN_LINK)
    depth = np.zeros(len(tags), np.int8)
    depth[first[pairs]] = 1
    depth[second[pairs]] = -1
    return np.asarray(np.cumsum(depth, dtype=np.int8) > 0)
