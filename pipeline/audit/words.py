"""What the terminal says, in the language of whoever reads it."""

from collections.abc import Callable, Mapping
from typing import Final, Literal

Language = Literal["en", "zh"]
Say = Callable[[str], str]
"""Returns words in the reader's language."""

_CHINESE: Final = {
    "records read": "读取记录",
    "pages": "网页",
    "kept": "保留",
    "usable Chinese pages per million": "每百万网页中可用中文网页",
    "characters": "字符",
    "duplicates": "重复",
    "failed": "失败",
    "personal data masked": "已遮盖个人信息",
    "registered domains": "注册域名",
    "hosts": "主机",
    "time": "用时",
    "bytes moved": "传输字节",
    "{moved} of {whole} ({share})": "{whole} 中的 {moved}（{share}）",
    "{count} spans": "{count} 处",
    "{read} read, {kept} kept": "读取 {read}，保留 {kept}",
    "usable pages by origin: mainland / overseas / unknown": "可用网页来源：境内 / 境外 / 未知",
    "method": "方法",
    "overseas": "境外",
    "unknown": "未知",
    "where the pages went": "网页去向",
    "stage": "阶段",
    "outcome": "结果",
    "reason": "原因",
    "share": "占比",
    "domain": "域名",
    "(none)": "（无）",
    "{count} sites were left out whole: {named}": "整站剔除 {count} 个站点：{named}",
    "1 site was left out whole: {named}": "整站剔除 1 个站点：{named}",
    "{site} ({bad} of {pages} pages bad)": "{site}（{pages} 页中 {bad} 页不合格）",
    "{count} inputs end inside a record: fetch them again: {named}": (
        "{count} 个输入在记录中间截断，请重新获取：{named}"
    ),
    "1 input ends inside a record: fetch it again: {named}": (
        "1 个输入在记录中间截断，请重新获取：{named}"
    ),
    "output: {out} ({files})": "输出：{out}（{files}）",
}


def spoken(environment: Mapping[str, str]) -> Language:
    """Returns the language that the variables of a locale ask for.

    Source: POSIX.1-2024, section 8.2, for the order of the variables.
    """
    asked = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next((value for value in asked if value), "").startswith("zh") else "en"


def words_of(language: Language) -> Say:
    """Returns what says things in a language."""
    if language == "en":
        return lambda english: english
    return _CHINESE.__getitem__
