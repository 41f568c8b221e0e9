import pytest

from jingyu.filters.quality.lost_char_ratio import lost_char_ratio


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("", 0),
        (" \n", 0),
        ("山\ue123下有\uf8ff人家。", 0.25),
        ("山\U000f1234下有\U0010fffd人家。", 0.25),
        ("山\ufffd下有人家啊。", 1 / 8),
        ("𠮷野家的门口，停着一辆车。", 0),
        ("他姓李名?字子明号?山又号?石", 0.2),
        ("他姓李名?字子明号?山又号山石", 0),
    ],
)
def test_characters_that_were_lost_are_counted(text: str, ratio: float) -> None:
    assert lost_char_ratio(text) == pytest.approx(ratio)


@pytest.mark.parametrize(
    "text",
    [
        "你吃了吗?我吃了。他去哪里?没有人知道。谁说的?大家都这么说。",
        "吃什么?随便。去不去?不去。会不会下雨?天晓得。",
        "a?b?c?d?e",
        "真的???真的!!!",
        "好？坏？对？错？",
    ],
)
def test_a_question_is_no_loss(text: str) -> None:
    assert lost_char_ratio(text) == 0
