"""What the reader does with tables, functions and pages that are made to break it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from jingyu.pipeline.page.extract.hints import HIDDEN, LEADS
from jingyu.pipeline.page.extract.markup import reader
from jingyu.pipeline.page.extract.reader import Reader
from jingyu.pipeline.page.extract.tags import TAGS

_LOOKS = 3000
_LINES = 20_000
_SLOTS = 1 << 16
_MOST_SLOTS = 200
_OLD_MULTIPLIER = 0x9E3779B97F4A7C15


def reader_with(**tables: Any) -> Reader:
    """A reader that knows nothing but the tags, and what is given."""
    known: dict[str, Any] = {
        "tags": TAGS,
        "scopes": {},
        "places": {},
        "tag_hints": {},
        "silent": (),
        "hints_of": lambda _: 0,
        "hidden": HIDDEN,
        "leads": LEADS,
        "unescaped": lambda text: text,
        "ends": "",
        "pauses": "",
        "closing": "",
        "most_containers": 100,
        "most_lines": 100,
    }
    return Reader(**known | tables)


def test_there_is_no_reader_without_its_tables() -> None:
    with pytest.raises(TypeError, match="required argument"):
        Reader.__new__(Reader).read("<p>&hearts;<div class=a>")


def test_a_reader_keeps_its_tables() -> None:
    first = reader_with()

    first.__init__(tags={})  # type: ignore[misc]

    assert first.read("<p>一<p>二")[0] == ["一", "二"]


@pytest.mark.parametrize("text", [None, b"text", 1])
def test_what_is_unescaped_must_be_text(text: object) -> None:
    with pytest.raises(TypeError, match="what is unescaped is a str"):
        reader_with(unescaped=lambda _: text).read("<p>&hearts;")


@pytest.mark.parametrize("hints", [-1, -(2**31), 2**31, 2**80, None, 1.0])
@pytest.mark.parametrize("page", ["<div class=nav>", '<div class="nav menu">'])
def test_hints_are_numbers_of_31_bits(hints: object, page: str) -> None:
    with pytest.raises((ValueError, OverflowError), match=r"31 bits|too large"):
        reader_with(hints_of=lambda _: hints).read(page)


@pytest.mark.parametrize(
    "tables",
    [
        {"hidden": -1},
        {"leads": -1},
        {"tag_hints": {"div": -1}},
        {"tag_hints": {"div": 2**31}},
        {"places": {"div": 2**33}},
    ],
    ids=str,
)
def test_bits_of_a_table_are_numbers_of_31_bits(tables: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="31 bits"):
        reader_with(**tables)


def test_what_python_raises_is_passed_on() -> None:
    def broken(_: str) -> int:
        raise KeyError("hint")

    with pytest.raises(KeyError, match="hint"):
        reader_with(hints_of=broken).read("<div class=nav>")


def test_a_reader_may_be_used_while_it_asks() -> None:
    asked: list[str] = []

    def hints_of(words: str) -> int:
        asked.append(words)
        if len(asked) == 1:
            first.read("".join(f"<div class=x{number}y>" for number in range(1 << 16)))
        return 1

    first = reader_with(hints_of=hints_of, most_containers=1 << 17)

    assert first.read("<div class=nav>一")[0] == ["一"]


def meeting_places() -> list[list[int]]:
    """Pairs of looks that had neighbouring slots in the table of groups before it had a secret."""
    looks = np.arange(1, _LOOKS + 1, dtype=np.uint64)
    keys = (looks[:, None] << np.uint64(32) | looks) * np.uint64(8) * np.uint64(_OLD_MULTIPLIER)
    slots = (keys >> np.uint64(20)) % np.uint64(_SLOTS)
    pairs: list[list[int]] = (np.argwhere(slots < _MOST_SLOTS)[:_LINES] + 1).tolist()
    return pairs


def page_of(pairs: Sequence[Sequence[int]]) -> str:
    """A page of a line in each pair of containers that have these looks."""
    looks = "".join(f"<div {number}>" for number in range(1, _LOOKS + 1))
    lines = (f"<div {around}><div {own}>一</div></div>" for own, around in pairs)
    return looks + "</div>" * _LOOKS + "".join(lines)


def test_lines_that_met_in_one_place_of_a_table_are_told_apart() -> None:
    meeting = meeting_places()

    _, _, _, *columns = reader().read(page_of(meeting))

    groups = memoryview(columns[-2]).cast("i").tolist()
    assert len(meeting) == _LINES
    assert len(set(groups)) == len(set(map(tuple, meeting)))


def test_groups_are_numbered_by_their_first_lines_whatever_the_secret() -> None:
    pairs = [(own, around) for own in (3, 1, 2) for around in (2, 1)] * 2

    _, _, _, *columns = reader().read(page_of(pairs))

    assert memoryview(columns[-2]).cast("i").tolist() == [*range(6)] * 2
