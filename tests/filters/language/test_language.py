import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.language.language import identify


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("今天天气很好，我们一起去公园散步，孩子们都很高兴。", "zh"),
        ("今天天氣很好，我們一起去公園散步，孩子們都很高興。", "zh"),
        ("学而时习之，不亦说乎？有朋自远方来，不亦乐乎？人不知而不愠，不亦君子乎？", "zh"),
        ("呢度係香港，我哋今日去邊度食飯呀？佢話唔知道喎。", "yue"),
        ("阿拉昨日去白相，老会计讲今年柿子蛮好吃个，侬啥辰光来买？", "wuu"),
        ("冬季十二月丁未，周天子去世。", "zh"),
        ("壹佰贰拾叁元肆角伍分，合计人民币柒仟捌佰玖拾元整，请财务核对以后签字盖章。", "zh"),
        ("如果老李不好好看守渡口，镇上就将他换掉。", "zh"),
        ("これは日本語の文章です。漢字も含まれていますが、仮名のほうが多いです。", "ja"),
        ("한국어 문장입니다. 한자는 거의 쓰이지 않습니다.", "ko"),
        ("This is an English text with 中文 in it, but not much of it at all.", "en"),
        ("苹果发布 iPhone 15 Pro Max，搭载 A17 Pro 芯片，支持 USB-C 接口。", "zh"),
        (
            (
                "日语的“ありがとう”是谢谢的意思，“すみません”是对不起的意思，初学者都要先学会这两句话，"
                "以后再慢慢学习更多的词汇和语法，每天坚持半个小时，半年就能有明显的进步。"
            ),
            "zh",
        ),
        ("", "und"),
        ("12345 —— 67890", "und"),
    ],
)
def test_a_text_is_told_from_its_neighbors(text: str, code: str) -> None:
    assert identify(text).code == code


def test_a_score_is_a_probability() -> None:
    assert 0.9 < identify("今天天气很好，我们一起去公园散步，孩子们都很高兴。").score <= 1


def test_only_the_beginning_is_judged() -> None:
    beginning = "今天天气很好，我们一起去公园散步。" * 60

    assert identify(beginning + "English words follow here. " * 1000) == identify(beginning)


HAN = "先读取配置，再逐行检查日志，把出错的那几行连同时间一起写到另一个文件里，供值班的人查看。"
CODE = "i = 0; j = n - 1; a[i] = b[j] + c[k]; d.x = f(y)\n"
ENGLISH = (
    "The committee met on Tuesday evening in the old town hall and talked about the new bridge for "
    "two hours before anybody asked what it would cost and who was going to pay for it. "
)


@pytest.mark.parametrize(("count", "is_chinese"), [(99, False), (100, True), (101, True)])
def test_text_among_program_code_is_chinese_from_a_hundred_han_on(
    count: int, *, is_chinese: bool
) -> None:
    han = ("先读取配置再逐行检查日志把出错的那几行连同时间一起写到别的文件里供人查看" * 4)[:count]
    text = "".join(f"{CODE * 2}// {han[at : at + 10]}\n" for at in range(0, count, 10))

    assert (identify(text).code == "zh") is is_chinese


def test_a_text_that_is_mostly_chinese_may_begin_in_english() -> None:
    assert identify(ENGLISH * 8 + HAN * 60).code == "zh"
    assert identify(ENGLISH * 60 + HAN * 3).code == "en"


@pytest.mark.parametrize(
    "text",
    [
        "株式会社山川製作所代表取締役社長兼執行役、東京証券取引所上場、資本金四千億円、営業本部",
        "町議会定例会会議録、総務産業建設常任委員会付託、継続審査、歳入歳出決算認定、県営住宅整備",
    ],
)
def test_kanji_without_kana_are_japanese(text: str) -> None:
    assert identify(text).code == "ja"


def test_chinese_that_names_things_of_japan_is_chinese() -> None:
    text = "我们在図書館门口等了很久，他说駅前的那家店已经关了，气得我们只好坐车回去。"

    assert identify(text).code == "zh"


@given(st.text())
def test_any_text_has_a_language(text: str) -> None:
    language = identify(text)

    assert language.code
    assert 0 <= language.score <= 1


def test_lone_surrogates_do_not_raise() -> None:
    assert identify("今天\ud800天气很好，我们去公园散步。").code == "zh"
