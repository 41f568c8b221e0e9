"""Which documents came, went or changed their text."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jingyu.pipeline.audit.output import Output

BY_ID: Final = "document_id"
BY_ADDRESS: Final = "url"
_CHARACTERISTICS: Final = ("text_hash", "char_count")


@dataclass(frozen=True)
class Compared:
    """Documents of two outputs, by what became of them: tables of their names and `place`.

    Attributes:
        by: What names them: `document_id`, or `url` where the outputs are of different crawls.
        came: In the second alone.
        went: In the first alone.
        changed: In both, with another text; `place` in the second, `place_before` in the first.
        moved: Of those that came, how many have the text of one in the first at another address.
    """

    by: str
    came: pa.Table
    went: pa.Table
    changed: pa.Table
    same: int
    moved: int
    characters: dict[str, int]


def compared(one: Output, other: Output) -> Compared:
    """Returns what came, went and changed between two outputs.

    Outputs of the same inputs are compared by id. A text has changed if its normal form or its
    length has.
    """
    by = BY_ID if same_inputs(one, other) else BY_ADDRESS
    left, right = (_documents(output, by) for output in (one, other))
    # Joins of Arrow take four times as long as looking up where each stands.
    places = pc.index_in(right[by], left[by].combine_chunks())
    is_new = pc.is_null(places)
    is_gone = np.ones(left.num_rows, np.bool_)
    is_gone[places.drop_null().to_numpy()] = False
    figures = [*_CHARACTERISTICS, "place"]
    both = right.select(figures).filter(pc.invert(is_new))
    before = left.select(figures).take(places.drop_null())
    differs = pc.or_(*(pc.not_equal(both[name], before[name]) for name in _CHARACTERISTICS))
    rows = np.flatnonzero(places.is_valid().to_numpy())[differs.to_numpy()]
    changed = right.take(pa.array(rows))
    changed = changed.append_column("place_before", before["place"].filter(differs))
    came, went = right.filter(is_new), left.filter(pa.array(is_gone))
    moved = (
        pc.sum(pc.is_in(came["text_hash"], left["text_hash"])).as_py() if by == BY_ADDRESS else 0
    )
    return Compared(
        by,
        came,
        went,
        changed,
        both.num_rows - changed.num_rows,
        moved or 0,
        {
            "came": pc.sum(came["char_count"]).as_py() or 0,
            "went": pc.sum(went["char_count"]).as_py() or 0,
            "changed": (pc.sum(both["char_count"]).as_py() or 0)
            - (pc.sum(before["char_count"]).as_py() or 0),
        },
    )


def same_inputs(one: Output, other: Output) -> bool:
    """Returns whether two outputs are of the same inputs, so that ids name the same records."""
    return _digests(one) == _digests(other)


def _digests(output: Output) -> set[tuple[Any, ...]]:
    return {(each["name"], each["sha256"]) for each in output.manifest.get("inputs", [])}


def _documents(output: Output, by: str) -> pa.Table:
    """Returns name, characteristics and place in the corpus of each document."""
    table = output.corpus.to_table([by, *_CHARACTERISTICS])
    table = table.append_column("place", pa.array(np.arange(table.num_rows)))
    if by == BY_ID:
        return table
    # Of several captures of an address the first counts.
    named = table.filter(pc.is_valid(table[by]))
    firsts = named.group_by(by).aggregate([("place", "min")])["place_min"]
    return table.take(firsts)
