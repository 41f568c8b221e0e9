"""Character references of markup, however many digits they have."""

import html
import re

_ZEROS = re.compile(r"(&#[xX]?)0+(?=[0-9a-fA-F])")
_BEYOND = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")


def unescaped(text: str) -> str:
    """Returns the text with its character references resolved, as browsers do.

    A reference to a number beyond all characters is U+FFFD, also where it has more digits than
    Python reads.
    """
    try:
        return html.unescape(text)
    except ValueError:
        return html.unescape(_BEYOND.sub("\ufffd", _ZEROS.sub(r"\1", text)))
