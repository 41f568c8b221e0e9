import pytest

from jingyu.filters.spam.title import (
    doubled_name_count,
    edge_term_count,
    title_offer_count,
    title_repetition_ratio,
    title_segment_count,
)

PLAIN = "山里的天气说变就变，早上还是晴空万里，中午就下起了大雨。"


def test_offers_and_parts_of_a_title_are_counted() -> None:
    assert title_offer_count("某某官网-登录-下载") == 3
    assert title_offer_count("今日要闻") == 0
    assert title_segment_count("甲_乙_丙") == 3
    assert title_segment_count("一句话的标题") == 1
    assert title_segment_count("") == 0


def test_a_part_of_the_title_covers_the_text_from_its_second_place_on() -> None:
    assert title_repetition_ratio("山里天气，" * 4, "山里天气-某站") == 12 / 20
    assert title_repetition_ratio("山里天气，" + PLAIN, "山里天气-某站") == 0
    assert title_repetition_ratio("天气，" * 9, "天气") == 0, "short parts are words"
    assert title_repetition_ratio("", "山里天气") == 0


def test_terms_count_in_the_title_and_at_the_edges_only() -> None:
    middle = PLAIN * 8 + "百家乐" + PLAIN * 8

    assert edge_term_count(middle, "山里的天气") == 0
    assert edge_term_count(middle, "百家乐技巧") == 1
    assert edge_term_count("百家乐" + middle, "") == 1
    assert edge_term_count("百家乐" + middle + "百家乐", "百家乐") == 1, "different terms"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("某县林业局-某县林业局", 1),
        ("山东某县林业局-某县林业局动态", 0),
        ("山东某县林业局—某县林业局\n新闻", 1),
        ("某县林业局-某县农业局", 0),
        ("2020-2020", 0),
        ("春天-春天", 0),
    ],
)
def test_a_name_on_both_sides_of_a_dash_is_doubled(text: str, count: int) -> None:
    assert doubled_name_count(text) == count
