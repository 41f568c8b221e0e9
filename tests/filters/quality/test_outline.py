import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.quality.lines import Lines, lines
from jingyu.filters.quality.outline import measure_lines, prose_lines, shape_lines

MARKS = bytearray(0x100)
for number, marked in enumerate((".!", "*-", " >]", ".e", "é!", ".é")):
    for sign in marked:
        MARKS[ord(sign)] |= 1 << number

texts = st.text(max_size=60) | st.lists(
    st.sampled_from(
        [
            *("中文", "𠮷", "a", "*", "*", "-", ".", "more", "]", ">", " ", "\t", "\n", "\n"),
            *("\r", "\x1f", "\u3000", "\xa0", "\u2028", "\x85", "\ud800", "é!"),
        ]
    ),
    max_size=40,
).map("".join)


def plain_lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


@settings(max_examples=300)
@given(text=texts, seed=st.integers(-(2**63), 2**63 - 1))
def test_lines_are_measured_as_plain_python_measures_them(text: str, seed: int) -> None:
    found = plain_lines(text)
    distinct = set(found)

    expected = (len(found), sum(map(len, found)), len(distinct), sum(map(len, distinct)))
    assert measure_lines(text, seed) == expected
    assert lines(text) == Lines(*expected)


@settings(max_examples=300)
@given(text=texts, lengths=st.tuples(*[st.integers(0, 6)] * 3), longest=st.integers(1, 4))
def test_lines_are_shaped_as_plain_python_sees_them(
    text: str, lengths: tuple[int, int, int], longest: int
) -> None:
    short, long, cut = lengths
    found = plain_lines(text)
    ends = [line.rstrip(" >]") for line in found]

    assert shape_lines(text, bytes(MARKS), short, long, cut, longest) == (
        sum(len(line) < short for line in found),
        sum(
            line.endswith((".", "!")) or (len(line) >= long and not {"é", "!"}.isdisjoint(line))
            for line in found
        ),
        sum(line[0] in "*-" and line[1:2] != line[0] for line in found),
        sum(
            len(line) >= cut and not line.endswith((".", "!")) and "\t" not in line
            for line in found
        ),
        [end[-longest:] for end in ends if end.endswith((".", "e"))],
    )


@settings(max_examples=300)
@given(text=texts, least=st.integers(0, 9), longest_clause=st.integers(1, 5))
def test_prose_is_found_as_plain_python_finds_it(
    text: str, least: int, longest_clause: int
) -> None:
    lines = text.split("\n")
    prose = [
        len(line)
        for line in lines
        if len(line) >= least and sum(map(line.count, ".é")) >= len(line) / longest_clause
    ]

    assert prose_lines(text, bytes(MARKS), least, longest_clause) == (
        sum(prose),
        max(prose, default=0),
        sum(map(len, lines)),
    )


def test_many_lines_are_told_apart() -> None:
    text = "\n".join(f"第{number % 700}行" for number in range(2_000))

    assert measure_lines(text, 1)[2] == 700


def test_without_marks_lines_have_no_shape_but_their_length() -> None:
    assert shape_lines("*a.\nb", b"", 2, 0, 3, 9) == (1, 0, 0, 1, [])


def test_an_end_of_less_than_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        shape_lines("中", b"", 2, 9, 9, -1)
