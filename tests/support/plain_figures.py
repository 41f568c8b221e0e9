"""The twin in Python of pipeline/steps/deduplicate/marking.c."""

import re

_RUN = re.compile("[0-9a-z]+")
_NUMERALS = "〇零一二三四五六七八九十百千万亿"
_NUMBERED = re.compile(
    f"第[{_NUMERALS}]+|[{_NUMERALS}]{{2,}}|[二三四五六七八九十](?=[年月日号期批届级班组楼室路册卷章])"
)


def figures_in(form: str) -> list[tuple[int, int]]:
    """Returns where figures stand in a normal form."""
    spans = [
        each.span()
        for each in _RUN.finditer(form)
        if len(each[0]) == 1 or any(map(str.isdigit, each[0]))
    ]
    return spans + [each.span() for each in _NUMBERED.finditer(form)]
