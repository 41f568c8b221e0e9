"""The n-grams of a text in their order, and where its figures stand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.sign.minhash import normal_form
from jingyu.pipeline.steps.deduplicate.grams import Grams
from jingyu.pipeline.steps.deduplicate.marking import sequence
from jingyu.pipeline.steps.deduplicate.sequences import figures_in, grams_of, sequence_of
from tests.support import plain_figures

texts = st.text(alphabet="中文𠮷a1，。 \n\ud800", max_size=30)


@given(text=texts)
def test_each_character_has_a_number_and_equal_ngrams_have_equal_ones(text: str) -> None:
    form = normal_form(text)
    hashes = sequence_of(text) >> 1

    assert hashes.size == len(form)
    named: dict[str, int] = {}
    for at in range(max(len(form) - 4, min(len(form), 1))):
        assert named.setdefault(form[at : at + 5], int(hashes[at])) == hashes[at] > 0
    assert len(set(named.values())) == len(named)


@pytest.mark.parametrize(
    ("form", "figures"),
    [
        ("共12人", ["12"]),
        ("型号ab12", ["ab12"]),
        ("甲a座", ["a"]),
        ("使用python编程", []),
        ("三月五日", ["三", "五"]),
        ("二〇二四年", ["二〇二四"]),
        ("第一章", ["第一"]),
        ("第十二届", ["第十二"]),
        ("一样的一个", []),
        ("一年一次", []),
        ("", []),
    ],
)
def test_figures_are_numbers_codes_letters_and_dates(form: str, figures: list[str]) -> None:
    assert [form[start:end] for start, end in plain_figures.figures_in(form)] == figures
    assert figures_in(form).tolist() == marks_of(form)


@given(form=st.text(alphabet="12az第二一十年月中文〇𠮷é", max_size=30))
def test_figures_are_marked_as_expressions_find_them(form: str) -> None:
    assert figures_in(form).tolist() == marks_of(form)


def marks_of(form: str) -> list[int]:
    places = {at for span in plain_figures.figures_in(form) for at in range(*span)}
    return [int(at in places) for at in range(len(form))]


@pytest.mark.parametrize(
    ("hashes", "kinds", "message"),
    [
        (b"", b"", "the table of kinds is empty"),
        (bytes(8), b"\0", "2 n-grams begin at 1 characters"),
        (b"abc", b"\0", "no aligned numbers of 32 bits"),
    ],
)
def test_what_cannot_number_characters_is_refused(
    hashes: bytes, kinds: bytes, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        sequence("一", hashes, kinds)


def test_hashes_that_would_mean_no_ngram_become_the_least_that_means_one() -> None:
    hashes = np.array([0, 1, 2, 3, 0xFFFFFFFF], np.uint32).tobytes()

    numbers = np.frombuffer(sequence("一二三四五六", hashes, b"\0"), np.uint32)

    assert numbers.tolist() == [2, 2, 2, 2, 0xFFFFFFFE, 0]


def test_the_lowest_bit_marks_figures() -> None:
    assert (sequence_of("共 １２ 人") & 1).tolist() == [0, 1, 1, 0]


def test_of_a_long_text_the_ngrams_of_the_smallest_hashes_stay() -> None:
    text = "".join(chr(0x4E00 + at) for at in range(500))
    whole = sequence_of(text)[:496]

    found = sequence_of(text, most=100)

    assert found.tolist() == whole[whole <= np.sort(whole)[99]].tolist()
    assert sequence_of("重" * 500, most=100).size == 100


@pytest.mark.parametrize("length", range(98, 108))
def test_about_the_limit_a_text_is_whole_up_to_as_many_ngrams(length: int) -> None:
    text = "".join(chr(0x4E00 + at) for at in range(length))

    found = sequence_of(text, most=100)

    assert found.size == (length if length <= 104 else 100)
    grams = Grams.of_sequence(found, 100)
    assert grams.size == min(length - 4, 100)


@given(text=texts)
def test_the_ngrams_of_a_text_are_those_of_its_sequence(text: str) -> None:
    sequence = sequence_of(text, most=len(text) + 9)

    assert grams_of(text).tolist() == Grams.of_sequence(sequence, len(text) + 9).values.tolist()


def test_an_ngram_has_a_length() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        sequence_of("短", ngram=0)
