from importlib.resources import files

import pyarrow as pa
import pytest

from jingyu.filters.lexicon.folding import folded_each
from jingyu.filters.lexicon.measure import measure_lexicon
from jingyu.filters.lexicon.settings import LexiconSettings, lexicon_of
from jingyu.filters.lexicon.starter import context_words, starter_lists
from jingyu.filters.lexicon.taxonomy import CATEGORIES
from jingyu.filters.lexicon.term_files import parse_terms
from jingyu.filters.lexicon.terms import Defaults
from jingyu.schemas.lexicon import CONTEXTS
from tests.support.terms import word_rules

WORD_RULES = word_rules()
LEXICON_IN_USE = lexicon_of(LexiconSettings())
LAW = """以营利为目的，聚众赌博或者以赌博为业的，依照刑法第三百零三条判处三年以下有期徒刑。
被告人利用网上赌场、六合彩、百家乐等方式开设赌场，法院依法判决没收违法所得。"""
POLICE = """警方通报：犯罪嫌疑人以兼职刷单、信用卡套现、代开发票为名实施诈骗，
请市民谨防刷单返利骗局。公安机关提醒，凡是要求先垫资的刷单兼职都是诈骗，切勿轻信零风险高回报。"""
MEDICINE = """患者因性功能障碍就诊，病史中有自慰习惯。性传播疾病的预防教育应当告知患者口交、肛交
同样可能感染病毒。临床诊断以病原体检测为准。"""
MATHEMATICS = """本课程讲授概率论中的赌徒谬误：学生将用轮盘赌和老虎机的例子理解数学期望，
教师不鼓励任何网上赌博。"""
SCHOOL = (
    """反诈宣传走进课堂：教师向学生讲解校园贷、裸贷、套路贷的危害，提醒同学警惕代写论文广告。"""
)


def rejected_for(text: str) -> list[str]:
    signals = pa.Table.from_pylist([measure_lexicon(text, LEXICON_IN_USE)])
    return [rule.reason for rule in WORD_RULES if rule.rejected(signals).any()]


def test_each_category_has_a_rule_of_its_own() -> None:
    looked_at = {rule.reason: rule.signals for rule in WORD_RULES}

    assert len(looked_at) == len(WORD_RULES)
    assert looked_at == {
        key: (f"lexicon_{key}_ratio", f"lexicon_{key}_distinct")
        for key in (category.key for category in CATEGORIES)
    }


@pytest.mark.parametrize("index", range(len(CATEGORIES)))
def test_each_category_has_a_few_hundred_terms_of_its_own(index: int) -> None:
    listed = starter_lists()[index]

    assert {term.category for term in listed.terms} == {CATEGORIES[index].key}
    assert 250 <= len(listed.terms) <= 700


@pytest.mark.parametrize("index", range(len(CATEGORIES)))
def test_each_list_is_what_its_file_is_read_as(index: int) -> None:
    key = CATEGORIES[index].key
    file = files("jingyu.configs").joinpath("lists", "lexicon", f"{key}.txt")

    listed = parse_terms(file.read_text("utf-8"), f"{key}.txt", Defaults(key))

    assert starter_lists()[index] == listed


def test_no_harmless_word_is_a_term_itself() -> None:
    terms = {key for listed in starter_lists() for key in folded_each(t.text for t in listed.terms)}
    harmless = {word for listed in starter_lists() for word in folded_each(listed.harmless)}

    assert harmless
    assert harmless & terms == set()


def test_each_context_has_words() -> None:
    assert tuple(context_words()) == CONTEXTS
    assert all(len(words) > 40 for words in context_words().values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "澳门网上赌场官网，真人百家乐、时时彩、六合彩，注册送彩金，充值秒到，欢迎投注。",
            ["gambling"],
        ),
        (
            "澳 门 网*上*赌*场 官网，真人百★家★乐、時時彩、六·合·彩，注册送彩金，充值秒到。",
            ["gambling"],
        ),
        ("成人电影在线，无码视频，激情视频，同城约炮，裸聊平台，点击观看。", ["pornography"]),
        ("专业代开发票、办假证、信用卡套现，征信洗白，当天放款，需要的老板联系。", ["fraud"]),
        (
            "本厂生产厂家直销，价格优惠，欢迎来电咨询，全国包邮，加微信，量大从优。",
            ["commercial_spam"],
        ),
    ],
)
def test_advertising_is_rejected(text: str, expected: list[str]) -> None:
    assert rejected_for(text) == expected


@pytest.mark.parametrize("text", [LAW, POLICE, MEDICINE, MATHEMATICS, SCHOOL])
def test_law_medicine_and_education_that_name_the_words_are_kept(text: str) -> None:
    assert rejected_for(text) == []


def test_a_mention_alone_rejects_nothing() -> None:
    assert rejected_for("小说里他常去六合彩投注站。") == []
    assert rejected_for("老虎机、百家乐。") == []


def test_context_is_what_keeps_them() -> None:
    without = lexicon_of(LexiconSettings(context_window=0))

    signals = measure_lexicon(POLICE, without)

    assert signals["lexicon_fraud_distinct"] > 2
    assert signals["lexicon_fraud_ratio"] > 0.01
