"""Counts over rows of ledger and corpus, as tables that add up: what `statistics/` holds."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jingyu.schemas.corpus import PLACES
from jingyu.schemas.decisions import KEPT, OUTCOMES
from jingyu.schemas.staging import RULED
from jingyu.schemas.statistics import STATISTICS, keys_of

Tallies = Mapping[str, pa.Table]
"""Tables of `STATISTICS`, by name."""

_ROWS_TOGETHER: Final = 1 << 16
"""Rows that wait to be added up, at least."""
_TABLES_TOGETHER: Final = 1 << 10
"""Tables that wait, at most: a table of one row takes some kilobytes."""
_RATIO_EDGES = np.linspace(0.0, 1.0, 51)
_BIT_EDGES = np.linspace(0.0, 16.0, 65)
_COUNT_EDGES = np.concatenate([[0.0], 2.0 ** np.arange(0.0, 30.5, 0.5)])
_VERDICTS: Final = ("mainland", "overseas", "unknown")
_MOST_VALUES: Final = 1000
_FREE: Final = frozenset(
    {"document_id", "text", "title", "author", "url", "host", "registered_domain", "source_file"}
    | {"record_id", "text_hash", "icp_numbers", "psb_numbers", "license_evidence"}
)
"""Columns of text that are about one document each."""
_MOST_LENGTH: Final = 100
"""Longest value that is counted as one, in code points: what is longer is prose."""


def edges_of(signal: str) -> NDArray[np.float64]:
    """Returns the bounds of the bins in which a signal is counted; the last bin is closed."""
    unit = RULED.field(signal).metadata[b"unit"]
    return {b"ratio": _RATIO_EDGES, b"bits": _BIT_EDGES}.get(unit, _COUNT_EDGES)


def merged(tallies: Iterable[Tallies]) -> dict[str, pa.Table]:
    """Returns the tables of all parts together, by name, their rows in the order of their keys.

    Parts are added as soon as they have as many rows as what they are added to: memory grows with
    the rows of the result alone, and each row is added up some times, not once for each part.
    """
    total: dict[str, pa.Table] = {}
    waiting: dict[str, list[pa.Table]] = defaultdict(list)
    rows: Counter[str] = Counter()

    def add(name: str) -> None:
        held = [total[name], *waiting.pop(name)] if name in total else waiting.pop(name)
        total[name] = _added_up(STATISTICS[name], held)
        rows[name] = 0

    for part in tallies:
        for name, table in part.items():
            waiting[name].append(table)
            rows[name] += table.num_rows
            if rows[name] >= max(_ROWS_TOGETHER, total[name].num_rows if name in total else 0):
                add(name)
            elif len(waiting[name]) >= _TABLES_TOGETHER:
                waiting[name] = [pa.concat_tables(waiting[name]).combine_chunks()]
    for name in list(waiting):
        add(name)
    return total


def _added_up(schema: pa.Schema, tables: Sequence[pa.Table]) -> pa.Table:
    keys = keys_of(schema)
    counted = [(name, _operation(name)) for name in schema.names if name not in keys]
    rows = pa.concat_tables(tables).group_by(keys, use_threads=False).aggregate(counted)
    columns = [rows[f"{name}_{how}"] for name, how in counted]
    whole = pa.Table.from_arrays(
        [*(rows[name] for name in keys), *columns], [*keys, *schema.names[len(keys) :]]
    )
    return whole.sort_by([(name, "ascending") for name in keys]).cast(schema)


def _operation(name: str) -> str:
    return {"min_": "min", "max_": "max"}.get(name[:4], "sum")


def _tallied(name: str, columns: Mapping[str, Any], rows: int) -> pa.Table:
    """Returns counts as a table of a schema; what is not given counts as 0."""
    schema = STATISTICS[name]
    zeros = np.zeros(rows, np.int64)
    arrays = [columns.get(field.name, zeros) for field in schema]
    listed = [
        array.cast(field.type)
        if isinstance(array, pa.Array | pa.ChunkedArray)
        else pa.array(array, field.type)
        for array, field in zip(arrays, schema, strict=True)
    ]
    return _added_up(schema, [pa.Table.from_arrays(listed, schema=schema)])


def ledger_tallies(rows: pa.Table) -> dict[str, pa.Table]:
    """Returns counts over rows of the ledger: of reasons, of sources, of the reasons of each."""
    count = rows.num_rows
    ones = np.ones(count, np.int64)
    columns = {name: rows[name] for name in rows.schema.names}
    lengths = {
        new: pc.fill_null(rows[name], 0)
        for name, new in (("payload_bytes", "payload_bytes"), ("char_count", "characters"))
        if name in columns
    }
    bounds = {
        f"{end}_{name}": rows[name] for end in ("min", "max") for name in ("measured", "limit")
    }
    outcomes = {name: pc.equal(rows["outcome"], name).cast(pa.int64()) for name in OUTCOMES}
    return {
        "reasons": _tallied("reasons", columns | bounds | lengths | {"pages": ones}, count),
        "sources": _tallied("sources", columns | outcomes | {"pages": ones}, count),
        "source_reasons": _tallied("source_reasons", columns | {"pages": ones}, count),
    }


def duplicate_tallies(rows: pa.Table) -> dict[str, pa.Table]:
    """Returns, of rows of the ledger, how many documents of each domain duplicate each document."""
    dropped = rows.filter(pc.equal(rows["stage"], "deduplicate"))
    columns = {name: dropped[name] for name in dropped.schema.names}
    is_reprint = pc.is_in(dropped["reason"], pa.array(["exact_duplicate", "near_duplicate"]))
    counts = {
        "documents": np.ones(dropped.num_rows, np.int64),
        "reprints": is_reprint.cast(pa.int64()),
    }
    name = "duplicate_deltas"
    return {name: _tallied(name, columns | counts, dropped.num_rows)}


def corpus_tallies(documents: pa.Table) -> dict[str, pa.Table]:
    """Returns counts over documents of the corpus: of sources, values and signals.

    Args:
        documents: Columns of `DOCUMENT`, each by itself, and others that a corpus may have.
    """
    count = documents.num_rows
    columns = {name: documents[name] for name in documents.schema.names}
    characters = {"characters": documents["char_count"]}
    verdicts = {name: pc.equal(documents["origin"], name).cast(pa.int64()) for name in _VERDICTS}
    signals = documents.select([name for name in documents.schema.names if name in RULED.names])
    outcomes = pa.array([KEPT]).take(pa.array(np.zeros(count, np.int64)))
    return {
        "sources": _tallied(
            "sources",
            {**{n: columns[n] for n in ("registered_domain", "host")}, **characters, **verdicts},
            count,
        ),
        "values": _values(documents),
        **signal_tallies(signals, outcomes),
    }


def signal_tallies(signals: pa.Table, outcomes: pa.Array) -> dict[str, pa.Table]:
    """Returns totals and distributions of signals, by outcome.

    Args:
        signals: Columns of `RULED`.
        outcomes: Outcome of each row.
    """
    encoded = outcomes.dictionary_encode()
    codes = encoded.indices.to_numpy()
    values = np.empty((signals.num_columns, signals.num_rows))
    for place, column in enumerate(signals.columns):
        values[place] = column.to_numpy()
    named = {"signal": pa.array(signals.schema.names, pa.string()), "outcome": encoded.dictionary}
    return {
        "signals": _totals(values, codes, named),
        "histograms": _histograms(values, codes, named),
    }


def _totals(
    values: NDArray[np.float64], codes: NDArray[np.int32], named: Mapping[str, pa.Array]
) -> pa.Table:
    """Returns the sum and the bounds of signals, by outcome.

    Args:
        values: A row for each signal, a column for each document.
        codes: Place of the outcome of each document.
        named: Names of signals and outcomes.
    """
    found: list[dict[str, Any]] = []
    signals = np.arange(len(values))
    for code in range(len(named["outcome"])):
        own = np.compress(codes == code, values, axis=1)
        totals = {"documents": np.full(len(values), own.shape[1]), "sum": own.sum(axis=1)}
        bounds = {"min_value": own.min(axis=1), "max_value": own.max(axis=1)}
        found.append(_of(named, signals, np.full(len(values), code)) | totals | bounds)
    return _table("signals", found)


def _histograms(
    values: NDArray[np.float64], codes: NDArray[np.int32], named: Mapping[str, pa.Array]
) -> pa.Table:
    """Returns how many documents have a signal in each bin that has some, as for `_totals`."""
    alike: dict[int, list[int]] = {}
    edges = [edges_of(signal) for signal in named["signal"].to_pylist()]
    for number, each in enumerate(edges):
        alike.setdefault(id(each), []).append(number)
    found: list[dict[str, Any]] = []
    count = len(named["outcome"])
    for places in alike.values():
        bounds = edges[places[0]]
        size = len(bounds) - 1
        bins = np.clip(np.searchsorted(bounds, values[places], "right") - 1, 0, size - 1)
        rows = np.arange(len(places))[:, np.newaxis] * count + codes
        counts = np.bincount((rows * size + bins).ravel(), minlength=1)
        here = np.flatnonzero(counts)
        row, place = np.divmod(here, size)
        signal, outcome = np.divmod(row, max(count, 1))
        inside = {"lower": bounds[place], "upper": bounds[place + 1], "documents": counts[here]}
        found.append(_of(named, np.array(places)[signal], outcome) | inside)
    return _table("histograms", found)


def _of(
    named: Mapping[str, pa.Array], signals: NDArray[np.int64], outcomes: NDArray[np.int64]
) -> dict[str, Any]:
    """Returns the names of signals and outcomes at some places."""
    places = {"signal": signals, "outcome": outcomes}
    return {name: names.take(pa.array(places[name])) for name, names in named.items()}


def _table(name: str, parts: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Returns columns, in parts, as a table of a schema, its rows in the order of their keys."""
    schema = STATISTICS[name]
    tables = [
        pa.Table.from_arrays(
            [pa.array(part[field.name]).cast(field.type) for field in schema], schema=schema
        )
        for part in parts
    ]
    return _added_up(schema, [schema.empty_table(), *tables])


def _values(documents: pa.Table) -> pa.Table:
    tables = [STATISTICS["values"].empty_table()]
    for name, values, lengths in _counted(documents):
        rows = pa.table({"value": values, "characters": lengths})
        found = rows.group_by("value", use_threads=False).aggregate(
            [([], "count_all"), ("characters", "sum")]
        )
        names = pa.array([name]).take(pa.array(np.zeros(found.num_rows, np.int64)))
        columns = [names, found["value"], found["count_all"], found["characters_sum"]]
        tables.append(pa.Table.from_arrays(columns, schema=STATISTICS["values"]))
    return _added_up(STATISTICS["values"], tables)


def _counted(documents: pa.Table) -> Iterable[tuple[str, Any, Any]]:
    """Yields what is counted: name, value of each document or entry, and length of its text."""
    characters = documents["char_count"].combine_chunks()
    for field in documents.schema:
        column, name = documents[field.name], ".".join(PLACES.get(field.name, (field.name,)))
        if field.name in _FREE:
            continue
        if pa.types.is_string(field.type):
            yield name, _short(column), characters
        elif pa.types.is_boolean(field.type):
            yield name, column.cast(pa.string()), characters
        elif pa.types.is_list(field.type) and pa.types.is_string(field.type.value_type):
            entries, places = pc.list_flatten(column), pc.list_parent_indices(column)
            yield name, _short(entries), characters.take(places.combine_chunks())
    for name, form in (("captured_at", "%Y-%m"), ("published_at", "%Y")):
        if name in documents.schema.names:
            told = name.removesuffix("_at") + ("_month" if "m" in form else "_year")
            yield told, pc.strftime(documents[name], form), characters


def _short(values: Any) -> Any:
    return pc.utf8_slice_codeunits(values, 0, _MOST_LENGTH)


def without_free_text(values: pa.Table) -> pa.Table:
    """Returns rows of `VALUES` without columns that have too many values."""
    sizes = values.group_by("column").aggregate([("value", "count")])
    few = sizes.filter(pc.less_equal(sizes["value_count"], _MOST_VALUES))["column"]
    return values.filter(pc.is_in(values["column"], few.combine_chunks()))
