import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.quality.han import han_count
from jingyu.pipeline.steps.clean.lines.lines import lines_of
from jingyu.pipeline.steps.clean.passages.sentences import sentences_of
from tests.support.plain_sentences import plain_sentences


def sentences_in(text: str) -> list[str]:
    found = sentences_of([text])
    places = zip(found.starts.tolist(), found.ends.tolist(), strict=True)
    return [text[start:end] for start, end in places]


@pytest.mark.parametrize(
    "sentences",
    [
        ["雨停了。", "我们走吧！", "好吗？", "好｡", "走"],
        ["他说：“雨停了。我们走吧。”然后走了。", "天晴。"],
        ["（注：雨停了。天晴了。）出门。", "走！"],
        ["「好。」他说。", "（甲）乙。"],
        ["真的？！", "真的！！！ ", "好。” ", "再见。"],
        ["上一行\n", "下一行。\n", "\n", "末行"],
        ["买 e.g. 3.5 kg. Dr. Li 说好。", "好。"],
        ["打开 a?b=1 再说!\n", "好"],
        ["Really? ", "是!", "是。"],
        ["𠮷野家。", "𠮷！"],
        ["他说：“没有说完。", "就走了。"],
        ["（" * 9 + "没有。", "关上。"],
        ["有人问(a.。)。", "他说。"],
    ],
    ids=str,
)
def test_sentences_end_at_lines_and_at_marks_outside_quotations(sentences: list[str]) -> None:
    assert sentences_in("".join(sentences)) == sentences


@pytest.mark.parametrize(("length", "count"), [(200, 1), (201, 2)])
def test_a_quotation_is_one_up_to_a_length(length: int, count: int) -> None:
    quoted = ("字" * 9 + "。") * 30

    assert len(sentences_in(f"“{quoted[: length - 1]}字”。")) == (1 if count == 1 else 21)


@given(st.lists(st.text("你好a𠮷。！？!?“”（） \n\ud800", max_size=30), max_size=4))
def test_the_sentences_of_texts_make_them_up_and_their_lines_are_of_whole_ones(
    texts: list[str],
) -> None:
    sentences, lines = sentences_of(texts), lines_of(texts)
    places = zip(sentences.documents, sentences.starts, sentences.ends, strict=True)
    parts = [(document, texts[document][start:end]) for document, start, end in places]

    for number, text in enumerate(texts):
        assert "".join(part for document, part in parts if document == number) == text
    borders = {*zip(sentences.documents.tolist(), sentences.ends.tolist(), strict=True)}
    assert {*zip(lines.documents.tolist(), lines.ends.tolist(), strict=True)} <= borders
    assert sentences.lengths.sum() == lines.lengths.sum()


@settings(max_examples=300)
@given(st.text("你a𠮷。！？!?“”（）「」 \n\u3000", max_size=40) | st.text(max_size=20))
def test_sentences_end_where_plain_python_ends_them(text: str) -> None:
    is_han = {character: han_count(character) > 0 for character in text}

    assert sentences_in(text) == plain_sentences(text, is_han)


@pytest.mark.parametrize("marks", ["。", "! ", "。」", "？”\u3000"])
def test_a_million_marks_at_the_end_of_a_line_belong_to_its_last_sentence(marks: str) -> None:
    first, second = f"雨停了{marks * 500_000}", "走吧。"

    assert sentences_in(first) == [first]
    assert sentences_in(first + second) == [first, second]


def test_sentences_meet_in_a_hash_where_their_normal_forms_are_equal() -> None:
    first, second, third = sentences_of(["你好，世界。再见。", "你好世界！"]).hashes.tolist()

    assert first == third != second
