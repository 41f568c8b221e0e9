"""Markdown as plain text: what is measured and compared is the same in either form."""

import re
from collections.abc import Iterator

_FENCE = re.compile(r"^(`{3,})\S*$")
_FENCES = re.compile(r"^`{3,}\S*(?:\n|\Z)", re.MULTILINE)
_MARK = re.compile(r"^(?:#{1,6}|-) (?=\S)")
_RULE = re.compile(r"\|(?: --- \|)+")
_BAR = re.compile(r"(?<!\\)\|")


def unfenced(text: str) -> str:
    """Returns a text without the lines that fence code, whose words no reader sees."""
    return _FENCES.sub("", text) if "```" in text else text


def plain_text(markdown: str) -> str:
    """Returns what `as_markdown` wrote as plain text: without its marks, but for dollars.

    Of a text that it did not write, what looks like its marks goes, too. Any string is accepted.
    """
    return "\n".join(_plain_lines(markdown))


def _plain_lines(markdown: str) -> Iterator[str]:
    fence = ""
    for line in markdown.split("\n"):
        found = _FENCE.match(line)
        if fence:
            if line == fence:
                fence = ""
            else:
                yield line
        elif found:
            fence = found[1]
        elif line.startswith("|") and line.endswith("|") and len(line) > 1:
            if not _RULE.fullmatch(line):
                yield _cells(line)
        else:
            yield _MARK.sub("", line)


def _cells(row: str) -> str:
    cells = [cell.strip().replace("\\|", "|") for cell in _BAR.split(row[1:-1])]
    return "\t".join(cells).rstrip("\t")
