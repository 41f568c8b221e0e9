import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.sign.form import NO_FORM, form_hash

DOORWAY = (
    "{0}宝宝起名哪家好？每个家庭都希望孩子有一个响亮的名字。我们的老师从事起名多年，"
    "熟悉诗词典故，也懂得各地的风俗。如果您在{0}，欢迎来电咨询，当天就能得到{1}个方案。"
    "起名不是小事，需要结合父母的期望。选择我们，就是选择放心。"
)


def form_of(city: str, count: int) -> int:
    return form_hash(DOORWAY.format(city, count), f"{city}宝宝起名_{city}")


def test_texts_that_differ_in_words_of_the_title_and_figures_have_one_form() -> None:
    assert form_of("泗阳", 12) == form_of("辽阳", 3) != NO_FORM


def test_another_text_has_another_form_and_a_short_one_none() -> None:
    assert form_hash(DOORWAY[::-1], "泗阳宝宝起名") not in {NO_FORM, form_of("泗阳", 12)}
    assert form_hash(DOORWAY[:40], "泗阳") == NO_FORM


@pytest.mark.parametrize("title", [None, "", "，", "Title 1"])
def test_a_title_without_words_takes_nothing_out(title: str | None) -> None:
    assert form_hash(DOORWAY, title) == form_hash(DOORWAY, "别的题目")


@given(st.text("一二三四五六，。a1 \n𠮷\ud800", max_size=80), st.text("一二三𠮷_ ") | st.none())
def test_any_text_has_a_form_or_none_the_same_each_time(text: str, title: str | None) -> None:
    found = form_hash(text, title)

    assert 0 <= found < 1 << 64
    assert found == form_hash(text, title)
