"""The scores of a document, by what the config says."""

import functools
import hashlib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any, Final

from jingyu.filters.quality.model.text_model import SUFFIX, TextModel, read_model
from jingyu.filters.quality.quality import quality
from jingyu.filters.quality.settings import Quality, QualityModel

_SHIPPED: Final = f"quality_zh{SUFFIX}"


def scores(
    text: str, title: str | None, signals: Mapping[str, Any], settings: Quality
) -> dict[str, float]:
    """Returns `form_quality`, `text_probability` and `quality`, 0 to 1.

    Args:
        text: The document.
        title: Its title, if it is known.
        signals: What is measured on it, by column.
        settings: Which model answers.
    """
    form = quality(signals)
    found = {"form_quality": form, "text_probability": 1.0, "quality": form}
    model = settings.model
    if model is None:
        answers = shipped_model().probabilities(text, title, signals) if settings.builtin else {}
        return found | answers
    if model.path.suffix == SUFFIX:
        return found | read_model(model.path, model.sha256).probabilities(text, title, signals)
    return found | {"quality": _fasttext_probability(text, model)}


@functools.cache
def shipped_model() -> TextModel:
    """Returns the model that comes with Jingyu."""
    return TextModel.from_bytes(_shipped_bytes())


@functools.cache
def shipped_model_sha256() -> str:
    """Returns its digest."""
    return hashlib.sha256(_shipped_bytes()).hexdigest()


def _shipped_bytes() -> bytes:
    return (resources.files("jingyu.configs") / "models" / _SHIPPED).read_bytes()


def _fasttext_probability(text: str, settings: QualityModel) -> float:
    """Returns a fastText model's probability of its label for the text's characters, 0 to 1."""
    characters = " ".join(text.replace("\n", ""))
    predictions = _fasttext_model(settings.path, settings.sha256).f.predict(
        characters.encode("utf-8", "replace").decode("utf-8") + "\n", -1, 0.0, "strict"
    )
    return float(min(1.0, next((p for p, label in predictions if label == settings.label), 0.0)))


@functools.cache
def _fasttext_model(path: Path, sha256: str) -> Any:
    import fasttext

    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise ValueError(f"{path} has changed since the config was read")
    return fasttext.load_model(str(path))
