"""`pipeline/text/visible.c` in numpy: what it is held to."""

import re
from bisect import bisect_left
from string import ascii_letters
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_LINKED_DATA = b"ld+json"
_TAG_BYTES = 256
_MAX_TAGS_IN_LINK = 12
# So that three bytes follow each tag, and a `>`.
_PADDING = np.frombuffer(b"\0\0\0>", np.uint8)
_LETTERS = ascii_letters.encode()
_ENDS_NAME = b" >/\t\n\r\f"
_RAW_NAME = re.compile(rb"(?:scr|sty)", re.IGNORECASE)
_NO_TAG, _TAG, _COMMENT, _RAW, _RAW_END, _LINK, _LINK_END = range(7)


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


def _confirmed() -> NDArray[np.bool_]:
    """Returns whether a tag may be of a kind by its third byte."""
    confirmed = np.ones((_LINK_END + 1, 256), np.bool_)
    for kind, third_bytes in ((_RAW, b"rRyY"), (_RAW_END, b"cCtT"), (_LINK_END, _ENDS_NAME)):
        confirmed[kind] = False
        confirmed[kind, list(third_bytes)] = True
    return confirmed


_KIND_OF = _kinds()
_IS_CONFIRMED = _confirmed()

Bytes = NDArray[np.uint8]
Positions = NDArray[np.intp]
Kinds = NDArray[np.uint8]
Flags = NDArray[np.bool_]


class Visible(NamedTuple):
    """Two parts of a page's bytes, in the encoding of the page, a space behind each piece."""

    in_links: bytes
    elsewhere: bytes


def visible(payload: bytes) -> Visible:
    """Returns the text of a page in an encoding that has ASCII's `<` and `>`, such as GB18030.

    Left out are tags, comments, styles and scripts; a script of linked data may hold the article
    and counts as text, and so does what follows a comment or script that is not closed. A link is
    what stands between `<a` and `</a` with fewer than 12 tags between them: an anchor that is never
    closed does not make a link of the page.
    """
    size = len(payload)
    data = np.concatenate((np.frombuffer(payload, np.uint8), _PADDING))
    tags, starts, kinds = _tags(data)
    if not len(tags):
        return Visible(b"", payload)
    special, kinds = _special(data, tags, kinds)
    is_link = _is_in_link(len(tags), special, kinds)
    is_text = _skip_raw(payload, tags, starts, special, kinds)
    ends = np.empty_like(tags)
    ends[:-1], ends[-1] = tags[1:], size
    texts = (is_text & (starts < ends)).nonzero()[0]
    starts, ends = starts.take(texts), ends.take(texts)
    data[ends] = ord(" ")
    in_links, elsewhere = _gathered(data, starts, ends + 1, is_link.take(texts))
    return Visible(in_links, payload[: int(tags[0])] + b" " + elsewhere)


def _tags(data: Bytes) -> tuple[Positions, Positions, Kinds]:
    """Returns where tags begin, where what follows them begins, and their kinds."""
    # One pass for both: `<` is 3C, `>` is 3E.
    brackets = ((data & np.uint8(0xFD)) == ord("<")).nonzero()[0]
    is_end = data.take(brackets) == ord(">")
    places = (~is_end).nonzero()[0]
    tags = brackets.take(places)
    # Of the brackets before the n-th `<`, all but n are `>`.
    ends = brackets.take(is_end.nonzero()[0])
    starts = ends.take(places - np.arange(len(places))) + 1
    two_bytes = np.ndarray(len(data) - 2, "<u2", data.data, 1, (1,))
    kinds = _KIND_OF.take(two_bytes[tags])
    if kinds.all():
        return tags, starts, kinds
    is_tag = kinds.nonzero()[0]
    return tags.take(is_tag), starts.take(is_tag), kinds.take(is_tag)


def _special(data: Bytes, tags: Positions, kinds: Kinds) -> tuple[Positions, Kinds]:
    """Returns which tags are more than tags, their third byte confirming it, and their kinds."""
    special = (kinds > _TAG).nonzero()[0]
    kinds = kinds.take(special)
    is_certain = _IS_CONFIRMED[kinds, data.take(tags.take(special) + 3)]
    return special[is_certain], kinds[is_certain]


def _gathered(data: Bytes, starts: Positions, ends: Positions, is_first: Flags) -> Visible:
    """Returns the pieces of which that is said, one after the other, and all others."""
    if not len(starts):
        return Visible(b"", b"")
    # To Arrow the pieces and what stands between them are values; it copies every second one.
    bounds = np.empty(2 * len(starts), np.int64)
    bounds[::2], bounds[1::2] = starts, ends
    values = pa.Array.from_buffers(
        pa.large_binary(), len(bounds) - 1, [None, pa.py_buffer(bounds), pa.py_buffer(data)]
    )
    first = is_first.nonzero()[0]
    order = np.concatenate((first, (~is_first).nonzero()[0]))
    content = values.take(pa.array(2 * order)).buffers()[2].to_pybytes()
    first_bytes = int((ends[first] - starts[first]).sum())
    return Visible(content[:first_bytes], content[first_bytes:])


def _skip_raw(
    payload: bytes, tags: Positions, starts: Positions, special: Positions, kinds: Kinds
) -> Flags:
    """Returns for each tag whether text follows it, and moves starts to the end of comments."""
    is_text = np.ones(len(tags), np.bool_)
    is_raw = kinds < _LINK
    events, kinds = special[is_raw], kinds[is_raw]
    places = tags.take(events).tolist()
    raw = list(zip(events.tolist(), kinds.tolist(), places, strict=True))
    closes = [
        index for index, kind, at in raw if kind == _RAW_END and _RAW_NAME.match(payload, at + 2)
    ]
    comment_ends = _comment_ends(payload, [at for _, kind, at in raw if kind == _COMMENT])
    behind = iter(zip(comment_ends, tags.searchsorted(comment_ends).tolist(), strict=True))
    after = 0
    for index, kind, place in raw:
        end, next_tag = next(behind) if kind == _COMMENT else (0, 0)
        if index < after:
            continue
        if kind == _RAW and _RAW_NAME.match(payload, place + 1):
            if _is_linked_data(payload, place):
                continue
            nearest = bisect_left(closes, index)
            after = closes[nearest] if nearest < len(closes) else index
            is_text[index:after] = False
        elif kind == _COMMENT and end < len(payload):
            after = next_tag
            is_text[index : after - 1] = False
            starts[after - 1] = end + len(b"-->")
    return is_text


def _is_linked_data(payload: bytes, place: int) -> bool:
    named = payload.find(_LINKED_DATA, place, place + _TAG_BYTES)
    return named >= 0 and payload.find(b">", place, named) < 0


def _comment_ends(payload: bytes, places: list[int]) -> list[int]:
    """Returns where the next `-->` stands from each place on; the payload's end if nowhere."""
    ends = []
    end = -1
    for place in places:
        if end < place:
            end = payload.find(b"-->", place)
            end = len(payload) if end < 0 else end
        ends.append(end)
    return ends


def _is_in_link(tag_count: int, special: Positions, kinds: Kinds) -> Flags:
    """Returns for each tag whether what follows it is the text of a link."""
    is_event = kinds >= _LINK
    events, opens = special[is_event], kinds[is_event] == _LINK
    first, second = events[:-1], events[1:]
    pairs = (opens[:-1] > opens[1:]) & (second - first < _MAX_TAGS_IN_LINK)
    depth = np.zeros(tag_count, np.int8)
    depth[first[pairs]] = 1
    depth[second[pairs]] = -1
    return depth.cumsum(dtype=np.int8).view(np.bool_)
