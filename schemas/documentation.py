"""The data dictionary, as Markdown.

`python -m jingyu.schemas.documentation > schemas/README.md`
"""

import sys

import pyarrow as pa

from jingyu.schemas.corpus import CORPUS
from jingyu.schemas.index import INDEX
from jingyu.schemas.ledger import LEDGER
from jingyu.schemas.reasons import REASONS

_HEAD = """# Data dictionary

What stands in the files of an output folder. The same descriptions are in the
metadata of each Parquet column. `ratio` means 0 to 1; columns marked *May be
missing* can be null. The signals are defined in
[filters/README.md](../filters/README.md).

This page is generated: `python -m jingyu.schemas.documentation > schemas/README.md`.
"""
_CORPUS = "\n## corpus/\n\nOne row per document of the corpus.\n"
_LEDGER = "\n## ledger/\n\nOne row per page-bearing input record: what became of it, and why.\n"
_INDEX = """
## index/

What later runs compare their documents with: one row per document that passed the rules, also of
those that were cleaned away, capped or taken down, so that their copies stay out.
"""
_REASONS = """
## Reasons

What `reason` can be, beside the reasons of the config's own rules and the types of
exceptions that a page caused.

| reason | meaning |
| --- | --- |
"""


def documentation() -> str:
    """Returns the columns of corpus, ledger and index, and the reasons, as Markdown."""
    reasons = "".join(f"| `{name}` | {meaning} |\n" for name, meaning in REASONS.items())
    tables = (_CORPUS, _table(CORPUS), _LEDGER, _table(LEDGER), _INDEX, _table(INDEX))
    return "".join([_HEAD, *tables, _REASONS, reasons])


def _table(schema: pa.Schema) -> str:
    head = "\n| column | type | unit | meaning |\n| --- | --- | --- | --- |\n"
    return head + "".join(map(_row, schema))


def _row(field: pa.Field) -> str:
    description = field.metadata[b"description"].decode()
    unit = field.metadata.get(b"unit", b"").decode()
    missing = " *May be missing.*" if field.nullable else ""
    return f"| `{field.name}` | {field.type} | {unit} | {description}{missing} |\n"


if __name__ == "__main__":
    sys.stdout.write(documentation())
