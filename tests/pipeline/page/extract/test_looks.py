"""What the measuring of lines does with arrays that no page is read into."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from jingyu.pipeline.page.extract.features import COLUMNS, measure_lines
from jingyu.pipeline.page.extract.looks import measure, repeats
from jingyu.pipeline.page.extract.markup import read_markup

Arrays = tuple[NDArray[np.int32], ...]
HIGHEST = 2**31 - 1
ENDS, PAUSES, GROUP = 2, 3, 13
PARENT, DEPTH = 0, 3


def arrays() -> tuple[Arrays, Arrays]:
    """Those of a page of three lines in four containers, the root among them."""
    markup = read_markup("<div><p>一二三</p><div>四<div>五</div></div></div>")
    measured = measure_lines(markup, None)
    return measured.of_lines, measured.of_nodes


def having(given: Arrays, number: int, values: int | list[int]) -> Arrays:
    """The arrays, one of them with other values."""
    other = given[number].copy()
    other[:] = values
    return (*given[:number], other, *given[number + 1 :])


def rows_of(measured: bytes) -> dict[str, list[float]]:
    values = np.frombuffer(measured, np.float32).reshape(len(COLUMNS), -1).tolist()
    return dict(zip(COLUMNS, values, strict=True))


@pytest.mark.parametrize(
    "parents",
    [[0, 1, 1, 2], [0, 0, 1, 3], [0, 2, 1, 2], [1, 0, 1, 2], [0, 0, -1, 2], [-1, 0, 1, 2]],
)
@pytest.mark.parametrize("look", [1, 2])
def test_a_container_that_does_not_lie_in_one_before_it_is_refused(
    parents: list[int], look: int
) -> None:
    lines, nodes = arrays()
    probability = (np.zeros(3, np.float32),) * (look - 1)

    assert nodes[PARENT].tolist() == [0, 0, 1, 2]
    with pytest.raises(ValueError, match="do not fit"):
        measure(lines, having(nodes, PARENT, parents), *probability)


@pytest.mark.parametrize("group", [HIGHEST, 3, -1])
def test_a_group_beyond_the_lines_is_refused(group: int) -> None:
    lines, nodes = arrays()

    with pytest.raises(ValueError, match="do not fit"):
        measure(having(lines, GROUP, group), nodes)


def test_marks_beyond_32_bits_are_added_up() -> None:
    lines, nodes = arrays()
    many = having(having(lines, ENDS, HIGHEST), PAUSES, HIGHEST)

    measured = rows_of(measure(many, nodes))["punctuation"]

    assert measured == pytest.approx([2**32 / 3, 2**32, 2**32])


def test_depths_beyond_32_bits_are_told_apart() -> None:
    lines, nodes = arrays()

    measured = rows_of(measure(lines, having(nodes, DEPTH, [0, -HIGHEST, 0, HIGHEST])))

    assert measured["above_best"] == [2.0**32, 2.0**31, 0]


def test_numbers_that_are_not_aligned_are_refused() -> None:
    lines, nodes = arrays()
    askew = np.zeros(4 * 4 + 1, np.uint8)[1:].view(np.int32)

    with pytest.raises(ValueError, match="aligned"):
        measure((askew[:3], *lines[1:]), nodes)
    with pytest.raises(ValueError, match="aligned"):
        measure(lines, (askew, *nodes[1:]))
    with pytest.raises(ValueError, match="aligned"):
        measure(lines, nodes, askew[:3].view(np.float32))


@given(st.lists(st.sampled_from(["", "甲", "乙甲", "𠮷", "ab"]), max_size=9), st.text("甲𠮷b"))
def test_lines_are_repeated_or_first_with_an_end_of_the_title(texts: list[str], title: str) -> None:
    found, ends = repeats([text + "。"[: not text] for text in texts], title)

    lines = [text or "。" for text in texts]
    assert np.frombuffer(found, np.int32).tolist() == [lines.count(line) > 1 for line in lines]
    firsts = [place for place, line in enumerate(lines) if lines.index(line) == place]
    assert ends == [place for place in firsts if lines[place][-1] in title]


def test_lines_are_strings() -> None:
    with pytest.raises(TypeError, match="a str"):
        repeats([b""], "")  # type: ignore[list-item]
