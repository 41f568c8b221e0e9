import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.steps.sources.templates import SLOT, slots_of

TEXTS = st.text("沪苏浙城市的a1，。 \n𠮷", max_size=40)


@pytest.mark.parametrize(
    ("one", "other", "pattern", "slots"),
    [
        ("泗阳宝宝起名。", "辽阳宝宝起名。", "〔…〕阳宝宝起名。", ["泗 | 辽"]),
        (
            "车次 G12，票价 30 元",
            "车次 K9，票价 45 元",
            "车次 〔…〕，票价 〔…〕 元",
            ["G12 | K9", "30 | 45"],
        ),
        ("沪A。沪B。", "苏A。苏B。", "〔…〕A。〔…〕B。", ["沪 | 苏"]),
        ("同一篇。", "同一篇。", "同一篇。", []),
        ("好。再见。", "好。", "好。〔…〕", ["再见。 | "]),
    ],
)
def test_slots_are_what_two_texts_of_a_form_fill_in(
    one: str, other: str, pattern: str, slots: list[str]
) -> None:
    assert slots_of(one, other) == (pattern, slots)


@given(TEXTS, TEXTS)
def test_what_stands_in_a_pattern_stands_in_both_texts_in_order(one: str, other: str) -> None:
    pattern, _ = slots_of(one, other)

    for text in (one, other):
        place = 0
        for part in pattern.split(SLOT):
            place = text.index(part, place) + len(part)
