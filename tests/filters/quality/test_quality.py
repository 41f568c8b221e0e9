import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.quality.measure import MEASURED, measure
from jingyu.filters.quality.quality import RAMPS, Ramp, quality

ARTICLE = """老街在城南，临着一条不宽的河。
每到清晨，卖豆腐的老人就推着车从桥上过来，车轮压在石板上，声音很轻，可是满街的人都听得见。他不吆喝，人家也知道他来了。
有人问他为什么不换一个热闹的地方，他笑着说：“我在这里住了四十年，走开了，反而不知道怎样过日子。”
后来桥要重修，老街上的人都替他着急。他把车停在河边，看了半天，说等桥修好了，他还是要从那里走的。"""
CLASSICAL = """晋太元中，武陵人捕鱼为业。缘溪行，忘路之远近。
忽逢桃花林，夹岸数百步，中无杂树，芳草鲜美，落英缤纷。
渔人甚异之，复前行，欲穷其林。林尽水源，便得一山，山有小口，仿佛若有光。便舍船，从口入。"""
DIALOGUE = """“你明天还去学校吗？”
“去啊，怎么了？”
“帮我把这本书还给老师，好不好？”
“可以，你放在桌上吧。”
“谢谢你，我请你吃面。”"""
MENU = "\n".join(
    ["首页", "公司简介", "产品中心", "新闻动态", "联系我们", "在线留言", "人才招聘"] * 3
)
LISTING = "\n".join(f"红木沙发 {n}号 ￥{n}9800 2021-03-{n}" for n in range(10, 30))


@pytest.mark.parametrize("text", [ARTICLE, CLASSICAL], ids=["article", "classical"])
def test_edited_prose_scores_high(text: str) -> None:
    assert quality(measure(text)) >= 0.8


def test_dialogue_is_not_condemned() -> None:
    assert quality(measure(DIALOGUE)) >= 0.5


def test_a_short_complete_text_scores_high() -> None:
    assert (
        quality(measure("这家店的面很好吃，老板也和气，就是排队的人有点多，下次还会再来的。"))
        >= 0.8
    )


@pytest.mark.parametrize("text", ["", MENU, LISTING, "二手房 " * 40], ids=lambda text: text[:4])
def test_menus_listings_and_nothing_score_low(text: str) -> None:
    assert quality(measure(text)) < 0.4


@given(text=st.text() | st.text(alphabet="中文的，。1 \n"))
@settings(max_examples=100)
def test_any_text_has_a_score_between_zero_and_one(text: str) -> None:
    assert 0 < quality(measure(text)) <= 1


def test_every_ramp_looks_at_a_measured_signal() -> None:
    assert {ramp.signal for ramp in RAMPS} <= set(MEASURED)


@pytest.mark.parametrize(
    ("worst", "good", "value", "factor"),
    [
        pytest.param(0, 10, -1, 0.5, id="below a rising ramp"),
        pytest.param(0, 10, 5, 0.75, id="half way up"),
        pytest.param(0, 10, 10, 1, id="on its top"),
        pytest.param(0, 10, 11, 1, id="beyond it"),
        pytest.param(10, 0, 0, 1, id="on the top of a falling ramp"),
        pytest.param(10, 0, 5, 0.75, id="half way down"),
        pytest.param(10, 0, 11, 0.5, id="at its foot"),
    ],
)
def test_a_ramp_is_linear_between_its_ends(
    worst: float, good: float, value: float, factor: float
) -> None:
    ramp = Ramp("char_count", worst, good, 0.5, "An example.")

    assert ramp.factor(value) == factor


@pytest.mark.parametrize("ramp", RAMPS, ids=lambda ramp: ramp.signal)
def test_each_ramp_has_an_effect(ramp: Ramp) -> None:
    best = {other.signal: other.good for other in RAMPS} | {"punctuation_ratio": 0.1}

    assert quality(best) == 1
    assert quality(best | {ramp.signal: ramp.worst}) == pytest.approx(ramp.least)
