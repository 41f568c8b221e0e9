"""Judged documents of invented sites."""

from typing import Any

import numpy as np

from jingyu.filters.quality.measure import measure
from jingyu.filters.quality.training.examples import Example

GOOD = ("山里的天气说变就变", "早上还是晴空万里", "中午就下起了大雨", "我们只好等雨停下来")
SPAM = ("某某娱乐官网登录", "点击注册送彩金", "备用网址永久地址", "下载安装领取红包")
MENU = ("首页", "新闻", "关于", "联系", "登录", "栏目")
_SIGNATURE = 32


def example(number: int, label: str, **changes: Any) -> Example:
    """Returns a document of a site of its own; its words are of its label."""
    rng = np.random.default_rng(number)
    words = {"usable": GOOD, "clean": GOOD, "mixed": SPAM, "spam": SPAM, "not-text": MENU}[label]
    mark, end = ("\n", "") if label == "not-text" else ("，", "。")
    text = mark.join(rng.choice(words, 12).tolist()) + end
    made = Example(
        text=text,
        title=None,
        signals=measure(text),
        label=label,
        kind="",
        owner="",
        domain=f"site{number}.cn",
        sample="made",
        signature=rng.integers(0, 1 << 32, _SIGNATURE, np.uint32).astype("<u4").tobytes(),
    )
    return made._replace(**changes)


def examples(count: int = 60) -> list[Example]:
    """Returns documents of each label in turn."""
    labels = ("usable", "spam", "not-text")
    return [example(number, labels[number % 3]) for number in range(count)]
