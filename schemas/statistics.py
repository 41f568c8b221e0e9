"""What a run counts of its output for other tools: the tables of `statistics/`."""

from typing import Final

import pyarrow as pa

from jingyu.schemas.column import column, list_of
from jingyu.schemas.decisions import DECISION
from jingyu.schemas.provenance import PROVENANCE

KEY: Final = b"key"
"""Metadata of columns that say what a row is about; all others are counted over it."""


def _key(field: pa.Field) -> pa.Field:
    return field.with_metadata({**(field.metadata or {}), KEY: b"true"})


def _named(name: str, description: str, *, nullable: bool = False) -> pa.Field:
    return _key(column(name, pa.string(), description, nullable=nullable))


def _count(name: str, description: str, unit: str) -> pa.Field:
    return column(name, pa.int64(), description, unit=unit)


def _figure(name: str, description: str, *, unit: str = "that of the reason") -> pa.Field:
    return column(name, pa.float64(), description, unit=unit, nullable=True)


_DECIDED = [_key(DECISION.field(name)) for name in ("stage", "outcome", "reason")]
_SOURCE = [_key(PROVENANCE.field(name)) for name in ("registered_domain", "host")]
_OUTCOME = _key(DECISION.field("outcome"))
_SIGNAL = _named("signal", "Signal, as rules name it.")

REASONS = pa.schema(
    [
        *_DECIDED,
        _count("pages", "Records of the ledger.", "records"),
        _count("payload_bytes", "Size of their pages, encodings undone.", "bytes"),
        _count("characters", "Length of their texts, where one was extracted.", "code points"),
        _figure("min_measured", "Least value that decided."),
        _figure("max_measured", "Greatest value that decided."),
        _figure("min_limit", "Least limit that was passed."),
        _figure("max_limit", "Greatest limit that was passed."),
    ]
)
SOURCES = pa.schema(
    [
        *_SOURCE,
        _count("pages", "Records of the ledger.", "records"),
        _count("kept", "Those that are in the corpus.", "records"),
        _count("rejected", "Those that were rejected.", "records"),
        _count("duplicate", "Those that duplicate another.", "records"),
        _count("failed", "Those that could not be examined.", "records"),
        _count("characters", "Length of the texts in the corpus.", "code points"),
        _count("mainland", "Documents of the corpus that come from the mainland.", "documents"),
        _count("overseas", "Documents of the corpus that come from elsewhere.", "documents"),
        _count("unknown", "Documents of the corpus of which nothing tells it.", "documents"),
    ]
)
SOURCE_REASONS = pa.schema(
    [*_SOURCE, *_DECIDED, _count("pages", "Records of the ledger.", "records")]
)
VALUES = pa.schema(
    [
        _named("column", "Column of the corpus, `struct.field` in a struct, or part of a date."),
        _named("value", "Value, or entry of a list; none where it is missing.", nullable=True),
        _count("documents", "Documents of the corpus that have it.", "documents"),
        _count("characters", "Length of their texts.", "code points"),
    ]
)
SIGNALS = pa.schema(
    [
        _SIGNAL,
        _OUTCOME,
        _count("documents", "Documents that have the outcome.", "documents"),
        _figure("sum", "Sum of the values.", unit="that of the signal"),
        _figure("min_value", "Least value.", unit="that of the signal"),
        _figure("max_value", "Greatest value.", unit="that of the signal"),
    ]
)
HISTOGRAMS = pa.schema(
    [
        _SIGNAL,
        _OUTCOME,
        _key(column("lower", pa.float64(), "Least value of the bin.", unit="that of the signal")),
        _key(
            column(
                "upper",
                pa.float64(),
                "Bound of the bin, which belongs to the next one but at the last.",
                unit="that of the signal",
            )
        ),
        _count("documents", "Documents whose value lies in the bin.", "documents"),
    ]
)
SHARDS = pa.schema(
    [
        _named("path", "File of the corpus, in the output folder."),
        _count("documents", "Its rows.", "documents"),
        _count("bytes", "Its size.", "bytes"),
        _count("characters", "Length of its texts.", "code points"),
        column("sha256", pa.string(), "Digest of the file, in hexadecimal."),
    ]
)

TEMPLATES = pa.schema(
    [
        _named("form", "Hash of the form, in hexadecimal."),
        _count("pages", "Pages that sources, gate and language let in and that have it.", "pages"),
        _count("titles", "Their different titles.", "titles"),
        _count("sites", "Sites that they are of.", "sites"),
        _count("registered_domains", "Registered domains that they are of.", "domains"),
        column("site", pa.string(), "Site of the first."),
        column("documents", list_of(pa.string()), "Ids of two of them with different titles."),
        column(
            "pattern", pa.string(), "How both begin, with `〔…〕` where something is filled in."
        ),
        column("slots", list_of(pa.string()), "What the one and the other fill into each slot."),
    ]
)

DUPLICATE_DELTAS = pa.schema(
    [
        _key(DECISION.field("duplicate_of")),
        _key(DECISION.field("duplicate_corpus")),
        _key(PROVENANCE.field("registered_domain")),
        _count("documents", "Documents of this run that were dropped for it.", "documents"),
        _count("reprints", "Those of them that are exact or near duplicates.", "documents"),
    ]
)

STATISTICS: Final = {
    "reasons": REASONS,
    "sources": SOURCES,
    "source_reasons": SOURCE_REASONS,
    "values": VALUES,
    "signals": SIGNALS,
    "histograms": HISTOGRAMS,
    "shards": SHARDS,
    "templates": TEMPLATES,
    "duplicate_deltas": DUPLICATE_DELTAS,
}
"""The tables, by the name of their file."""

COUNTED: Final = tuple(
    name for name in STATISTICS if name not in {"shards", "templates", "duplicate_deltas"}
)
"""Those that are added up from what is counted of each file of corpus and ledger."""

MEANINGS: Final = {
    "reasons": "One row per stage, outcome and reason, over the whole ledger.",
    "sources": "One row per host, also of those of which nothing was kept.",
    "source_reasons": "One row per host, stage, outcome and reason.",
    "values": "One row per value of each column of the corpus that has few; a column with more "
    "than 1,000 is left out.",
    "signals": "One row per signal and outcome: of kept documents as they are in the corpus, of "
    "rejected and duplicate ones as they were staged.",
    "histograms": "One row per bin in which there are documents, as of `signals`.",
    "shards": "One row per file of the corpus.",
    "templates": "One row per form that pages fill in under several titles (timetables, product "
    "pages, doorways), those of most pages first; at most 100 of about 500,000 documents.",
    "duplicate_deltas": "One row per document, of this run or of an earlier corpus, that documents "
    "of this run duplicate, registered domain of these, and file of the ledger: over all runs "
    "together they add up to the counts of reprints, in any order of the runs.",
}
"""What a row of each is."""


def keys_of(schema: pa.Schema) -> list[str]:
    """Returns the columns that say what a row is about."""
    return [field.name for field in schema if KEY in (field.metadata or {})]
