import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.marks import lines_marked, mark_of


def test_a_range_reaches_from_its_first_line_to_its_last() -> None:
    texts = ["甲", "乙", "丙", "丁"]

    marked = lines_marked(texts, f"{mark_of('甲')} {mark_of('丙')}-{mark_of('丁')}")

    assert marked.tolist() == [True, False, True, True]


def test_equal_lines_are_told_apart_by_number() -> None:
    texts = ["甲", "乙", "甲", "乙"]

    assert lines_marked(texts, f"{mark_of('乙')}*2").tolist() == [False, False, False, True]
    assert lines_marked(texts, f"{mark_of('甲')}-{mark_of('乙')}*2").all()


def test_no_marks_mean_no_main_text() -> None:
    assert not lines_marked(["甲"], "").any()


@given(st.text(min_size=1))
def test_white_space_does_not_change_the_name_of_a_line(text: str) -> None:
    assert mark_of(f" {text}\t") == mark_of(text)


def test_marks_of_another_reading_are_an_error() -> None:
    with pytest.raises(ValueError, match="not in list"):
        lines_marked(["甲"], mark_of("乙"))
