"""The section of a config that says what the output looks like."""

from typing import Literal, Self

from pydantic import Field, model_validator

from jingyu.filters.settings.section import Ratio, Section


class Output(Section):
    """What the corpus looks like on disk."""

    shard_mib: float = Field(256, gt=0, description="Text in a shard, uncompressed, about.")
    quality_bands: dict[str, Ratio] = Field(
        {},
        description="Name of a band to its least quality, best first; each band gets a folder of "
        "its own. Documents below all go to the band `rest`.",
    )
    index: Literal["ngrams", "signatures", "nothing"] = Field(
        "ngrams",
        description="What later runs compare their documents with: signatures, with the n-grams "
        "that tell whether a document says what another says, or without them: then estimates of "
        "similarity decide alone.",
    )
    report: bool = Field(
        default=True, description="Whether a run ends with `report.html`, which people read."
    )
    allow_empty: bool = Field(
        default=False, description="Whether a corpus without documents is fine."
    )
    max_failed_ratio: Ratio = Field(
        0.05, description="Most records that may fail before the run is a failure."
    )

    @model_validator(mode="after")
    def _bands_fall(self) -> Self:
        limits = list(self.quality_bands.values())
        if limits != sorted(set(limits), reverse=True):
            raise ValueError("`quality_bands` must fall from the best band to the worst")
        if not all(name.isidentifier() for name in self.quality_bands):
            raise ValueError(
                "names of `quality_bands` become folders: letters, digits and `_` only"
            )
        return self
