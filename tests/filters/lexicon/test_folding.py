from itertools import groupby

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.lexicon.characters import Kind, kind_of
from jingyu.filters.lexicon.folding import MAX_GAP, fold, folded_each

texts = st.text() | st.text(alphabet="赌博賭Ａaé1① \u200b\ufe0f*·，\n\ud800𠮷⺀", max_size=30)


def folded(text: str, **options: bool) -> str:
    code_points = fold(text, **options).code_points
    return "".join(map(chr, code_points.tolist()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", "", id="empty"),
        pytest.param("赌*博", "赌博", id="a symbol"),
        pytest.param("赌 博", "赌博", id="a space"),
        pytest.param("赌\u200b博", "赌博", id="zero width"),
        pytest.param("赌\u3000★博", "赌博", id="an ideographic space and a star"),
        pytest.param("ＢＥＴ３６５", "bet365", id="full-width"),
        pytest.param("㊙①Ⓐ", "秘1a", id="circled"),
        pytest.param("賭博", "赌博", id="traditional"),
        pytest.param("s\u0336e\u0336x", "sex", id="struck out"),
        pytest.param("free  sex", "free sex", id="between words of letters a space stays"),
        pytest.param("free-sex", "free sex", id="whatever parts the words"),
        pytest.param("加 QQ 123", "加qq 123", id="not between Han and letters"),
        pytest.param("嗜赌。博士", "嗜赌。博士", id="punctuation stays"),
        pytest.param("嗜赌\n博士", "嗜赌\n博士", id="line ends stay"),
        pytest.param("𠮷 𠮷", "𠮷𠮷", id="beyond the basic plane"),
    ],
)
def test_text_is_folded(text: str, expected: str) -> None:
    assert folded(text) == expected


def test_a_gap_is_passed_over_up_to_its_limit() -> None:
    assert folded("赌" + "*" * MAX_GAP + "博") == "赌博"
    assert folded("赌" + "*" * (MAX_GAP + 1) + "博") == "赌 博"


def test_signs_stay_if_they_are_not_tolerated_and_invisible_characters_go_all_the_same() -> None:
    assert folded("賭*博\u200b彩", tolerate_symbols=False) == "赌*博彩"


def test_traditional_characters_stay_if_asked() -> None:
    assert folded("賭博", simplify=False) == "賭博"


def test_words_are_folded_together_as_they_are_alone() -> None:
    words = ["賭 博", " free \n sex ", "*", "𠮷"]

    assert folded_each(words) == ["赌博", "free sex", "", "𠮷"]
    assert folded_each([]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**", ""),
        ("**赌", "赌"),
        ("赌****", "赌"),
        (" a b ", "a b"),
        ("a\u200bb", "ab"),
        ("a\u200b b", "ab"),
        ("a \u200bb", "a b"),
        ("1-2", "1 2"),
        ("****赌****博****", "赌 博"),
    ],
)
def test_a_gap_becomes_a_space_only_between_characters(text: str, expected: str) -> None:
    assert folded(text) == expected


@settings(max_examples=100)
@given(text=texts, tolerate_symbols=st.booleans(), simplify=st.booleans())
def test_every_character_comes_from_a_place_of_its_own(
    text: str, *, tolerate_symbols: bool, simplify: bool
) -> None:
    form = fold(text, tolerate_symbols=tolerate_symbols, simplify=simplify)

    assert len(form.code_points) == len(form.kinds) == len(form.positions)
    assert len(form.text_kinds) == len(text)
    assert (np.diff(form.positions) > 0).all()
    assert all(0 <= position < len(text) for position in form.positions)


@settings(max_examples=300)
@given(text=texts, tolerate_symbols=st.booleans())
def test_gaps_are_closed_as_plain_python_closes_them(text: str, *, tolerate_symbols: bool) -> None:
    form = fold(text, tolerate_symbols=tolerate_symbols, simplify=False)

    assert list(zip(form.positions.tolist(), form.kinds.tolist(), strict=True)) == plain_places(
        text, Kind.SYMBOL if tolerate_symbols else Kind.INVISIBLE
    )


def plain_places(text: str, dropped: Kind) -> list[tuple[int, int]]:
    """Returns place and kind of what stays of a text."""
    kinds = [kind_of(character) for character in text]
    words = (Kind.LETTER, Kind.DIGIT)
    places = []
    for is_dropped, run in groupby(range(len(text)), lambda place: kinds[place] >= dropped):
        row = list(run)
        before, after = row[0] - 1, row[-1] + 1
        if not is_dropped:
            places += [(place, int(kinds[place])) for place in row]
        elif before >= 0 and after < len(text):
            is_sign = kinds[row[0]] == Kind.SYMBOL
            if len(row) > MAX_GAP or (is_sign and kinds[before] in words and kinds[after] in words):
                places.append((row[0], int(kinds[row[0]])))
    return places


@settings(max_examples=100)
@given(text=texts)
def test_what_is_counted_is_never_passed_over(text: str) -> None:
    form = fold(text)

    assert np.count_nonzero(form.kinds < Kind.BREAK) == np.count_nonzero(
        form.text_kinds < Kind.BREAK
    )
