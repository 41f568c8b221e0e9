import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.page.sign.minhash import normal_form
from jingyu.pipeline.steps.clean.contamination.characters import (
    SEPARATOR,
    characters_of,
    is_letter,
    weights_of,
)

texts = st.text(alphabet="中文𠮷⼀Ａａa1１，。 \n㊥㐀\ud800\U0010fffe", max_size=20)


@settings(max_examples=150)
@given(left=texts, right=texts)
def test_texts_are_equal_as_numbers_where_their_normal_forms_are(left: str, right: str) -> None:
    ours, theirs = characters_of([left]).values, characters_of([right]).values

    assert np.array_equal(ours, theirs) == (normal_form(left) == normal_form(right))


def test_every_character_is_as_the_normal_form_has_it() -> None:
    characters = [chr(point) for point in range(0x2FFFF)]
    joined = characters_of(characters)
    ends = np.cumsum(np.add.reduceat(joined.is_kept, joined.starts[:-1], dtype=np.int64))
    kept = np.diff(ends, prepend=0) - 1
    forms = [normal_form(character) for character in characters]

    assert kept.tolist() == [len(form) for form in forms]
    assert np.array_equal(joined.values, characters_of(forms).values)


@given(given_texts=st.lists(texts, max_size=5))
def test_each_text_ends_with_a_separator(given_texts: list[str]) -> None:
    found = characters_of(given_texts)
    (separator,) = characters_of([""]).values

    assert np.count_nonzero(found.values == separator) == len(given_texts)
    assert found.starts.tolist()[1:] == np.cumsum([len(text) + 1 for text in given_texts]).tolist()
    assert found.is_kept.size == found.starts[-1]


def test_letters_and_digits_of_ascii_count_half() -> None:
    values = characters_of([f"中aＺ9{chr(SEPARATOR)}é"]).values

    assert is_letter(values).tolist() == [False, True, True, True, False, False, False]
    assert weights_of(values).tolist() == [1, 0.5, 0.5, 0.5, 1, 1, 1]
