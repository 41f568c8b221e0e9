"""One row per document of the corpus."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import pyarrow as pa

from jingyu.schemas.changes import CHANGES
from jingyu.schemas.column import column
from jingyu.schemas.decisions import DECISIONS
from jingyu.schemas.lexicon import LEXICON
from jingyu.schemas.origin import ORIGIN
from jingyu.schemas.provenance import PROVENANCE
from jingyu.schemas.rights import RIGHTS
from jingyu.schemas.signals import SIGNALS
from jingyu.schemas.site import SITE
from jingyu.schemas.staging import SIGNATURE, TEXT

CLEANING = pa.schema([field for field in CHANGES if field.name not in {"row", "ranges"}])
_BAND = column(
    "band",
    pa.string(),
    "Quality band, as the config names it; none where the config has no bands.",
    nullable=True,
)
_COUNTS = (DECISIONS.field("duplicate_count"), DECISIONS.field("duplicate_domain_count"))
_SAMPLING = column(
    "sampling_weight",
    pa.float64(),
    "A suggestion of how often to sample the document, 1 to 4, for those who weigh texts by their "
    "reprints: with n = 1 + `duplicate_domain_count` it is 1 + 3 · max(0, min(log n / log 10, "
    "log(65 / n) / log 6.5)), so 1 without reprints, 4 at ten domains, 1 again from 65 on. It "
    "follows FineWeb2's rehydration (huggingface/fineweb-2, misc/rehydration, `cmn_Hani`), which "
    "counts pages and repeats up to ten times: for at most m times, 1 + (weight - 1) · (m - 1) / "
    "3. SoftDedup (arXiv 2407.06654) weighs common texts below others; their copies were dropped "
    "here. `source_weight` is not in it.",
    unit="factor",
)

DOCUMENT = pa.schema(
    [
        *PROVENANCE,
        *TEXT,
        *ORIGIN,
        *SITE,
        *RIGHTS,
        *SIGNALS,
        *LEXICON,
        SIGNATURE.field("text_hash"),
        _BAND,
        *_COUNTS,
        _SAMPLING,
        *CLEANING,
    ]
)
"""All that is known of a document of the corpus, each thing in a column of its own. Statistics and
review sheets are made of these; the files of the corpus put most of them into structs."""

TOP: Final = (
    "document_id", "text", "title", "author", "published_at", "url", "host", "registered_domain",
    "captured_at", "language", "language_score", "script", "traditional_ratio", "source_name",
    "source_category", "source_tier", "source_basis", "source_weight", "license", "quality",
    "band", "damage", "char_count", "duplicate_count", "duplicate_domain_count", "sampling_weight",
    "text_hash", "source_file", "offset", "ordinal",
)  # fmt: skip
"""What everybody uses: columns that stand in the corpus by themselves, not in a struct."""


class Details(NamedTuple):
    """A struct of the corpus, and the columns of `DOCUMENT` that are its fields."""

    description: str
    fields: dict[str, str]
    """Field by column."""


def _by_name(names: Sequence[str], prefix: str = "") -> dict[str, str]:
    """Returns the name of each column as a field of a struct, but for those of `TOP`."""
    return {name: name.removeprefix(prefix) for name in names if name not in TOP}


_MASKED = [name for name in SIGNALS.names if name.startswith("masked_")]

STRUCTS: Final = {
    "signals": Details(
        "What is measured on the text; rules name these.",
        _by_name([name for name in SIGNALS.names if name not in _MASKED]),
    ),
    "masked": Details(
        "Personal data that was masked, by type; rules name these as `masked_…`.",
        _by_name(_MASKED, "masked_"),
    ),
    "lexicon": Details(
        "What word lists find; rules name these as `lexicon_…`. Only what a list is configured "
        "for; the struct is missing where none is.",
        _by_name(LEXICON.names, "lexicon_"),
    ),
    "rights": Details(
        "What the page and its site say about the use of the page.", _by_name(RIGHTS.names)
    ),
    "origin": Details(
        "Whether the page comes from the mainland, and what speaks for and against it.",
        {"origin": "verdict"}
        | {
            name: name.removeprefix("origin_")
            for name in ORIGIN.names
            if name not in TOP and name != "origin"
        },
    ),
    "site": Details(
        "What the page says of its site: names, links, provinces that disagree.",
        {"site": "key"} | _by_name(SITE.names, "site_"),
    ),
    "extraction": Details(
        "How the page was read.",
        {name: name for name in ("extractor", "charset", "charset_source")},
    ),
    "record": Details(
        "The record of the crawl that the page stands in.",
        {
            name: name.removeprefix("record_")
            for name in PROVENANCE.names
            if name not in TOP and name != "site"
        },
    ),
    "cleaning": Details(
        "What left the text, and questions of evaluation sets in it.", _by_name(CLEANING.names)
    ),
}
"""The structs of the corpus, by name."""

PLACES: Final = {name: (name,) for name in TOP} | {
    name: (struct, field)
    for struct, details in STRUCTS.items()
    for name, field in details.fields.items()
}
"""Where each column of `DOCUMENT` stands in the corpus: a column, or a struct and its field."""


def corpus_schema(subjects: Sequence[str]) -> pa.Schema:
    """Returns the schema of the corpus, for word lists about some subjects.

    Args:
        subjects: Keys of `schemas.lexicon.SUBJECTS` that a list is configured for.
    """
    wanted = set(_lexicon_columns(subjects))
    structs = [
        (struct, [name for name in details.fields if name not in LEXICON.names or name in wanted])
        for struct, details in STRUCTS.items()
    ]
    return pa.schema(
        [
            *(DOCUMENT.field(name) for name in TOP),
            *(_struct(struct, names) for struct, names in structs if names),
        ]
    )


def _lexicon_columns(subjects: Sequence[str]) -> list[str]:
    """Returns what lists about the subjects measure, with what is measured over all lists."""
    if not subjects:
        return []
    ends = ("count", "distinct", "ratio")
    of_subjects = {f"lexicon_{subject}_{end}" for subject in subjects for end in ends}
    general = ("_context", "_severe_count", "_exempt_count")
    return [name for name in LEXICON.names if name in of_subjects or name.endswith(general)]


def _struct(struct: str, names: Sequence[str]) -> pa.Field:
    fields = STRUCTS[struct].fields
    inner = [DOCUMENT.field(name).with_name(fields[name]) for name in names]
    return column(struct, pa.struct(inner), STRUCTS[struct].description)
