"""What an item's documents suffer for the verdicts on their sites."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jingyu.filters.decisions import Decisions
from jingyu.filters.rule import Rule
from jingyu.filters.select import end_by_rules
from jingyu.filters.source.pasted_names import contradicting_place_count
from jingyu.filters.source.settings import Verdicts
from jingyu.filters.standing import BY_VERDICT
from jingyu.pipeline.steps.sources.figures import hashes_of
from jingyu.pipeline.steps.sources.judged import against_of
from jingyu.schemas.decisions import REJECTED, Decision
from jingyu.schemas.sites import VERDICTS

_EXEMPT = ("trusted", "fine")
"""Sites whose pages may fill in a template: schools and offices have forms, too."""


def places_of(sites: pa.ChunkedArray, told: NDArray[np.void]) -> NDArray[np.int64]:
    """Returns, for each document, the place of its site among what was told, or -1 for none."""
    if not len(told):
        return np.full(len(sites), -1)
    encoded = sites.combine_chunks().dictionary_encode()
    hashes = hashes_of([name or "" for name in encoded.dictionary.to_pylist()])
    order = np.argsort(told["site"])
    found = np.searchsorted(told["site"], hashes, sorter=order)
    found = order[np.minimum(found, len(order) - 1)]
    found = np.where(told["site"][found] == hashes, found, -1)
    numbers = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return np.where(numbers >= 0, found[numbers], -1) if len(found) else numbers


def drop_sites(
    decisions: Decisions, places: NDArray[np.int64], told: NDArray[np.void], settings: Verdicts
) -> None:
    """Ends the way of the documents of sites that leave whole.

    Args:
        decisions: What is added to.
        places: What `places_of` returned.
        told: Verdicts on sites.
        settings: Which of them leave.
    """
    verdict_places = _verdict_places(places, told)
    for verdict in settings.drop:
        is_of_it = verdict_places == VERDICTS.index(verdict)
        rows = np.flatnonzero((places >= 0) & is_of_it)
        decision, measured = _decision(verdict, settings), told["bad_ratio"][places[rows]]
        if verdict == "bad":
            decisions.end(rows, decision, measured=measured)
        else:
            evidence = [", ".join(against_of(mask)) or None for mask in _masks(told, places[rows])]
            decisions.end(rows, decision, evidence=evidence)


def drop_fillings(
    decisions: Decisions, filled: NDArray[np.void], verdicts: pa.Array, settings: Verdicts
) -> None:
    """Ends the way of documents that fill in a template, but of sites that are trusted or fine.

    Args:
        decisions: What is added to.
        filled: Rows of `forms.FILLING`, of templates with more titles than may stay.
        verdicts: Of each document's site; null where there is none.
        settings: How many titles may stay.
    """
    is_exempt = pc.is_in(verdicts, pa.array(_EXEMPT)).to_numpy(zero_copy_only=False)
    leaving = filled[~is_exempt[filled["row"]]]
    decision = Decision(REJECTED, "sources", "filled_template", None, settings.max_template_titles)
    decisions.end(leaving["row"].astype(np.int64), decision, measured=leaving["titles"])


def drop_named(
    decisions: Decisions,
    rows: NDArray[np.int64],
    texts: Iterable[str],
    common: NDArray[np.void],
) -> None:
    """Ends the way of documents whose text has a name of their site, or contradicts its province.

    Args:
        decisions: What is added to.
        rows: Documents of doubtful sites of which names are told.
        texts: Their texts.
        common: Rows of `names.COMMON`, of the site of each.
    """
    pasted: dict[int, str] = {}
    contradicting: dict[int, int] = {}
    for row, text, told in zip(rows.tolist(), texts, common, strict=True):
        name, home, province = (told[key].decode() for key in ("name", "home", "province"))
        found = next((one for one in (name, home) if one and one in text), None)
        if found:
            pasted[row] = found
        elif province and (count := contradicting_place_count(text, province, name)):
            contradicting[row] = count
    decision = Decision(REJECTED, "sources", "site_name_pasted")
    decisions.end(_rows(pasted), decision, evidence=list(pasted.values()))
    decision = Decision(REJECTED, "sources", "places_contradict")
    decisions.end(_rows(contradicting), decision, measured=np.array(list(contradicting.values())))


def end_by_verdict(
    decisions: Decisions,
    documents: pa.Table,
    rules: Sequence[Rule],
    verdicts: pa.Array,
    is_open: NDArray[np.bool_],
) -> None:
    """Ends the way of the documents that rules with limits by verdict reject.

    Args:
        decisions: What is added to.
        documents: `columns_of` the rules.
        rules: Which ones.
        verdicts: Of the document's site; null where there is none.
        is_open: Which documents may end.
    """
    if rules:
        judged = documents.append_column(BY_VERDICT.column, verdicts)
        end_by_rules(judged, rules, decisions, is_open)


def verdicts_of(places: NDArray[np.int64], told: NDArray[np.void]) -> pa.Array:
    """Returns the verdict on each document's site, null where none was told."""
    names = pa.array(VERDICTS, pa.string())
    found = _verdict_places(places, told)
    return names.take(pa.array(found, mask=places < 0))


def _verdict_places(places: NDArray[np.int64], told: NDArray[np.void]) -> NDArray[np.int64]:
    """Returns places in `VERDICTS`; that of a site which was not told is any."""
    if not len(told):
        return np.zeros(len(places), np.int64)
    return told["verdict"][places].astype(np.int64)


def _masks(told: NDArray[np.void], places: NDArray[np.int64]) -> Sequence[int]:
    masks: list[int] = told["mask"][places].tolist()
    return masks


def _decision(verdict: str, settings: Verdicts) -> Decision:
    limit = settings.max_bad_ratio if verdict == "bad" else None
    return Decision(REJECTED, "sources", f"{verdict}_source", None, limit)


def _rows(by_row: dict[int, Any]) -> NDArray[np.int64]:
    return np.array(list(by_row), np.int64)
