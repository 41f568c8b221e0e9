"""Questions, and documents that hold them or look as if."""

from jingyu.pipeline.steps.clean.contamination.questions import Question

RICE = Question(
    "ceval",
    "val/agronomy_val.csv#0",
    (
        "在水稻育秧过程中，早稻秧田最适宜的播种时期应当根据当地日平均气温稳定通过多少度来确定____。",
        "8～10℃",
        "10～12℃",
        "14～16℃",
        "18～20℃",
    ),
)
SHORT = Question(
    "ceval", "val/law_val.csv#1", ("下列财产中不得抵押的是", "耕地", "房屋", "机器设备")
)
PROVERB = Question(
    "cmmlu",
    "test/elementary_chinese.csv#2",
    (
        "“近朱者赤，近墨者黑”这句谚语所强调的是哪一种因素对人的发展的影响？",
        "遗传素质",
        "社会环境",
        "学校教育",
        "主观能动性",
    ),
)
ENGLISH = Question(
    "gsm8k",
    "test.jsonl#0",
    (
        (
            "A baker made seventy two muffins on Monday and packed them in boxes of six.\n"
            "How many boxes did she need if she kept twelve muffins for her neighbors?"
        ),
        "She packed 72 - 12 = 60 muffins. She needed 60 / 6 = 10 boxes. #### 10",
    ),
)
QUESTIONS = [RICE, SHORT, PROVERB, ENGLISH]

BEFORE = "昨天下午，市里的图书馆举行了一场读书会，来自各个学校的同学都带来了自己喜欢的书。\n"
AFTER = "\n活动结束以后，大家一起收拾了会场，并且约定下个月再见面。"


def document_with(passage: str) -> str:
    """Returns a document that holds a passage."""
    return BEFORE + passage + AFTER
