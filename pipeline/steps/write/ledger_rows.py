"""Rows of the ledger: what is staged of an item's records, with all that was decided on them."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from jingyu.filters.decisions import Decisions
from jingyu.pipeline.steps.write.takedown import Takedown
from jingyu.pipeline.steps.write.taken_down import end_taken_down, taken_down
from jingyu.pipeline.store.decided import read_decisions, read_decisions_on_ended
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.parquet import read_parquet
from jingyu.schemas.decisions import DECISION
from jingyu.schemas.ledger import IN_BRIEF, LEDGER, LENGTH
from jingyu.schemas.provenance import DAMAGE_OF_DECODING, PROVENANCE

OF_THE_PASS: Final = frozenset({"sources", "gate", "language"})
"""Stages that decide in the pass, so that a narrower one stages nothing of what they end."""
ORDER: Final = ("source_file", "offset", "ordinal")
"""Columns by which files of an output are ordered."""
_UNKNOWN = (LENGTH.name, "rights")
"""What the ledger does not tell of records that no text was extracted of."""
_ENDED = [name for name in LEDGER.names if name not in _UNKNOWN]


def all_decisions(key: str, layout: Layout, takedown: Takedown | None = None) -> Decisions:
    """Returns all that was decided on an item's documents."""
    decisions = read_decisions(key, layout, "caps")
    if takedown:
        end_taken_down(decisions, taken_down(key, layout, takedown))
    return decisions


def item_ledger(key: str, layout: Layout, decisions: Decisions) -> pa.Table:
    """Returns the ledger rows of an item, in the order of its records.

    Args:
        key: Names the item.
        layout: Where things are.
        decisions: All that was decided on its documents.
    """
    rows = pa.concat_tables([_ended(key, layout), _documents(key, layout, decisions)])
    return rows.sort_by([(name, "ascending") for name in ORDER]).combine_chunks()


def _ended(key: str, layout: Layout) -> pa.Table:
    """Returns the rows of records whose way ended in extract, or earlier by narrower criteria."""
    rows = _with_nothing_known(read_parquet(layout.staged(key).ended, _ENDED))
    anew = read_decisions_on_ended(key, layout)
    if anew is None or anew.is_open.all():
        return rows.cast(LEDGER)
    is_anew = pa.array(~anew.is_open)
    replaced = dict(zip(DECISION.names, anew.ledger(), strict=True))
    columns = [
        pc.if_else(is_anew, replaced[name], rows[name].combine_chunks())
        if name in replaced
        else rows[name]
        for name in LEDGER.names
    ]
    return pa.Table.from_arrays(columns, schema=LEDGER)


def _with_nothing_known(rows: pa.Table) -> pa.Table:
    """Returns rows of records that no text was extracted of, as rows of the ledger."""
    for name in _UNKNOWN:
        field = LEDGER.field(name)
        rows = rows.append_column(field, pa.nulls(rows.num_rows, field.type))
    return rows.select(LEDGER.names)


def _documents(key: str, layout: Layout, decisions: Decisions) -> pa.Table:
    names = [*PROVENANCE.names, LENGTH.name, *IN_BRIEF]
    documents = read_parquet(layout.staged(key).documents, names)
    rights = [documents[name].combine_chunks() for name in IN_BRIEF]
    in_brief = pa.StructArray.from_arrays(rights, fields=list(LEDGER.field("rights").type))
    known = documents.select([*PROVENANCE.names, LENGTH.name]).columns
    columns = [*known, *decisions.ledger(), in_brief]
    return _as_the_pass_tells(pa.Table.from_arrays(columns, schema=LEDGER))


def _as_the_pass_tells(rows: pa.Table) -> pa.Table:
    """Returns rows of documents with no more than a narrower pass had seen of them.

    That is no damage of decoding, no length and no rights of those that it would have ended.
    """
    is_told = pc.invert(pc.is_in(rows["stage"], pa.array(sorted(OF_THE_PASS))))
    for name in _UNKNOWN:
        place = rows.schema.get_field_index(name)
        told = pc.if_else(is_told, rows[name].combine_chunks(), None)
        rows = rows.set_column(place, rows.schema.field(name), told)
    stages, damage = rows["stage"].to_pylist(), rows["damage"].to_pylist()
    seen = [
        [name for name in found if name not in DAMAGE_OF_DECODING]
        if stage in OF_THE_PASS
        else found
        for stage, found in zip(stages, damage, strict=True)
    ]
    place = rows.schema.get_field_index("damage")
    field = rows.schema.field("damage")
    return rows.set_column(place, field, pa.array(seen, field.type))
