import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jingyu.pipeline.page.normalize.normalization import normalize
from jingyu.pipeline.page.normalize.separators import without_layout


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("第一条　为了种好柿子，制定本规定。", "第一条　为了种好柿子，制定本规定。"),
        ("第 十二 条 为了种好柿子，制定本规定。", "第十二条 为了种好柿子，制定本规定。"),
        ("本村人。第二条 外村人也可以来。", "本村人。第二条 外村人也可以来。"),
        ("第三章　总　则", "第三章　总则"),
        ("第 三 章 总 则", "第三章 总则"),
        ("第一章 入山", "第一章 入山"),
        ("出席的有王辉　刘洋　陈小静等人。", "出席的有王辉　刘洋　陈小静等人。"),
        ("出席的有王辉 刘洋，后来又有人到。", "出席的有王辉 刘洋，后来又有人到。"),
        ("王　辉　刘建国　李　明", "王辉　刘建国　李明"),
        ("王 辉 刘 洋", "王辉 刘洋"),
        ("王辉  刘洋", "王辉　刘洋"),
        ("王辉\xa0\xa0刘洋", "王辉　刘洋"),
        ("柿子熟了 村里来了不少人", "柿子熟了 村里来了不少人"),
        ("柿乡社12月31日电 新年前夕，山里下了雪。", "柿乡社12月31日电 新年前夕，山里下了雪。"),
        ("来源：柿乡报 作者：王辉。", "来源：柿乡报 作者：王辉。"),
        ("他演过老王（赵小山 饰）的邻居。", "他演过老王（赵小山 饰）的邻居。"),
        ("山上有苹果 柿子 板栗等。", "山上有苹果 柿子 板栗等。"),
        ("農業部 商 務 部 財政部", "農業部 商務部 財政部"),
        ("𠮷田　刘洋", "𠮷田　刘洋"),
    ],
)
def test_what_sets_apart_stays(text: str, normal: str) -> None:
    assert normalize(text) == normal


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("通　知", "通知"),
        ("通 知", "通知"),
        ("姓　　名：王辉", "姓名：王辉"),
        ("联 系 人：王辉", "联系人：王辉"),
        ("入 秋 以 后 ， 山 里 的 柿 子 红 了 。", "入秋以后，山里的柿子红了。"),
        ("我们 在 山里 吃 柿子 。", "我们在山里吃柿子。"),
        ("今年大家提前 挖了排水沟，情况好了许多。", "今年大家提前挖了排水沟，情况好了许多。"),
        ("他说：　“好。”　然后走了。", "他说：“好。”然后走了。"),
        ("𠮷 𠮷", "𠮷𠮷"),
    ],
)
def test_layout_goes(text: str, normal: str) -> None:
    assert normalize(text) == normal


def test_a_line_without_a_mark_is_a_heading_up_to_forty_characters() -> None:
    at, beyond = (
        f"{'柿' * 18}， 红{'柿' * 10} 红{'了' * 8}",
        f"{'柿' * 19}，红{'柿' * 10} 红{'了' * 9}",
    )

    assert len(normalize(at)) == 40
    assert " " in normalize(at)
    assert " " not in normalize(beyond)


ALPHABET = "王刘辉洋第一十条章讯电中文饰，。：（）《》等a1 　\n"


@given(
    text=st.text(ALPHABET, max_size=60)
    | st.lists(st.sampled_from(list("王第一条 　，。中"))).map("".join)
)
@settings(max_examples=500)
@example("第 一 条 为了。")
@example("见中 第一条 中中。")
@example("。讯 （中 文 中 文）")
def test_once_more_changes_nothing_and_letters_stay(text: str) -> None:
    normal = normalize(text)
    again, dropped = without_layout(normal)

    assert (again, dropped) == (normal, 0)
    assert "".join(normal.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "unit", ["中 ", "中文 ", "中　", "王辉 ", "第一条 ", "（中文 ", "中文 文，"]
)
def test_half_a_million_spaces_take_linear_time(unit: str) -> None:
    assert normalize(unit * (500_000 // len(unit)) + "。")
