"""The section of a config that says what the signal `quality` is."""

from pathlib import Path

from pydantic import Field

from jingyu.filters.settings.section import Section


class QualityModel(Section):
    """A fastText model whose probability becomes the signal `quality`."""

    path: Path
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="Digest that the file must have.")
    label: str = Field("__label__clean", description="Label whose probability is taken.")


class Quality(Section):
    """What the signal `quality` is."""

    model: QualityModel | None = Field(
        None,
        description="fastText model; without one, the combination in `filters/quality/quality.py`.",
    )
