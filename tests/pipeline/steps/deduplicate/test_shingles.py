import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.page.sign.minhash import normal_form, signature
from jingyu.pipeline.steps.deduplicate.shingles import (
    MAX_SHINGLES,
    Shingles,
    jaccard_of,
    shingle_hashes,
)
from tests.support.resemblance import jaccard

texts = st.text(alphabet="中文𠮷a1，。 \n\ud800", max_size=30)


@settings(max_examples=200)
@given(left=texts, right=texts)
def test_similarity_is_that_of_the_sets_of_shingles(left: str, right: str) -> None:
    found = jaccard_of(shingle_hashes(left), shingle_hashes(right))

    assert found == pytest.approx(jaccard(left, right))


def test_hashes_are_those_of_the_signature() -> None:
    text = "国务院办公厅关于进一步优化营商环境的通知"

    (smallest,) = signature(text[:5], hashes=1)
    (hashed,) = shingle_hashes(text[:5])

    assert signature(text, hashes=1)[0] <= smallest
    assert hashed in shingle_hashes(text)
    assert signature(text[:5], hashes=1)[0] == smallest


@given(text=texts)
def test_hashes_are_sorted_and_stand_once_for_each_shingle(text: str) -> None:
    form = normal_form(text)
    shingles = {form[start : start + 5] for start in range(max(len(form) - 4, 1))} - {""}

    hashes = shingle_hashes(text).tolist()

    assert hashes == sorted(set(hashes))
    assert set(hashes) == {shingle_hashes(each).tolist()[0] for each in shingles}


def test_long_texts_are_compared_by_a_fair_sample() -> None:
    generator = random.Random(2)
    page = "".join(chr(generator.randrange(0x4E00, 0x9000)) for _ in range(40_000))
    other = page[:30_000] + page[:10_000][::-1]

    found = [shingle_hashes(text) for text in (page, other)]

    assert [values.size for values in found] == [MAX_SHINGLES] * 2
    assert jaccard_of(*found) == pytest.approx(jaccard(page, other), abs=0.03)


def test_long_text_resembles_its_own_beginning_as_far_as_it_goes() -> None:
    generator = random.Random(3)
    page = "".join(chr(generator.randrange(0x4E00, 0x9000)) for _ in range(6_000))

    found = jaccard_of(shingle_hashes(page), shingle_hashes(page[:3_000]))

    assert found == pytest.approx(0.5, abs=0.03)


def test_empty_text_has_no_shingle_and_a_short_one_has_one() -> None:
    assert shingle_hashes("，。").size == 0
    assert shingle_hashes("短").size == 1
    assert jaccard_of(shingle_hashes(""), shingle_hashes("")) == 0.0
    with pytest.raises(ValueError, match="at least 1"):
        shingle_hashes("短", ngram=0)


def test_rows_are_taken_with_their_shingles() -> None:
    shingles = Shingles.of_counts(np.array([1, 2, 3, 9], np.uint32), np.array([2, 0, 1, 1]))

    taken = shingles.take(np.array([3, 1, 0]))

    assert taken.values.tolist() == [9, 1, 2]
    assert taken.is_known.tolist() == [True, False, True]
    assert taken.similarities(np.array([2]), np.array([0])).tolist() == [0.0]
