"""The section of a config that says what counts as a duplicate, and which document stays."""

import functools
from typing import Literal, Self

from pydantic import Field, model_validator

from jingyu.filters.settings.section import Ratio, Section

Preference = Literal[
    "tier", "quality", "longest", "shortest", "earliest", "latest", "simplified", "traditional"
]
"""What a document can be better by."""

_WEIGHT_OF_MISSES = 0.9
"""A pair found in vain costs one comparison, a pair missed leaves a duplicate in the corpus."""


class Deduplication(Section):
    """What counts as a duplicate, and which document stays."""

    find: Literal["near", "exact", "nothing"] = Field(
        "near",
        description="`exact`: documents of the same normal form; `near`: these, and documents that "
        "resemble a kept one.",
    )
    bands: int | None = Field(
        14, ge=1, description="Bands of the signature; none: those that suit `min_similarity`."
    )
    rows: int | None = Field(
        8, ge=1, description="Hashes in a band; none: those that suit `min_similarity`."
    )
    min_similarity: float = Field(
        0.7,
        gt=0,
        le=1,
        description="Least Jaccard similarity of a near duplicate to the kept document.",
    )
    min_coverage: Ratio = Field(
        0.9,
        description="Least share of a near duplicate's characters that lie in n-grams of the kept "
        "document; a text of which less is kept says more, and stays.",
    )
    max_own_chars: int = Field(
        24,
        ge=0,
        description="Longest stretch of a near duplicate that the kept document has not; texts in "
        "which figures and names differ, as in forms filled in, both stay whatever this is.",
    )
    contained: Literal["drop", "drop_collections", "keep"] = Field(
        "drop",
        description="What becomes of a document that stands as a whole in a longer one, as a post "
        "in an archive: `drop` keeps the longer one alone, `keep` both; `drop_collections` keeps "
        "the shorter ones where two or more of them together say all that the longer one says.",
    )
    min_near_chars: int = Field(
        64,
        ge=0,
        description="Shorter texts are duplicates only of their equals: two notices that differ "
        "in a date alone are 0.85 similar at 64 characters.",
    )
    one_per_url: bool = Field(
        default=True,
        description="Whether of several captures of one address, by its canonical form, one stays.",
    )
    against: tuple[str, ...] = Field(
        (),
        description="Outputs of earlier runs, or folders of their indexes: what duplicates a "
        "document of theirs is dropped.",
    )
    keep: tuple[Preference, ...] = Field(
        ("quality", "earliest", "longest"),
        description="Which of those stays that say the same, by the first that differs; then the "
        "lowest id. A text that says more stays before one that says less, whatever stands here. "
        "Sources that the register does not have rank between `general` and `untrusted`.",
    )

    @model_validator(mode="after")
    def _keeps_by_each_once(self) -> Self:
        if len(set(self.keep)) < len(self.keep):
            raise ValueError(f"`keep` names something twice: {', '.join(self.keep)}")
        if (self.bands is None) != (self.rows is None):
            raise ValueError("give both `bands` and `rows`, or null for both")
        return self

    @property
    def finds_contained(self) -> bool:
        """Whether documents within longer ones are looked for."""
        return self.find == "near" and self.contained != "keep"

    def banding(self, hashes: int) -> tuple[int, int]:
        """Returns the bands and the rows of a band, for signatures of so many hashes."""
        if self.bands is None or self.rows is None:
            return _optimal_bands(self.min_similarity, hashes)
        return self.bands, self.rows


@functools.cache
def _optimal_bands(min_similarity: float, hashes: int) -> tuple[int, int]:
    """Returns the bands and rows whose areas of false positives and negatives weigh least.

    Source: the optimiser of datasketch's `MinHashLSH`.
    """
    from datasketch import MinHashLSH  # brings SciPy: a second, only where bands are not given

    weights = (1 - _WEIGHT_OF_MISSES, _WEIGHT_OF_MISSES)
    index = MinHashLSH(threshold=min_similarity, num_perm=hashes, weights=weights)
    return index.b, index.r
