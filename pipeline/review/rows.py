"""The rows of a review sheet: what a reviewer sees of each document."""

from collections.abc import Iterator, Sequence
from typing import Any

from jingyu.pipeline.review.cells import excerpt
from jingyu.pipeline.review.columns import KEYS
from jingyu.pipeline.review.corpus import Corpus
from jingyu.schemas.provenance import PROVENANCE

SheetRow = dict[str, str]
_AT_ONCE = 20_000
_SHOWN_ELSEWHERE = ("text", "title", "author", "published_at", "signature", *PROVENANCE.names)
_LAYOUT = (
    "line_count", "mean_line_length", "han_count", "digit_ratio", "punctuation_ratio",
    "symbol_ratio", "function_char_ratio", "punctuated_line_ratio", "short_line_ratio",
    "bullet_line_ratio", "ellipsis_line_ratio", "cut_line_ratio", "bracket_ratio",
    "duplicate_line_ratio", "duplicate_line_char_ratio", "top_2gram_ratio", "top_3gram_ratio",
    "top_4gram_ratio", "duplicate_5gram_ratio", "duplicate_10gram_ratio", "char_entropy",
    "text_density", "traditional_ratio", "charset", "charset_source", "extractor", "text_hash",
)  # fmt: skip
"""Columns that say how a text is built and read: nothing that a person judges by."""


def sheet_rows(corpus: Corpus, ids: Sequence[str], characters: int) -> Iterator[SheetRow]:
    """Yields the rows of a sheet in the order of the ids.

    A large sample takes several passes over the corpus, so that memory stays bounded.

    Args:
        corpus: Where the documents are.
        ids: Which of them.
        characters: Most code points of a text that are shown.
    """
    evidence = [name for name in corpus.columns if name not in (*_SHOWN_ELSEWHERE, *_LAYOUT)]
    columns = [name for name in corpus.columns if name in KEYS or name in evidence]
    for start in range(0, len(ids), _AT_ONCE):
        wanted = ids[start : start + _AT_ONCE]
        found = {}
        for row in corpus.rows(wanted, columns):
            found[row["document_id"]] = _sheet_row(row, evidence, characters)
        for number, name in enumerate(wanted, start + 1):
            yield found[name] | {"no": str(number)}


def _sheet_row(row: dict[str, Any], evidence: Sequence[str], characters: int) -> SheetRow:
    shown = {key: _as_text(row.get(key)) for key in KEYS}
    shown["text"] = excerpt(row["text"], characters)
    told = ((name, _as_text(row[name])) for name in evidence if row.get(name))
    shown["evidence"] = "\n".join(f"{name}: {value}" for name, value in told)
    return shown


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:.4g}" if isinstance(value, float) else str(value)
