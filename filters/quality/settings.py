"""The section of a config that says what the signals `quality` and `text_probability` are."""

from pathlib import Path

from pydantic import Field

from jingyu.filters.settings.section import Section


class QualityModel(Section):
    """A model of your own: of `jingyu train-quality` (`.npz`), or else of fastText."""

    path: Path
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="Digest that the file must have.")
    label: str = Field("__label__clean", description="fastText label whose probability is taken.")


class Quality(Section):
    """What the signals `quality` and `text_probability` are."""

    builtin: bool = Field(
        default=True,
        description="Whether the model that comes with Jingyu says it, where `model` names none; "
        "without one, `quality` is `form_quality`.",
    )
    model: QualityModel | None = Field(None, description="A model of your own.")
