"""Names of brands in the patterns by which they are searched for."""

from jingyu.filters.spam.phrases import places

_BEFORE = 1


def offer_chain_count(text: str) -> int:
    """Returns how often two offers or more stand in a row: 官网登录, app下载, 体育平台入口.

    Offers are words such as 官网, 下载, 登录, 注册, 备用网址, 体育 and 娱乐; a row counts once.
    Prose puts one of them after a name and goes on.

    Source: own labels (2026-11, in-sample): three or more have 57 texts of spam and 5 good ones,
    five or more 38 and 2.
    """
    count, end, length = 0, -1, 0
    for place in places(text)["offers"]:
        length = length + 1 if place.start == end else 1
        count += length == 2  # noqa: PLR2004  (the second makes the row)
        end = place.end
    return count


def glued_offer_count(text: str) -> int:
    """Returns how many offers follow a Latin letter or digit at once: hy590官网, 365体育.

    Source: own labels (2026-11, in-sample): one has 131 texts of spam and 50 good ones, five or
    more have 43 and 2.
    """
    return sum(
        place.start >= _BEFORE
        and _is_latin(text[place.start - 1])
        and not _is_latin(place.phrase[0])
        for place in places(text)["offers"]
    )


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
