"""What a crawl holds, on a terminal."""


def printable(text: str) -> str:
    """Returns a text of a crawl as a terminal may be given it: it moves no cursor, begins no line.

    Each character that is not printable stands as Python writes it, line ends with it.
    """
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else repr(each)[1:-1] for each in text)
