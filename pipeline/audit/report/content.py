"""What the texts hold: languages, dates, spam, words of lists, masked personal data, benchmarks."""

from typing import Any, Final

import pyarrow.compute as pc

from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.audit.report.tables import Tables
from jingyu.pipeline.page.mask.kinds import KINDS
from jingyu.schemas.lexicon import SUBJECTS

SENSITIVE: Final = frozenset(
    {"resident_id", "foreign_id", "regional_id", "permit", "passport", "bank_card", "coordinates"}
    | {"address", "social_security", "medical_record", "password"}
)
"""Types that are sensitive personal information: identity, accounts, whereabouts, health.

Source: GB/T 45574-2025, annex of categories, as accounts of it list them.
"""
_MOST_VALUES: Final = 60
_NONE: Final[dict[str, Any]] = {"documents": {}, "places": {}}
_MOST_TEMPLATES: Final = 50


def values(tables: Tables) -> dict[str, list[list[Any]]]:
    """Returns the values of each column, the most frequent first, with documents and characters."""
    found: dict[str, list[list[Any]]] = {}
    for row in tables["values"].to_pylist():
        one = [row["value"], row["documents"], row["characters"]]
        found.setdefault(row["column"], []).append(one)
    return {
        name: sorted(listed, key=lambda one: (-one[1], str(one[0])))[:_MOST_VALUES]
        for name, listed in found.items()
    }


def masked(tables: Tables) -> list[dict[str, Any]]:
    """Returns each type of personal data: spans masked and documents that had some, by outcome."""
    counts = _counts(tables)
    return [
        {"kind": kind, "placeholder": f"[{chinese}]", "is_sensitive": kind in SENSITIVE}
        | counts.get(f"masked_{kind}_count", _NONE)
        for kind, chinese in KINDS.items()
    ]


def lexicon(tables: Tables) -> list[dict[str, Any]]:
    """Returns each subject of word lists: places of its terms and documents that have some."""
    counts = _counts(tables)
    return [
        {"subject": subject, "name": name} | counts[f"lexicon_{subject}_count"]
        for subject, name in SUBJECTS.items()
        if f"lexicon_{subject}_count" in counts
    ]


def _counts(tables: Tables) -> dict[str, dict[str, Any]]:
    """Returns of each signal, by outcome, its sum and the documents where it is above 0."""
    found: dict[str, dict[str, Any]] = {}
    for row in tables["signals"].to_pylist():
        counts = found.setdefault(row["signal"], {"documents": {}, "places": {}})
        counts["documents"][row["outcome"]] = 0
        counts["places"][row["outcome"]] = round(row["sum"] or 0)
    above = tables["histograms"].filter(pc.field("lower") > 0)
    for row in above.select(["signal", "outcome", "documents"]).to_pylist():
        if row["outcome"] in found.get(row["signal"], _NONE)["documents"]:
            found[row["signal"]]["documents"][row["outcome"]] += row["documents"]
    return found


def templates(tables: Tables) -> list[dict[str, Any]]:
    """Returns the forms that most pages fill in under several titles, with their slots."""
    rows: list[dict[str, Any]] = tables["templates"].slice(0, _MOST_TEMPLATES).to_pylist()
    return rows


def contamination(output: Output) -> list[dict[str, Any]]:
    """Returns each evaluation set that was looked for, with the questions that were found."""
    found = output.stats.get("contamination", {})
    return [
        {"benchmark": name, "questions": told["questions"], "documents": told["documents"]}
        | {"found": len(told["contaminated_questions"]), "too_short": told["too_short"]}
        for name, told in found.items()
    ]
