import pytest

from jingyu.filters.quality.function_char_ratio import function_char_ratio


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        pytest.param("", 0, id="empty"),
        pytest.param("the of 12。", 0, id="no Han"),
        pytest.param("我的书在桌", 0.6, id="modern"),
        pytest.param("這與書桌", 0.5, id="traditional"),
        pytest.param("学而時習之", 0.4, id="classical"),
        pytest.param("的，a 书！", 0.5, id="only Han counts"),
        pytest.param("北京上海广州", 0, id="names"),
        pytest.param("的𠮷", 0.5, id="beyond the basic plane"),
    ],
)
def test_function_characters_are_a_share_of_han(text: str, ratio: float) -> None:
    assert function_char_ratio(text) == ratio
