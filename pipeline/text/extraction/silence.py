"""The parts of a page that hold no text to read: scripts, styles, comments, form fields."""

import re

_NAMES = (
    *("script", "style", "noscript", "textarea", "select", "title", "iframe", "svg", "template"),
    *("button", "math", "object", "canvas", "audio", "video", "datalist", "noframes", "xmp"),
)


def _either_case(name: str) -> str:
    return "".join(f"[{character}{character.upper()}]" for character in name)


# `[sS]` and not IGNORECASE: a literal `<` in front makes the search ten times as fast.
_START = re.compile(rf"<(?:({'|'.join(map(_either_case, _NAMES))})(?=[\s/>])|!--|!\[CDATA\[)")
_ENDS = {name: re.compile(f"</{_either_case(name)}(?=[\\s/>])[^>]*+>?") for name in _NAMES}
_COMMENT_END = re.compile("--!?>")
_SECTION_END = re.compile("]]>")


def without_silence(page: str) -> str:
    """Returns the page with a space for every silent element, comment and CDATA section.

    What has no end loses its start alone, so that a comment that nobody closed does not swallow
    the page.
    """
    kept = []
    at = 0
    endless = set()
    match = _START.search(page)
    while match:
        kept.append(page[at : match.start()])
        end = _end_of(match)
        closed = None if end in endless else end.search(page, match.end() - 2)
        if closed:
            at = closed.end()
        else:
            # Searching once for an end that is missing is enough: time stays linear.
            endless.add(end)
            at = page.find(">", match.end()) + 1 or len(page)
        match = _START.search(page, at)
    kept.append(page[at:])
    return " ".join(kept)


def _end_of(match: re.Match[str]) -> re.Pattern[str]:
    if match[1]:
        return _ENDS[match[1].lower()]
    return _SECTION_END if match[0].endswith("[") else _COMMENT_END
