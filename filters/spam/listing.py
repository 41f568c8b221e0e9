"""What an address says of a page: whether it is one of a list."""

import re

_MOST_READ = 2000
_MARK = re.compile(
    r"/page[/_=-][0-9]{1,4}(?![0-9])"
    r"|/(?:tags?|categor(?:y|ies))/"
    r"|/category_"
    r"|/(?:index|list)_?[0-9]{1,4}(?![0-9])"
    r"|[?&](?:page|pageno|paged)=[0-9]",
    re.IGNORECASE,
)


def listing_mark_count(url: str | None) -> int:
    """Returns how many marks of a list an address has: `page/3`, `tag/`, `category/`, `index_12`.

    Programs that publish blogs and news number the pages of their lists so, also as `index4`. A
    number of five digits or more is one of an article. An article may have a mark, too; with
    teasers (`cut_line_ratio`, `ellipsis_line_ratio`) it is a list.

    Source: own labels (2026-11, in-sample): see the rule in `configs/web_zh.yaml`.
    """
    return len(_MARK.findall(url[:_MOST_READ])) if url else 0
