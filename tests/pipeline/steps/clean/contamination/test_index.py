import pickle
import random

import numpy as np
import pytest

from jingyu.pipeline.steps.clean.contamination.forms import COMMON_QUESTIONS, length_of, scale_of
from jingyu.pipeline.steps.clean.contamination.index import QuestionIndex, build_index
from jingyu.pipeline.steps.clean.contamination.matching import find_questions
from jingyu.pipeline.steps.clean.contamination.questions import Question
from tests.support.questions import QUESTIONS, RICE, document_with

HAN = [chr(point) for point in range(0x4E00, 0x9000)]
WORDS = ["苹果", "香蕉", "橘子", "葡萄", "石榴", "樱桃", "杨梅", "荔枝", "龙眼", "芒果", "柠檬"]


def named(*texts: str) -> list[Question]:
    return [Question("own", f"a#{number}", (text,)) for number, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("text", "is_skipped"),
    [
        ("十二个字不足以分辨题目，", True),
        ("十三个字则已足以分辨题目呢。", False),
        ("a" * 25, True),
        ("a" * 26, False),
        ("", True),
    ],
)
def test_questions_shorter_than_an_ngram_are_skipped_and_named(
    text: str, *, is_skipped: bool
) -> None:
    index = build_index(named(text))

    assert index.skipped == ((("own", "a#0"),) if is_skipped else ())
    assert len(index.names) == (not is_skipped)
    assert index.question_counts == {"own": 1}


def test_texts_of_a_question_count_together() -> None:
    index = build_index([Question("own", "a#0", ("下列最大的湖是", "鄱阳湖", "洞庭湖", "太湖"))])

    assert index.names == (("own", "a#0"),)


def test_an_index_without_questions_finds_nothing() -> None:
    assert find_questions(["任何文本"], build_index([])) == []
    assert find_questions([], build_index(QUESTIONS)) == []


def test_an_index_travels_by_pickle() -> None:
    index = build_index(QUESTIONS)
    before = find_questions([document_with("\n".join(RICE.texts))], index)
    moved: QuestionIndex = pickle.loads(pickle.dumps(index))

    assert find_questions([document_with("\n".join(RICE.texts))], moved) == before != []


def test_questions_of_equal_texts_are_all_found() -> None:
    index = build_index([RICE, RICE._replace(benchmark="copy")])

    hits = find_questions([document_with("\n".join(RICE.texts))], index)

    assert [index.names[hit.question][0] for hit in hits] == ["ceval", "copy"]


def test_what_many_questions_share_does_not_count() -> None:
    template = "请根据以上材料判断这种水果属于哪一个科哪一个属"
    generator = random.Random(1)
    own = ["".join(generator.choices(HAN, k=30)) for _ in range(3 * COMMON_QUESTIONS)]
    texts = [text[:15] + template + text[15:] for text in own]
    many, few = build_index(named(*texts)), build_index(named(*texts[: COMMON_QUESTIONS - 1]))

    assert np.count_nonzero(few.weights_of(0)) == len(texts[0])
    # Runs of four that reach beyond the template are no other question's.
    assert np.count_nonzero(many.weights_of(0)) == 30 + 6
    assert find_questions([document_with(template)], many, 0.5) == []
    (first, *_) = find_questions([document_with(texts[5])], many)
    assert (many.names[first.question], first.share) == (("own", "a#5"), 1.0)


def test_a_question_that_is_nothing_but_template_is_still_found() -> None:
    texts = [f"下列说法正确的是甲乙丙丁戊己庚辛{number % 2}" for number in range(2)]
    longer = [f"{word}说：下列说法正确的是甲乙丙丁戊己庚辛" for word in WORDS * 3]
    index = build_index(named(*texts, *longer))

    assert find_questions([document_with(texts[0])], index)[0].share == 1.0


def test_letters_count_half_and_questions_of_letters_are_measured_twice_as_long() -> None:
    assert length_of("中文ab12\n中") == 5
    assert scale_of("中文ab") == 1
    assert scale_of("中文abc") == 2
