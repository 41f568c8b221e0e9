"""What word lists can be about: the 31 risks of the standard, and categories of our own."""

from dataclasses import dataclass
from difflib import get_close_matches

from jingyu.schemas.lexicon import CONTEXTS, SUBJECTS

MIN_TERMS = 10_000
"""Least keywords in all. Source: TC260-003, 8.1 (now GB/T 45654-2025)."""


@dataclass(frozen=True)
class RiskClass:
    """One of the five classes of risks.

    Attributes:
        key: Its name in configs, `a1` to `a5`.
        clause: Its place in the annex.
        chinese: What it is about.
        english: The same in English.
        min_terms: Least keywords for each of its risks; 0 where the standard asks for none.
    """

    key: str
    clause: str
    chinese: str
    english: str
    min_terms: int


@dataclass(frozen=True)
class Risk:
    """One of the 31 risks.

    Attributes:
        key: Its name in configs.
        clause: Its place in the annex.
        chinese: What it is about.
        english: The same in English.
    """

    key: str
    clause: str
    chinese: str
    english: str

    @property
    def risk_class(self) -> RiskClass:
        """The class that the risk belongs to."""
        return next(found for found in CLASSES if self.key.startswith(f"{found.key}_"))


@dataclass(frozen=True)
class Category:
    """A category of our own, narrower than the risk that it belongs to.

    Attributes:
        key: Its name in configs and columns.
        chinese: What it is about.
        english: The same in English.
        risk: Key of the risk that its terms count for.
        contexts: Kinds of context in which its terms do not count.
    """

    key: str
    chinese: str
    english: str
    risk: str
    contexts: tuple[str, ...]


CLASSES = (
    RiskClass("a1", "A.1", "违反社会主义核心价值观", "against core socialist values", 200),
    RiskClass("a2", "A.2", "歧视", "discrimination", 100),
    RiskClass("a3", "A.3", "商业违法违规", "commercial violations", 0),
    RiskClass("a4", "A.4", "侵犯他人合法权益", "rights of others", 0),
    RiskClass("a5", "A.5", "不满足特定服务的安全需求", "needs of specific services", 0),
)
"""Source: TC260-003, annex A (the same count in GB/T 45654-2025); minima: its 8.1."""

RISKS = (
    Risk("a1_subversion", "A.1 a", "颠覆政权、推翻制度", "subversion"),
    Risk("a1_national_security", "A.1 b", "国家安全、利益与形象", "national security and image"),
    Risk("a1_separatism", "A.1 c", "分裂国家、破坏统一和稳定", "separatism and unrest"),
    Risk("a1_terrorism", "A.1 d", "恐怖主义、极端主义", "terrorism and extremism"),
    Risk("a1_ethnic_hatred", "A.1 e", "民族仇恨", "ethnic hatred"),
    Risk("a1_violence_obscenity", "A.1 f", "暴力、淫秽色情", "violence and obscenity"),
    Risk("a1_false_information", "A.1 g", "虚假有害信息", "false harmful information"),
    Risk("a1_otherwise_prohibited", "A.1 h", "法律法规另行禁止", "otherwise prohibited"),
    Risk("a2_ethnicity", "A.2 a", "民族歧视", "ethnicity"),
    Risk("a2_belief", "A.2 b", "信仰歧视", "belief"),
    Risk("a2_nationality", "A.2 c", "国别歧视", "country"),
    Risk("a2_region", "A.2 d", "地域歧视", "region"),
    Risk("a2_gender", "A.2 e", "性别歧视", "gender"),
    Risk("a2_age", "A.2 f", "年龄歧视", "age"),
    Risk("a2_occupation", "A.2 g", "职业歧视", "occupation"),
    Risk("a2_health", "A.2 h", "健康歧视", "health"),
    Risk("a2_other", "A.2 i", "其他歧视", "other discrimination"),
    Risk("a3_intellectual_property", "A.3 a", "侵犯知识产权", "intellectual property"),
    Risk("a3_business_ethics", "A.3 b", "违反商业道德", "business ethics"),
    Risk("a3_trade_secrets", "A.3 c", "泄露商业秘密", "trade secrets"),
    Risk("a3_unfair_competition", "A.3 d", "垄断、不正当竞争", "unfair competition"),
    Risk("a3_other", "A.3 e", "其他商业违法", "other commercial violations"),
    Risk("a4_health", "A.4 a", "危害身心健康", "physical and mental health"),
    Risk("a4_portrait", "A.4 b", "侵害肖像权", "portrait"),
    Risk("a4_reputation", "A.4 c", "侵害名誉权", "reputation"),
    Risk("a4_honor", "A.4 d", "侵害荣誉权", "honor"),
    Risk("a4_privacy", "A.4 e", "侵害隐私权", "privacy"),
    Risk("a4_personal_information", "A.4 f", "侵害个人信息权益", "personal information"),
    Risk("a4_other", "A.4 g", "侵害其他权益", "other rights"),
    Risk("a5_inaccurate", "A.5 a", "内容不准确", "inaccurate content"),
    Risk("a5_unreliable", "A.5 b", "内容不可靠", "unreliable content"),
)
"""Source: as of `CLASSES`; the names are ours."""

CATEGORIES = (
    Category("commercial_spam", "商业广告垃圾", "commercial spam", "a3_other", ("legal",)),
    Category(
        "gambling", "赌博", "gambling", "a1_otherwise_prohibited", ("legal", "medical", "education")
    ),
    Category(
        "pornography", "色情", "pornography", "a1_violence_obscenity",
        ("legal", "medical", "education"),
    ),
    Category("fraud", "诈骗与黑灰产", "fraud", "a1_otherwise_prohibited", ("legal", "education")),
)  # fmt: skip
"""Categories of the lists that come with Jingyu; the mapping to risks is our reading."""

_RISKS = {risk.key: risk for risk in RISKS}
_CATEGORIES = {category.key: category for category in CATEGORIES}
_CLASS_SUBJECTS = {key.partition("_")[0]: key for key in SUBJECTS if key[:2] in {"a3", "a4", "a5"}}

KEYS = (*_CATEGORIES, *_RISKS)
"""What a word list can be about."""


def risk_of(key: str) -> Risk:
    """Returns the risk that a category's terms count for; a risk's is itself."""
    return _RISKS[_CATEGORIES[key].risk if key in _CATEGORIES else key]


def subject_of(key: str) -> str:
    """Returns the key of `SUBJECTS` that a category or risk is measured under."""
    return key if key in SUBJECTS else _CLASS_SUBJECTS[key[:2]]


def contexts_of(key: str) -> tuple[str, ...]:
    """Returns the kinds of context in which terms of a category do not count; of a risk, all."""
    return _CATEGORIES[key].contexts if key in _CATEGORIES else CONTEXTS


def existing_key(key: str) -> str:
    """Returns the key of a category or risk, for use as a validator.

    Raises:
        ValueError: There is none of this name; the message names the likeliest.
    """
    if key not in KEYS:
        close = get_close_matches(key, KEYS, n=1)
        hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(KEYS)}"
        raise ValueError(f"`{key}` is not a category; {hint}")
    return key
