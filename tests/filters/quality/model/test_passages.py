from jingyu.filters.quality.model.passages import Passages, passages_of

LONG = "山里的天气说变就变，早上还是晴空万里，中午就下起了大雨。"


def test_lines_are_parted_by_their_length() -> None:
    found = passages_of(f"标题\n{LONG}\n菜单\n{'字' * 24}\n{'字' * 23}", "页名")

    assert found == Passages(f"{LONG}\n{'字' * 24}", f"标题\n菜单\n{'字' * 23}", "页名")


def test_the_first_line_stands_for_a_title_and_a_title_has_an_end() -> None:
    assert passages_of(f"标题\n{LONG}", None).title == "标题"
    assert passages_of("", None) == Passages("", "", "")
    assert len(passages_of("", "长" * 200).title) == 100
