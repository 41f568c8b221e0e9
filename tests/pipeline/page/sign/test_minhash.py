import hashlib
import random
from math import sqrt

import numpy as np
import pytest
from datasketch import MinHash
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import (
    EMPTY,
    normal_form,
    signature,
    similarity,
    text_hash,
)
from tests.support.resemblance import jaccard

SENTENCE = "净语把网页变成中文语料，每一页都有去处。"

texts = st.text() | st.text(alphabet="中文𠮷⺀あaＡ1，。 \n\ud800\udfff")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" \t\n　，。！？——……【】￥$★😀", ""),
        ("中文，English。", "中文english"),
        ("ＡＢＣ　１２３！", "abc123"),
        ("第 1 章\n第 2 章", "第1章第2章"),
        ("𠮷野家", "𠮷野家"),
        ("𠮷\ud800野\udfff家", "𠮷野家"),
        ("⼀⼆", "一二"),
        ("①ﬁ½", "1ﬁ½"),
        ("〇々", "〇々"),
        ("臺灣的後來、裏面", "台湾的后来里面"),
        ("乾隆", "干隆"),
        ("ÄÖ Ωμέγα Привет", "äöωμέγαпривет"),
        ("カタカナ ｶﾅ", "カタカナカナ"),
        ("\ue000中\U0001f600文\U000e0041", "中文"),
    ],
)
def test_normal_form_holds_letters_digits_and_han_in_one_case_width_and_script(
    text: str, expected: str
) -> None:
    assert normal_form(text) == expected


@given(text=texts)
def test_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    form = normal_form(text)

    assert normal_form(form) == form


def test_normal_form_of_all_characters_never_changes() -> None:
    form = normal_form("".join(map(chr, range(0x110000))))

    assert len(form) == 177_683
    digest = hashlib.sha256(form.encode()).hexdigest()
    assert digest == "b3189ec33848b70eeae0841f031be7e2e037c137a7ce4132f6eb8ea851a6ee3d"


def test_text_hash_never_changes() -> None:
    assert text_hash("净语：Ａ１ ——中文语料。") == 4_940_428_446_551_549_670


def test_text_hash_is_that_of_the_normal_form() -> None:
    assert text_hash("中文，ＡＢＣ。\n") == text_hash("中文 abc")
    assert text_hash("中文 abc") != text_hash("中文 abd")


def test_texts_without_normal_form_are_the_same_only_if_they_are_equal() -> None:
    hashes = {text_hash(text) for text in ("", "，", "。", "😀", "\ud800")}

    assert len(hashes) == 5
    assert text_hash("，。") == text_hash("，。")


@given(text=texts)
def test_any_text_has_a_hash_of_64_bits_and_a_signature(text: str) -> None:
    assert 0 <= text_hash(text) < 2**64
    assert signature(text, hashes=20).shape == (20,)


def test_signature_never_changes() -> None:
    signed = signature(SENTENCE)

    assert signed[:4].tolist() == [98_290_420, 50_633_774, 134_820_557, 118_451_937]
    digest = hashlib.sha256(signed.tobytes()).hexdigest()
    assert digest == "5f70a9724751f4aa3d88ba131ba8018996485ca55cc95883c3d31569062b90c0"


def test_signature_is_read_back_from_its_bytes() -> None:
    signed = signature(SENTENCE)

    assert len(signed.tobytes()) == 4 * 128
    assert np.frombuffer(signed.tobytes(), "<u4").tolist() == signed.tolist()


@given(text=texts, hashes=st.integers(1, 40))
def test_fewer_hashes_are_the_beginning_of_more(text: str, hashes: int) -> None:
    assert signature(text, hashes).tolist() == signature(text, 40)[:hashes].tolist()


def test_another_seed_gives_other_values() -> None:
    assert not (signature(SENTENCE, seed=1) == signature(SENTENCE, seed=2)).any()


def test_signature_of_a_long_text_is_the_minimum_over_its_parts() -> None:
    text = _random_text(random.Random(1), 20_000)
    parts = [text[start : start + 1_000] for start in range(0, 20_000, 996)]

    smallest = np.min([signature(part) for part in parts], axis=0)

    assert signature(text).tolist() == smallest.tolist()


@pytest.mark.parametrize("length", [4_099, 4_100, 4_101])
def test_signature_at_the_size_of_a_block_is_what_each_shingle_gives(length: int) -> None:
    text = _random_text(random.Random(2), length)
    shingles = [text[start : start + 5] for start in range(length - 4)]

    smallest = np.min([signature(shingle, 4) for shingle in shingles], axis=0)

    assert signature(text, 4).tolist() == smallest.tolist()


def test_repeated_shingles_count_once() -> None:
    assert signature("中文语料库" * 2).tolist() == signature("中文语料库" * 50).tolist()


@pytest.mark.parametrize("text", ["中", "中文语料", "中文语料库"])
def test_text_up_to_the_ngram_is_one_shingle(text: str) -> None:
    other = text[:-1] + "网"

    assert (
        jaccard(text, f"，{text}。") == similarity(signature(text), signature(f"，{text}。")) == 1
    )
    assert jaccard(text, other) == similarity(signature(text), signature(other)) == 0


@pytest.mark.parametrize("text", ["", "，。\n", "😀"])
def test_text_without_letters_resembles_nothing(text: str) -> None:
    signed = signature(text)

    assert (signed == EMPTY).all()
    assert similarity(signed, signed) == 0
    assert similarity(signed, signature(SENTENCE)) == 0
    assert jaccard(text, text) == 0


@pytest.mark.parametrize(("hashes", "ngram"), [(0, 5), (128, 0)])
def test_no_hashes_or_an_ngram_of_nothing_is_refused(hashes: int, ngram: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        signature(SENTENCE, hashes, ngram)


def test_similarity_is_the_share_of_equal_values_of_each_row() -> None:
    left = np.array([[1, 2, 3, 4], [1, 2, 3, 4], [1, EMPTY, EMPTY, EMPTY]], np.uint32)
    right = np.array([[1, 2, 3, 4], [1, 9, 3, 9], [1, EMPTY, EMPTY, 2]], np.uint32)

    assert similarity(left, right).tolist() == [1.0, 0.5, 0.25]
    assert similarity(left, left[:1]).tolist() == [1.0, 1.0, 0.25]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("一二三四五六", "一二三四五六", 1.0),
        ("一二三四五六", "一二三四五", 0.5),
        ("一二三四五六", "一二三四五七", 1 / 3),
        ("一二三四五", "一二三四", 0.0),
        ("一二，三四五", "一二三四五！", 1.0),
    ],
)
def test_jaccard_counts_distinct_ngrams_of_the_normal_form(
    left: str, right: str, expected: float
) -> None:
    assert jaccard(left, right) == expected


@settings(max_examples=30)
@given(texts, texts)
def test_similarity_is_symmetric_and_a_ratio(left: str, right: str) -> None:
    one, other = signature(left), signature(right)

    assert similarity(one, other) == similarity(other, one)
    assert 0 <= similarity(one, other) <= 1


def test_estimates_are_as_good_as_theory_and_datasketch() -> None:
    generator = random.Random(7)
    pairs = [_mutated_pair(generator) for _ in range(200)]
    true = np.array([jaccard(*pair) for pair in pairs])

    ours = np.array([float(similarity(signature(a), signature(b))) for a, b in pairs])
    theirs = np.array([_oracle(a).jaccard(_oracle(b)) for a, b in pairs])

    theory = sqrt(np.mean(true * (1 - true)) / 128)
    assert 0.2 < np.median(true) < 0.9
    assert _rms(ours - true) < 1.3 * theory
    assert _rms(ours - true) < 1.3 * _rms(theirs - true)
    assert abs(np.mean(ours - true)) < 3 * theory / sqrt(len(pairs))


def _random_text(generator: random.Random, length: int) -> str:
    return "".join(chr(generator.randrange(0x4E00, 0x6000)) for _ in range(length))


def _mutated_pair(generator: random.Random) -> tuple[str, str]:
    text = _random_text(generator, 300)
    changed = list(text)
    for _ in range(generator.randrange(40)):
        changed[generator.randrange(len(changed))] = _random_text(generator, 1)
    return text, "".join(changed)


def _oracle(text: str) -> MinHash:
    oracle = MinHash(128, seed=1)
    oracle.update_batch({text[start : start + 5].encode() for start in range(len(text) - 4)})
    return oracle


def _rms(errors: NDArray[np.float64]) -> float:
    return sqrt(np.mean(errors**2))
