import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.steps.clean.contamination.index import build_index
from jingyu.pipeline.steps.clean.contamination.matching import Hit, find_questions
from jingyu.pipeline.steps.clean.contamination.questions import Question
from tests.benchmarks.contamination import KINDS, invented_questions, planted, recall, search
from tests.benchmarks.planted import document_of_length
from tests.support.questions import (
    AFTER,
    BEFORE,
    ENGLISH,
    PROVERB,
    QUESTIONS,
    RICE,
    SHORT,
    document_with,
)

INDEX = build_index(QUESTIONS)
pieces = st.sampled_from(
    [*(text for question in QUESTIONS for text in question.texts), "，", "a", "\ud800", "𠮷"]
)
documents = st.lists(pieces | st.text(max_size=5), max_size=8).map("".join)


def lettered(question: Question) -> str:
    stem, *options = question.texts
    return "\n".join([stem, *(f"{a}．{b}" for a, b in zip("ABCD", options, strict=False))])


def names(hits: list[Hit]) -> list[tuple[str, str]]:
    return [INDEX.names[hit.question] for hit in hits]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.benchmark)
def test_a_question_is_found_whole_lettered_and_in_other_dress(question: Question) -> None:
    whole = "\n".join(question.texts)
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in lettered(question))
    dressed = wide.replace("，", " 、").replace("。", "")

    hits = find_questions(
        [document_with(text) for text in (whole, lettered(question), dressed)], INDEX
    )

    assert [hit.document for hit in hits] == [0, 1, 2]
    assert names(hits) == [(question.benchmark, question.question_id)] * 3
    assert all(hit.share > 0.95 for hit in hits)


@pytest.mark.parametrize(
    ("question", "word", "other"),
    [
        (RICE, "早稻", "晚稻"),
        (RICE, "日平均气温", "地温"),
        (SHORT, "抵押", "买卖"),
        (SHORT, "机器设备", "机动车辆"),
        (PROVERB, "强调", "说明"),
        (ENGLISH, "muffins on Monday", "cookies on Monday"),
    ],
)
def test_a_question_with_a_word_changed_is_found(question: Question, word: str, other: str) -> None:
    passage = "\n".join(question.texts).replace(word, other, 1)

    (hit,) = find_questions([document_with(passage)], INDEX)

    assert INDEX.names[hit.question] == (question.benchmark, question.question_id)
    assert hit.share < 1


def test_a_long_stem_is_found_without_its_options_and_a_short_one_is_not() -> None:
    hits = find_questions([document_with(RICE.texts[0]), document_with(SHORT.texts[0])], INDEX)

    assert [(hit.document, hit.share) for hit in hits] == [(0, 1.0)]


@pytest.mark.parametrize(
    "passage",
    [
        "常言道：近朱者赤，近墨者黑。选择朋友的时候要多加小心。",
        "遗传素质、社会环境、学校教育和主观能动性都影响人的发展。",
        "在水稻育秧过程中，早稻秧田要注意保温，并且防止烂秧。",
        "She packed 60 muffins and needed boxes for her neighbors.",
    ],
)
def test_a_quoted_proverb_and_common_knowledge_are_no_hit(passage: str) -> None:
    assert find_questions([document_with(passage)], INDEX) == []


def test_options_without_the_stem_are_no_hit() -> None:
    question = Question("own", "a#0", ("以下属于哪一类", "可再生的清洁能源", "不可再生的化石能源"))
    passage = "\n".join(question.texts[1:])

    assert find_questions([document_with(passage)], build_index([question]), 0.1) == []


def test_ranges_are_places_in_the_text_as_it_is() -> None:
    text = "𠮷\ud800" + document_with(lettered(RICE))

    (hit,) = find_questions([text], INDEX)

    start, end = hit.ranges[0][0], hit.ranges[-1][1]
    assert text[start:].startswith("在水稻")
    assert text[:end].endswith(("18～20", "18～20℃"))
    assert start == len("𠮷\ud800" + BEFORE)
    assert end <= len(text) - len(AFTER)


def test_a_page_of_a_question_twice_has_both_ranges() -> None:
    between = "中间是一段毫不相干的话。" * 40
    (hit,) = find_questions([RICE.texts[0] + between + RICE.texts[0]], INDEX)

    assert [start for start, _ in hit.ranges] == [0, len(RICE.texts[0] + between)]


def test_no_question_is_found_across_the_border_of_two_documents() -> None:
    half = len(RICE.texts[0]) // 2

    assert find_questions([RICE.texts[0][:half], RICE.texts[0][half:]], INDEX) == []


def test_of_questions_by_one_template_the_one_that_is_there_is_found() -> None:
    template = "“{}”与“{}”这两个词语具有以下哪种语义关系？从下面四项中选择一项"
    pairs = [("光阴", "岁月"), ("低头", "昂首"), ("体育", "垒球"), ("公文", "文牍")]
    questions = [Question("own", str(n), (template.format(*pair),)) for n, pair in enumerate(pairs)]
    index = build_index(questions)

    hits = find_questions([document_with(questions[2].texts[0])], index)

    assert [index.names[hit.question] for hit in hits] == [("own", "2")]


def test_a_limit_is_a_share_that_still_counts() -> None:
    passage = document_with("\n".join(RICE.texts).replace("早稻", "晚稻"))
    (hit,) = find_questions([passage], INDEX)

    assert len(find_questions([passage], INDEX, hit.share)) == 1
    assert find_questions([passage], INDEX, hit.share + 1e-6) == []


@settings(max_examples=60)
@given(texts=st.lists(documents, max_size=4))
def test_a_document_is_judged_alone_whatever_stands_beside_it(texts: list[str]) -> None:
    together = find_questions(texts, INDEX, 0.3)

    alone = [
        hit._replace(document=number)
        for number, text in enumerate(texts)
        for hit in find_questions([text], INDEX, 0.3)
    ]
    assert together == alone
    for hit in together:
        places = [place for pair in hit.ranges for place in pair]
        assert places == sorted(places)
        assert 0 <= places[0] < places[-1] <= len(texts[hit.document])
        assert 0.3 <= hit.share <= 1


@pytest.mark.parametrize("kind", KINDS)
def test_planted_questions_are_found(kind: str) -> None:
    generator = random.Random(5)
    questions = invented_questions(300)
    index = build_index(questions)
    clean = [document_of_length(600, generator) for _ in range(100)]
    passages = [KINDS[kind](question, generator) for question in questions]

    found = search(planted(clean, passages, generator), index)

    assert recall(questions, found.hits, index) >= 0.99
    assert search(clean, index).hits == []
