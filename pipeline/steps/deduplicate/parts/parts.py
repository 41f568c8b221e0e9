"""All documents that meet: the staged items of this run, then the indexes of earlier corpora."""

from collections.abc import Sequence

from jingyu.pipeline.steps.deduplicate.parts.index_part import Index, IndexPart
from jingyu.pipeline.steps.deduplicate.parts.staged_part import StagedPart
from jingyu.pipeline.store.layout import Layout

Part = StagedPart | IndexPart


def parts_for(
    keys: Sequence[str], layout: Layout, indexes: Sequence[Index] = (), hashes: int = 0
) -> list[Part]:
    """Returns the parts in their order; a part's number is its place.

    Args:
        keys: Staged items.
        layout: Where they are.
        indexes: Indexes of earlier corpora.
        hashes: Length of their signatures.
    """
    parts: list[Part] = [StagedPart(number, key, layout) for number, key in enumerate(keys)]
    for index in indexes:
        for file in index.files:
            parts.append(IndexPart(len(parts), file.path, index.corpus, hashes))
    return parts
