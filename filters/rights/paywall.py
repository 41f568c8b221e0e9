"""Whether a page keeps part of its text from those who have not paid or logged in."""

import re
from typing import Literal, NamedTuple

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.filters.rights.page import ACCESSIBLE_FOR_FREE, Page
from jingyu.filters.rights.wording import wording

_NOT_FREE = lazy_pattern(
    r"isAccessibleForFree\\?[\"']?\s*(?::|content\s*=)\s*\\?[\"']?\s*(?:false|no)\b", re.IGNORECASE
)
_REST = "(?:全文|全部|完整|剩余|剩餘|余下|余文|后续|後續|更多内容|本文|正文|原文)"
_READ = "(?:阅读|閱讀|查看|浏览|瀏覽|解锁|解鎖|观看|看)"
_PAY = "(?:付费|付費|购买|購買|订阅|訂閱|(?:开通|成为|加入|升级)(?:会员|VIP))"
_AFTER = "(?:后|後|以后|本文|会员)?(?:即可|可以|可|才能|才可|方可|继续|繼續)?"
_TRIAL = (
    "(?:试读|試讀)(?:部分|章节|内容)?(?:已)?(?:结束|結束|到此|完毕)|"
    "(?:本章|此章|本节|本文|该章节?)(?:节)?(?:为|是|属于)(?:付费|付費|VIP|收费)"
)
_PAYMENT = (
    f"{_PAY}{_AFTER}{_READ}{_REST}|"
    "(?:剩余|剩餘|余下|还有)[0-9.]+%[^。]{0,12}(?:付费|付費|解锁|购买|订阅|会员)|"
    "(?:此|该|本)(?:文|内容|文章)为(?:付费|会员专享|VIP)"
)
_LOGIN = f"(?:登录|登錄|登入|登陆)(?:账号|帐号|注册)?(?:后|後|以后){_AFTER}{_READ}{_REST}"
_LOCKED = (
    wording("trial", "[试試付V收]", "试試本此该", _TRIAL),
    wording("payment", "[付购購订訂员锁V]", "付购購订訂开成加升剩余还此该本", _PAYMENT),
    wording("login", "登", "登", _LOGIN),
)


class Paywall(NamedTuple):
    """How much of a page is kept back, and what says so."""

    state: Literal["none", "metered", "locked"] = "none"
    """`metered`: readers have some pages free; `locked`: this one is not."""
    evidence: str | None = None
    """`content_tier`, `schema_org`, or in words `trial`, `payment` or `login`."""


def paywall(page: Page) -> Paywall:
    """Returns whether a page says that part of its text is kept back.

    The publisher's own `article:content_tier` decides, then schema.org's `isAccessibleForFree`,
    then sentences such as 登录后查看全文, 付费阅读全文 and 试读结束. That a page offers a
    subscription says nothing.

    Source: Facebook, Open Graph `article:content_tier`; Google Search Central, structured data for
    subscription and paywalled content.
    """
    tier = next(
        (one.content.lower() for one in page.elements if one.name == "article:content_tier"), ""
    )
    if tier == "metered":
        return Paywall("metered", "content_tier")
    if tier == "locked":
        return Paywall("locked", "content_tier")
    if ACCESSIBLE_FOR_FREE in page.found and _NOT_FREE.search(page.markup):
        return Paywall("locked", "schema_org")
    sentences = page.sentences
    evidence = next((one.name for one in _LOCKED if one.is_in(sentences)), None)
    return Paywall("locked", evidence) if evidence else Paywall()
