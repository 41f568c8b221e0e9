import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.steps.clean.passages.sentences import sentences_of
from jingyu.pipeline.steps.clean.passages.windows import windows_of

TEXTS = st.lists(
    st.lists(st.sampled_from(["甲。", "乙乙乙。", "丙丙丙丙丙丙。", "abc。", "——。", "甲\n"])),
    min_size=1,
    max_size=4,
)


def windows_in(texts: list[str], min_han: int) -> list[tuple[int, str, int]]:
    sentences = sentences_of(texts)
    windows = windows_of(sentences, min_han)
    return [
        (document, texts[document][start:end], hashed)
        for document, start, end, hashed in zip(
            sentences.documents[windows.firsts].tolist(),
            sentences.starts[windows.firsts].tolist(),
            sentences.ends[windows.lasts].tolist(),
            windows.hashes.tolist(),
            strict=True,
        )
    ]


def test_windows_are_the_shortest_that_begin_or_end_with_a_sentence() -> None:
    text = "甲甲甲。乙乙。丙。丁丁丁丁丁。"

    found = {window for _, window, _ in windows_in([text], 4)}
    assert found == {
        "甲甲甲。乙乙。",
        "乙乙。丙。丁丁丁丁丁。",
        "甲甲甲。乙乙。丙。",
        "丙。丁丁丁丁丁。",
        "丁丁丁丁丁。",
    }


def test_a_text_that_is_too_short_has_none_and_none_spans_two() -> None:
    assert windows_in(["甲甲。", "乙乙。"], 3) == []


@settings(max_examples=60)
@given(TEXTS, st.integers(1, 8))
def test_windows_are_equal_where_their_sentences_are_and_are_never_shorter(
    texts: list[list[str]], min_han: int
) -> None:
    found = windows_in(["".join(text) for text in texts], min_han)

    forms: dict[int, tuple[int, ...]] = {}
    for _, window, hashed in found:
        sentences = sentences_of([window])
        form = tuple(each for each in sentences.hashes.tolist() if each)
        assert sentences.han_counts.sum() >= min_han
        assert forms.setdefault(hashed, form) == form
    assert len(set(forms.values())) == len(forms)


@settings(max_examples=60)
@given(
    TEXTS,
    st.lists(st.sampled_from(["甲甲。", "乙乙乙乙。", "丙。"]), min_size=1),
    st.integers(1, 6),
)
def test_what_two_texts_share_is_covered_by_windows_of_both(
    texts: list[list[str]], shared: list[str], min_han: int
) -> None:
    passage = "".join(shared)
    before, after = "".join(texts[0]) + "\n", "\n" + "".join(texts[-1])
    alone = {hashed for _, _, hashed in windows_in([passage], min_han)}
    text = before + passage + after
    sentences = sentences_of([text])
    windows = windows_of(sentences, min_han)
    is_shared = np.isin(windows.hashes, list(alone))

    covered = np.zeros(len(sentences.hashes), bool)
    for first, last in zip(windows.firsts[is_shared], windows.lasts[is_shared], strict=True):
        covered[first : last + 1] = True
    is_in = (sentences.starts >= len(before)) & (sentences.starts < len(before + passage))
    if sum(sentence.count(sentence[0]) for sentence in shared) >= min_han:
        assert covered[is_in].all()
