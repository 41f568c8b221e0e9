"""Lines of programs among the lines of a text.

What a text says of itself decides, not the markup that it came from: so a text that was written
comes to the same when it is read again, and rows of text get the same care as pages.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import accumulate

from jingyu.filters.lazy_pattern import lazy_pattern

_CJK = lazy_pattern(
    "[\u2e80-\u2fdf\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
    "\U00020000-\U000323af“”‘’…—]"
)
# Strings, and what stands behind a program: both are in the language of people.
# The class in front is what each of them begins with: most characters need no more.
_SAID = lazy_pattern(
    r"[\"'`#;/<-](?:(?<=\")[^\"]*\"|(?<=')[^']*'|(?<=`)[^`]*`"
    r"|(?:(?<=\s#)|(?<=[\s)];)|(?<=/)(?<!:/)/|(?<=/)\*|(?<=<)!--|(?<=\s-)-(?=\s)).*)",
    re.DOTALL,
)
_COMMENT = lazy_pattern(r"[#;%@]|//|/?\*|--|<!--|\"\"\"|'''|(?:rem|REM)\s")
_FENCE = lazy_pattern(r"(`{3,}|~{3,}) ?[\w+#.-]*")
_KEY = lazy_pattern(r"(?:- )?[\w.\"'/-]+:(?=\s|$)", re.ASCII)
_OPENING = lazy_pattern(
    r"\$ \S|>>> |[\w.-]{1,40}:[~/][\w/.-]{0,80}[#$] "
    r"|PS [A-Z]:|[A-Z]:\\[^>]*>|[\w.-]{1,40}@[\w.-]{1,40}(?:[:~/\w.-]{0,80})?[$#] ?"
    r"|\[[\w.-]+@[^\]]*\][$#]|</?[a-zA-Z][^<>]*>|<[!?]|@[A-Z]\w+|#(?:include|define|if|endif|!/)\b"
    r"|\[[\w.:-]+\]$|[})\]]+[,;]?$|[├└│┌┐┘┤┬┴┼╭╰|+]"
    r"|(?:def|class|async|elif|except|import|return|yield|raise|var|let|const|function|func|fn"
    r"|public|private|protected|static|void|int|namespace|sudo|apt|apt-get|yum|dnf|pip3?|npm|npx"
    r"|yarn|git|docker|kubectl|curl|wget|cd|ls|mkdir|rm|cp|mv|chmod|chown|tar|echo|grep|cmake|gcc"
    r"|python3?|javac|brew|conda|ssh|systemctl|SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|WHERE"
    r"|go (?=run|build|get|mod|test|install)|from \S+ import)\b\s*[-\w\"'./*$({@:~]"
    r"|(?:else|try|finally|do|then|fi|done|esac|end|pass|break|continue)[:;]?$",
    re.ASCII,
)
_WITHIN = lazy_pattern(
    r"[\w\])\"'] ?(?:[-+*/|&^%]?=|==|!=|<=|>=|:=|=>|->|<-|<<|>>|&&|\|\|) ?[\w\"'\[({$&*!<-]"
    r"|\w::\w|\$\{|\$\w|\) ?\{|\w\[\w+\]|\w\(\)",
    re.ASCII,
)
_ENDING = lazy_pattern(
    r"\w\([^()]{0,80}(?:\([^()]{0,40}\)[^()]{0,40})?\)[;:,{]?$|/>$|[\"'\])]:$"
    r"|[\]\"'],$",
    re.ASCII,
)
# Lists of files, and what programs print in columns.
_PATH = lazy_pattern(r"(?:/[\w.*~@+-]+){2,}/?", re.ASCII)
_COLUMNS = lazy_pattern(r"[!-~]( {3,})[!-~]")
_WIDE = 8
"""Spaces between columns from which on one line of them is code. Source: our choice, a tab's width;
three in one line are carelessness."""
_LAST = tuple("{};\\([")
_PERHAPS_LAST = tuple(")>:,")
_MEANT = frozenset("=<>&|:$[()")
_LONGEST = 2000
_READ = 200
_LONGEST_SAID = 80
_FIRST_CJK = "\u2e80"
_FIRST_HAN, _LAST_HAN = "\u4e00", "\u9fff"
_FEWEST_LINES = 3
_PROGRAM_ENDS = tuple("{};()[]<>,:\\")
# One of these stands in any program; most texts of people have none.
_SIGNS = ("\n ", "\n\t", "{", ";\n", "=", "()", "</", "\n$ ", "::", "```", ":\n")
_WIDE_SPACE = "\u3000"
_ENDS = "。！？；，、…"
_INDENTS = " \t\xa0"


class Sort(IntEnum):
    """What a line is; one of prose ends a stretch of code, the others may stand in one."""

    PROSE = 0
    PERHAPS = 1
    KEY = 2
    COLUMNS = 3
    CODE = 4


def code_stretches(lines: Sequence[str], *, may_fence: bool = True) -> list[tuple[int, int]]:
    """Returns the stretches of lines that are code, each as its first line and the one after it.

    A stretch is what stands between two lines of prose, and prose is what holds Han or another CJK
    character outside strings and comments; if such a line is indented behind a line of a stretch,
    it belongs to it. A stretch is code if one of its lines has the syntax of a program, a command
    or a markup language or wide columns, if two are set in narrower ones, or if two name values
    (`port: 80`) of which one is indented. All that stands between fences of Markdown is. White
    space at the end of lines changes nothing, nor do empty lines.

    Args:
        lines: The lines.
        may_fence: Whether there may be fences, if the caller has looked for them.
    """
    found: list[tuple[int, int]] = []
    fenced = _fenced(lines) if may_fence else []
    at = 0
    for start, end in [*fenced, (len(lines), len(lines))]:
        found += _between_prose(lines, at, start)
        found += [(start, end)] if start < end else []
        at = end
    return found


def programs_in(text: str) -> list[tuple[int, int]]:
    """Returns where programs stand in a text, each as its first character and the one behind it.

    They are stretches of code of three lines or more, half of them with the syntax of code by
    themselves: a line of English with a bracket is none, nor is advertising with some. Three lines
    of the text end as in a program; commands repeat too little to be looked for.
    """
    if not any(sign in text for sign in _SIGNS):
        return []
    lines = text.split("\n")
    ended = [line for line in lines if line[-1:] in _PROGRAM_ENDS and line[:1] < _FIRST_CJK]
    if len(ended) < _FEWEST_LINES:
        return []
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    return [
        (starts[first], starts[last] - 1)
        for first, last in code_stretches(lines, may_fence=_has_fence(text))
        if _is_program([line.strip() for line in lines[first:last] if line.strip()])
    ]


def is_apart_from_programs(text: str, starts: Iterable[int]) -> bool:
    """Returns whether lines are in no program for what they begin with: a CJK character each.

    It is quick, and says no where `programs_in` may still say that none is.

    Args:
        text: The text.
        starts: Where the lines begin.
    """
    return not _has_fence(text) and all(_begins_as_prose(text, start) for start in starts)


def _begins_as_prose(text: str, start: int) -> bool:
    is_first = not start or text[start - 1] == "\n"
    return is_first and text[start : start + 1] != _WIDE_SPACE and bool(_CJK.match(text, start))


@lru_cache(maxsize=1)
def without_programs(text: str) -> str:
    """Returns a text without the programs in it: the same object if it has none."""
    ranges = programs_in(text)
    if not ranges:
        return text
    starts = [0, *(end + 1 for _, end in ranges)]
    ends = [*(start for start, _ in ranges), len(text)]
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True)).rstrip("\n")


def sort_of(line: str) -> Sort:
    """Returns what a line is, by itself; it has no white space around it."""
    return _known_sort(line) if len(line) <= _READ else _sort(line)


@lru_cache(maxsize=1 << 14)  # lines are read for a page's form, text and signals, and when cut
def _known_sort(line: str) -> Sort:
    return _sort(line)


def _sort(line: str) -> Sort:
    if line[:1] >= _FIRST_CJK and _CJK.match(line):
        return Sort.PROSE
    if _CJK.search(line):
        if _COMMENT.match(line):
            return Sort.PERHAPS
        if len(line) > _LONGEST or _CJK.match(line):
            return Sort.PROSE
        said = _SAID.sub('""', line).rstrip()
        if _CJK.search(said):
            is_key = _KEY.match(line) and said[-1] not in _ENDS and len(line) <= _LONGEST_SAID
            return Sort.KEY if is_key else Sort.PROSE
        line = said
    return _sort_without_cjk(line)


def _sort_without_cjk(line: str) -> Sort:
    # The last character and the signs in a line are looked at first: most lines need no more.
    if line[-1:] in _LAST or _OPENING.match(line) or _PATH.fullmatch(line[:_READ]):
        return Sort.CODE
    begun = line[:_READ]
    if not _MEANT.isdisjoint(begun) and _WITHIN.search(begun):
        return Sort.CODE
    if line[-1:] in _PERHAPS_LAST and _ENDING.search(line[-_READ:]):
        return Sort.CODE
    if "   " in begun and (gaps := _COLUMNS.findall(begun)):
        return Sort.CODE if max(map(len, gaps)) >= _WIDE else Sort.COLUMNS
    return Sort.KEY if _KEY.match(line) else Sort.PERHAPS


def _is_program(lines: Sequence[str]) -> bool:
    syntax = sum(sort_of(line) >= Sort.KEY for line in lines)
    return len(lines) >= _FEWEST_LINES and 2 * syntax >= len(lines)


def _fenced(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Returns what stands between fences, with these; one without its partner fences nothing."""
    found, opened, fence = [], -1, ""
    for number, line in enumerate(lines):
        if not _has_fence(line):
            continue
        marked = _FENCE.fullmatch(line.strip())
        if marked and not fence:
            opened, fence = number, marked[1]
        elif marked and marked[0] == fence:
            found.append((opened, number + 1))
            fence = ""
    return found


def _has_fence(text: str) -> bool:
    return "```" in text or "~~~" in text


def _between_prose(lines: Sequence[str], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yields the stretches of code of some lines, among which no fences stand."""
    stretch: list[tuple[int, Sort, bool]] = []
    for number in range(first, last):
        line = lines[number]
        # What begins with Han is prose, whatever follows: most lines are not looked at further.
        if not _FIRST_HAN <= line[:1] <= _LAST_HAN:
            bare = line.strip()
            if not bare:
                continue
            sort, is_indented = sort_of(bare), line[0] in _INDENTS
            if sort > Sort.PROSE or (is_indented and stretch and len(bare) <= _LONGEST_SAID):
                stretch.append((number, sort, is_indented))
                continue
        if stretch:
            if _is_code(stretch):
                yield stretch[0][0], stretch[-1][0] + 1
            stretch.clear()
    if _is_code(stretch):
        yield stretch[0][0], stretch[-1][0] + 1


def _is_code(stretch: Sequence[tuple[int, Sort, bool]]) -> bool:
    sorts = [sort for _, sort, _ in stretch]
    if Sort.CODE in sorts or sorts.count(Sort.COLUMNS) > 1:
        return True
    is_key = [(sort == Sort.KEY, is_indented) for _, sort, is_indented in stretch]
    return sorts.count(Sort.KEY) > 1 and (True, True) in is_key
