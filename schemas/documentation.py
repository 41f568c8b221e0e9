"""The data dictionary, as Markdown.

`python -m jingyu.schemas.documentation > schemas/README.md`
"""

import sys
from collections.abc import Iterator

import pyarrow as pa

from jingyu.schemas.corpus import corpus_schema
from jingyu.schemas.index import INDEX
from jingyu.schemas.ledger import LEDGER
from jingyu.schemas.lexicon import SUBJECTS
from jingyu.schemas.reasons import REASONS
from jingyu.schemas.sites import SITES
from jingyu.schemas.statistics import MEANINGS, STATISTICS

_HEAD = """# Data dictionary

What stands in the files of an output folder. The same descriptions are in the
metadata of each Parquet column. `ratio` means 0 to 1; columns marked *May be
missing* can be null. The signals are defined in
[filters/README.md](../filters/README.md).

This page is generated: `python -m jingyu.schemas.documentation > schemas/README.md`.
"""
_CORPUS = """
## corpus/

One row per document of the corpus. The fields of `lexicon` are those that a word list is
configured for; without any, the struct is missing. The metadata of each file, and of each file of
the ledger, hold the resolved config (`jingyu.config`: every limit that the documents passed) and
its digest (`jingyu.config_sha256`), which `manifest.json` has, too.
"""
_LEDGER = "\n## ledger/\n\nOne row per page-bearing input record: what became of it, and why.\n"
_INDEX = """
## index/

What later runs compare their documents with: one row per document that passed the rules, also of
those that were cleaned away, capped or taken down, so that their copies stay out.
"""
_SITES = """
## sites/

One row per site: what its pages tell of it, and the verdict.
"""
_STATISTICS = """
## statistics/

What a run counts of its output, for any tool: every source and reason, not the first thousand.
Counts of ledger and corpus are those of these files, to the last row.
"""
_REASONS = """
## Reasons

What `reason` can be, beside the reasons of the config's own rules and the types of
exceptions that a page caused.

| reason | meaning |
| --- | --- |
"""


def documentation() -> str:
    """Returns the columns of all files of an output, and the reasons, as Markdown."""
    reasons = "".join(f"| `{name}` | {meaning} |\n" for name, meaning in REASONS.items())
    tables = (
        _CORPUS,
        _table(corpus_schema(tuple(SUBJECTS))),
        _LEDGER,
        _table(LEDGER),
        _INDEX,
        _table(INDEX),
        _SITES,
        _table(SITES),
        _STATISTICS,
        *(
            f"\n### {name}.parquet\n\n{MEANINGS[name]}\n{_table(schema)}"
            for name, schema in STATISTICS.items()
        ),
    )
    return "".join([_HEAD, *tables, _REASONS, reasons])


def _table(schema: pa.Schema) -> str:
    head = "\n| column | type | unit | meaning |\n| --- | --- | --- | --- |\n"
    return head + "".join(row for field in schema for row in _rows(field))


def _rows(field: pa.Field, struct: str = "") -> Iterator[str]:
    description = field.metadata[b"description"].decode()
    unit = field.metadata.get(b"unit", b"").decode()
    missing = " *May be missing.*" if field.nullable else ""
    dtype = "struct" if pa.types.is_struct(field.type) else field.type
    yield f"| `{struct}{field.name}` | {dtype} | {unit} | {description}{missing} |\n"
    if pa.types.is_struct(field.type):
        for inner in field.type:
            yield from _rows(inner, f"{field.name}.")


if __name__ == "__main__":
    sys.stdout.write(documentation())
