"""What a text must be like to stand in a cell."""

from jingyu.filters.lazy_pattern import lazy_pattern

CELL_UNITS = 32_767
"""Most UTF-16 code units in a cell.

Source: Microsoft, Excel specifications and limits.
"""
MOST_CHARACTERS = 30_000
"""Most characters of a text that are shown; leaves room for the note on the rest."""

_NO_XML = lazy_pattern("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = lazy_pattern("\r\n?")
_ESCAPE = lazy_pattern("_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA = lazy_pattern("[=+\\-@\t\uff1d\uff0b\uff0d\uff20]")
_NUMBER = lazy_pattern(r"\d{16,}|\d+[Ee]\d+")
"""What a spreadsheet would turn into a rounded number."""


def clean(text: str) -> str:
    """Returns a text without what XML 1.0 forbids: control characters, lone surrogates."""
    return _NO_XML.sub("", _LINE_END.sub("\n", text))


def excerpt(text: str, characters: int) -> str:
    """Returns the first characters of a text, with a note of how many more it has.

    Args:
        text: The text.
        characters: Most code points shown, 1 to `MOST_CHARACTERS`.
    """
    whole = clean(text)
    shown = _fitted(whole[:characters], MOST_CHARACTERS)
    rest = len(whole) - len(shown)
    return f"{shown}\n……（余 {rest:,} 字未显示; {rest:,} more characters）" if rest else shown


def is_like_formula(text: str) -> bool:
    """Returns whether a spreadsheet could take a text for a formula."""
    return _FORMULA.match(text) is not None


def workbook_text(text: str) -> str:
    """Returns a text as a cell of a workbook holds it: clean, escapes undone, within the limit."""
    return _fitted(_ESCAPE.sub("_x005F_", clean(text)), CELL_UNITS)


def csv_text(text: str) -> str:
    """Returns a text as a CSV file holds it: spreadsheets take it for text.

    An apostrophe stands before what they would take for a formula, or for a number though it is
    a document id.
    """
    whole = clean(text)
    return f"'{whole}" if is_like_formula(whole) or _NUMBER.fullmatch(whole) else whole


def _fitted(text: str, units: int) -> str:
    """Returns as much of a text as fits into so many UTF-16 code units."""
    if 2 * len(text) <= units:
        return text
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")
