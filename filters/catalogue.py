"""The catalogue of signals, as Markdown.

`python -m jingyu.filters.catalogue > filters/README.md`
"""

import inspect
import sys

import pyarrow as pa

from jingyu.filters.quality.measure import MEASURED, MEASURES
from jingyu.filters.spam.measure import CONTENT_MEASURED, CONTENT_MEASURES
from jingyu.schemas.sensitive import SENSITIVITY
from jingyu.schemas.staging import RULED

_HEAD = """# Signals

What Jingyu measures on each document. A rule names a signal and a limit; adding a
rule needs no new measurement. `ratio` means 0 to 1. *Visible* characters are those
that are neither white space nor control or format characters; *lines* are those
that hold more than white space.

This page is generated: `python -m jingyu.filters.catalogue > filters/README.md`.
"""
_PERSONAL = """
## Personal data

Which types are sensitive by GB/T 45574-2025: our reading, at second hand.

| type | signal | sensitive | why |
| --- | --- | --- | --- |
"""
_DEFINITIONS = """
## Definitions

Of the signals that `measure(text)` and `measure_content(text, title)` yield; the others come
from decoding, masking
and scoring.
"""


def catalogue() -> str:
    """Returns the signals with unit, description and definition, as Markdown."""
    definitions = [
        f"\n### {name}\n\n{inspect.getdoc(function)}\n"
        for name, function in zip(
            (*MEASURED, *CONTENT_MEASURED), (*MEASURES, *CONTENT_MEASURES), strict=True
        )
    ]
    personal = [
        f"| {kind} | `masked_{kind}_count` | {each.sensitive} | {each.reason} |\n"
        for kind, each in SENSITIVITY.items()
    ]
    return "".join([_HEAD, _table(), _PERSONAL, *personal, _DEFINITIONS, *definitions])


def _table() -> str:
    head = "\n| signal | unit | meaning |\n| --- | --- | --- |\n"
    return head + "".join(map(_row, RULED))


def _row(field: pa.Field) -> str:
    unit, description = (field.metadata[key].decode() for key in (b"unit", b"description"))
    return f"| `{field.name}` | {unit} | {description} |\n"


if __name__ == "__main__":
    sys.stdout.write(catalogue())
