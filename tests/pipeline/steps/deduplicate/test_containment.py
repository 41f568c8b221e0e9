"""What a text says that another does not."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.sign.minhash import NGRAM, normal_form
from jingyu.pipeline.steps.deduplicate.containment import Contained, compared, contained
from jingyu.pipeline.steps.deduplicate.grams import Grams, pack_grams, unpack_grams
from jingyu.pipeline.steps.deduplicate.sequences import MAX_LENGTH, sequence_of
from tests.support.resemblance import jaccard

texts = st.text(alphabet="中文𠮷a1，。 \n\ud800", max_size=40)


def grams(text: str, most: int = MAX_LENGTH) -> Grams:
    return Grams.of_sequence(sequence_of(text, most=most), most)


def of_index(text: str) -> Grams:
    return unpack_grams(pack_grams(grams(text).values))


def within(text: str, other: str, most: int = MAX_LENGTH) -> Contained:
    """Returns how much of a text another holds."""
    return contained(sequence_of(text, most=most), grams(text, most), grams(other, most))


def page(length: int, seed: int) -> str:
    generator = random.Random(seed)
    return "".join(chr(generator.randrange(0x5000, 0x9000)) for _ in range(length))


def own_characters(text: str, other: str) -> int:
    """Counts what lies in no n-gram of the other, character by character."""
    form, held = normal_form(text), normal_form(other)
    width = min(NGRAM, len(form))
    known = {held[at : at + NGRAM] for at in range(max(len(held) - NGRAM + 1, 1))}
    covered = set()
    for at in range(len(form) - width + 1):
        if form[at : at + width] in known:
            covered |= set(range(at, at + width))
    return len(form) - len(covered)


@given(left=texts, right=texts)
def test_own_characters_and_similarity_are_those_of_the_texts(left: str, right: str) -> None:
    found = within(left, right)

    assert found.own_chars == own_characters(left, right)
    assert found.similarity == pytest.approx(jaccard(left, right))


@given(text=texts)
def test_a_text_says_all_that_it_says(text: str) -> None:
    found = within(text, text)

    assert found.own_chars == found.longest_own == 0
    assert not found.has_other_facts


@given(left=texts, right=texts, ngram=st.integers(1, 7))
def test_whole_sequences_are_compared_as_sets_of_n_grams_are(
    left: str, right: str, ngram: int
) -> None:
    own, other = sequence_of(left, ngram), sequence_of(right, ngram)
    sets = Grams.of_sequence(own, MAX_LENGTH), Grams.of_sequence(other, MAX_LENGTH)

    assert compared(own.tobytes(), other.tobytes(), ngram) == contained(own, *sets, ngram)


def test_a_revised_page_is_compared_as_by_sets_of_n_grams() -> None:
    generator = random.Random(5)
    for _ in range(50):
        whole = page(generator.randrange(1, 900), generator.randrange(9))
        start, end = sorted(generator.choices(range(len(whole) + 1), k=2))
        slot = generator.choice(("", "7", "新", "2024年5月6日", "另有一句话说别的事情"))
        other = whole[:start] + slot + whole[end if generator.random() < 0.3 else start :]
        for left, right in ((whole, other), (other, whole)):
            own, others = sequence_of(left), sequence_of(right)

            assert compared(own.tobytes(), others.tobytes()) == within(left, right)


def test_numbers_that_are_cut_are_no_sequence() -> None:
    with pytest.raises(ValueError, match="no aligned numbers of 32 bits"):
        compared(b"12345", b"1234")
    with pytest.raises(ValueError, match="at least 1, not 0"):
        compared(b"1234", b"1234", 0)


TEXT = (
    "本校图书馆自下周起延长开放时间，读者凭借阅证入馆，自习室座位须提前在网上预约，"
    "超过半小时未到者取消。请大家爱护书籍，保持安静，不要在阅览区内饮食。"
)


@pytest.mark.parametrize(
    ("text", "other", "own", "figures"),
    [
        (TEXT, "校园网首页新闻正文" + TEXT, 0, False),
        ("校园网首页新闻正文" + TEXT, TEXT, 9, False),
        (TEXT + "责任编辑李明来源校报2024年5月6日", TEXT, 19, False),
        (TEXT[:30], TEXT, 0, False),
        (TEXT.replace("爱护", "爱惜"), TEXT, 1, False),
        (TEXT.replace("半小时", "三刻钟"), TEXT, 3, False),
        (TEXT.replace("半小时", "30分钟"), TEXT, 4, True),
        (TEXT.replace("半小时", "30分钟"), TEXT.replace("半小时", "40分钟"), 1, True),
        (TEXT.replace("半小时", "3分钟"), TEXT.replace("半小时", "30分钟"), 0, True),
        (TEXT + "4月7日", TEXT + "3月5日", 4, True),
        ("第4期" + TEXT, "第3期" + TEXT, 2, True),
        (TEXT.replace("请大家", "周一闭馆，请大家"), TEXT, 4, False),
        (TEXT.replace("超过半小时", "不足30分钟"), TEXT, 6, True),
    ],
    ids=[
        "furniture around the other",
        "a header",
        "a footer with its date",
        "the beginning",
        "a corrected word",
        "another wording of two characters and more",
        "a number for a word",
        "another number",
        "a number that is the beginning of the other's",
        "another day below",
        "another number above",
        "a clause put in",
        "another word and another number",
    ],
)
def test_what_a_text_has_of_its_own(text: str, other: str, own: int, *, figures: bool) -> None:
    found = within(text, other)

    assert found.own_chars == found.longest_own == own
    assert found.has_other_figures is figures


def test_many_corrections_are_no_facts_though_one_is_a_number() -> None:
    text = "".join(f"{part}甲" for part in TEXT.split("，")) + "房间301在二楼"
    other = text.replace("甲", "乙").replace("301", "302")

    assert not within(text, other).has_other_facts


def test_coverage_and_the_longest_stretch_have_limits() -> None:
    found = Contained(0.8, 0.9, 10, 6, has_other_facts=False, has_other_figures=False)

    assert found.covers(0.9, 6)
    assert not found.covers(0.91, 6)
    assert not found.covers(0.9, 5)
    assert not found._replace(has_other_figures=True).covers(0.9, 6)


def test_a_text_with_other_names_alone_is_covered_but_does_not_stand_in_the_other() -> None:
    found = within(TEXT.replace("半小时", "三刻钟"), TEXT)

    assert found.covers(0.9, 24)
    assert not found.is_within(0.9, 24)
    assert within(TEXT[:40], TEXT).is_within(0.9, 24)


def test_a_set_of_an_index_tells_what_the_text_told() -> None:
    text = page(2_000, 1)
    edited = page(20, 4) + text[:900] + page(40, 2) + text[940:1_500] + "错" + text[1_501:]
    sequence = sequence_of(edited)

    by_text = contained(sequence, grams(edited), grams(text))
    by_set = contained(sequence, grams(edited), of_index(text))

    assert by_set.similarity == pytest.approx(by_text.similarity, abs=0.02)
    assert by_text.own_chars == 61
    assert by_set.own_chars == pytest.approx(61, abs=8)
    assert by_set.longest_own == pytest.approx(40, abs=8)


def test_a_set_is_small_and_holds_all_that_it_was_made_of() -> None:
    found = grams(page(3_000, 3))
    packed = pack_grams(found.values)

    assert len(packed) < 3_200
    assert unpack_grams(packed).holds(found.values).all()
    others = grams(page(3_000, 5)).values
    assert unpack_grams(packed).holds(others).mean() == pytest.approx(1 / 8, abs=0.03)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_small_sets_are_packed(count: int) -> None:
    values = np.array([7, 1 << 30], np.uint32)[:count]

    unpacked = unpack_grams(pack_grams(values))

    assert unpacked.size == count
    assert unpacked.holds(values).all()


def test_long_texts_are_compared_by_a_fair_sample() -> None:
    text = page(30_000, 6)
    edited = text[:15_000] + page(1_000, 7) + text[16_000:]

    found = within(edited, text, most=4_000)

    assert found.similarity == pytest.approx(jaccard(edited, text), abs=0.02)
    assert found.own_chars == pytest.approx(1_000, rel=0.3)
    assert found.coverage == pytest.approx(29 / 30, abs=0.02)
    assert within(text[:3_000], text, most=4_000).coverage > 0.99


def test_texts_without_letters_say_nothing() -> None:
    assert within("，。", "，").coverage == 0
    assert within("短", "长").own_chars == 1
