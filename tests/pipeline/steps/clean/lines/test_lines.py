import re
from collections.abc import Iterator
from itertools import accumulate
from operator import mul

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.quality.han import han_count
from jingyu.pipeline.page.sign.minhash import mix, normal_form, normal_values
from jingyu.pipeline.steps.clean.lines.hashing import hash_lines
from jingyu.pipeline.steps.clean.lines.lines import NO_LINE, lines_of

LINES = st.lists(
    st.sampled_from(["你好，世界", "你好世界！", "ＡＢＣ", "abc", "", "——", "𠮷野家", "一"])
)


@settings(max_examples=60)
@given(st.lists(LINES, max_size=5))
def test_lines_meet_in_a_hash_where_their_normal_forms_are_equal(texts: list[list[str]]) -> None:
    lines = lines_of(["\n".join(text) for text in texts])
    found = [line for text in texts for line in (text or [""])]

    forms = [normal_form(line) for line in found]
    hashes = lines.hashes.tolist()
    assert len(hashes) == len(found)
    assert lines.lengths.tolist() == list(map(len, forms))
    for form, hashed in zip(forms, hashes, strict=True):
        assert (hashed == NO_LINE) is (form == "")
        assert {h for h, f in zip(hashes, forms, strict=True) if f == form} == {hashed}


@given(st.lists(st.text(alphabet="你好\n 𠮷a。", max_size=30), max_size=4))
def test_the_places_of_lines_make_up_their_texts(texts: list[str]) -> None:
    lines = lines_of(texts)
    places = zip(lines.documents, lines.starts, lines.ends, strict=True)
    parts = [(document, texts[document][start:end]) for document, start, end in places]

    for number, text in enumerate(texts):
        assert "".join(part for document, part in parts if document == number) == text


def test_a_line_is_repeated_where_it_stands_before_in_its_own_text() -> None:
    lines = lines_of(["甲乙\n丙\n甲 乙。\n甲乙", "甲乙\n——\n——"])

    assert lines.is_repeated.tolist() == [False, False, True, True, False, False, False]


def test_han_are_counted_in_all_planes() -> None:
    assert lines_of(["𠮷〇々 a1，\n\U0010fffd"]).han_counts.tolist() == [3, 0]


@settings(max_examples=200)
@given(st.lists(st.text("你好𠮷〇々aＡ1，。 \n\ud800", max_size=30), max_size=4))
def test_lines_are_hashed_as_plain_python_hashes_them(texts: list[str]) -> None:
    rows = list(zip(*(column.tolist() for column in lines_of(texts)), strict=True))

    assert rows == [
        (number, start, start + len(line), len(normal_form(line)), han_count(line), hash_of(line))
        for number, text in enumerate(texts)
        for start, line in parts_of(text)
    ]


def parts_of(text: str) -> Iterator[tuple[int, str]]:
    lines = re.findall("[^\n]*\n|[^\n]*\\Z", text)
    starts = accumulate(map(len, lines), initial=0)
    return zip(starts, lines[: text.count("\n") + 1], strict=False)


def hash_of(line: str) -> int:
    """A polynomial of the values of the normal form's characters."""
    points = np.array(list(map(ord, normal_form(line))), np.uint32)
    values = normal_values(points).tolist()
    powers = (pow(0xBB67AE8584CAA73B, place, 2**64) for place in range(len(values)))
    total = sum(map(mul, values, powers)) + len(values)
    return int(mix(np.array([total % 2**64], np.uint64))[0]) if values else NO_LINE


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(TypeError, match="a text is a string"):
        hash_lines(["a", 1], np.ones(1, np.uint64), b"1")  # type: ignore[list-item]
    with pytest.raises(ValueError, match="tables"):
        hash_lines(["a"], np.ones(0, np.uint64), b"1")
    with pytest.raises(ValueError, match="tables"):
        hash_lines(["a"], np.ones(1, np.uint64), b"")


def test_no_text_has_no_line() -> None:
    assert lines_of([]).hashes.size == 0


def test_many_texts_have_the_lines_of_each() -> None:
    texts = [f"第{number}篇\n同一行\n同一行" for number in range(200)]

    lines = lines_of(texts)
    alone = [lines_of([text]) for text in texts]

    assert lines.documents.tolist() == [number for number in range(200) for _ in range(3)]
    assert lines.starts.tolist() == [start for each in alone for start in each.starts.tolist()]
    assert lines.hashes.tolist() == [hashed for each in alone for hashed in each.hashes.tolist()]
    assert lines.is_repeated.tolist() == [False, False, True] * 200
