"""What one run does: a YAML file as a frozen model, refused where it is wrong."""

import hashlib
from collections import Counter
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, PrivateAttr, ValidationError, model_validator

from filters.rule import Rule
from pipeline.config_paths import with_paths_from
from pipeline.contamination.settings import Decontamination
from pipeline.errors import ConfigError
from pipeline.sections import (
    Decoding,
    Deduplication,
    Extraction,
    Gate,
    Inputs,
    LanguageSection,
    LinesSection,
    Normalization,
    Output,
    Quality,
    Section,
    Signature,
    Sources,
    TakedownSection,
)
from pipeline.yaml_places import Places, nearest, parse
from schemas.reasons import REASONS


class RunConfig(Section):
    """One run. Every section has defaults; the rules have none."""

    inputs: Inputs = Inputs()
    sources: Sources = Sources()
    gate: Gate = Gate()
    decoding: Decoding = Decoding()
    extraction: Extraction = Extraction()
    normalization: Normalization = Normalization()
    language: LanguageSection = LanguageSection()
    signature: Signature = Signature()
    quality: Quality = Quality()
    rules: tuple[Rule, ...]
    deduplication: Deduplication = Deduplication()
    lines: LinesSection = LinesSection()
    decontamination: Decontamination = Decontamination()
    takedown: TakedownSection = TakedownSection()
    output: Output = Output()

    _digests: dict[str, str] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if not self.rules:
            raise ValueError("`rules` is empty: give at least one rule")
        reasons = Counter(rule.reason for rule in self.rules)
        repeated = sorted(reason for reason, times in reasons.items() if times > 1)
        if repeated:
            raise ValueError(
                f"each rule needs a reason of its own; repeated: {', '.join(repeated)}"
            )
        reserved = sorted(reasons.keys() & REASONS.keys())
        if reserved:
            raise ValueError(f"reasons that other stages use: {', '.join(reserved)}")
        bands, rows = self.deduplication.banding(self.signature.hashes)
        needed = bands * rows
        if self.deduplication.find == "near" and needed > self.signature.hashes:
            raise ValueError(
                f"`deduplication` needs {needed} hashes (bands x rows), but `signature.hashes` "
                f"is {self.signature.hashes}"
            )
        return self

    @property
    def digests(self) -> dict[str, str]:
        """SHA-256 of each file that the config names."""
        return dict(self._digests)


def load_config(path: str | Path) -> RunConfig:
    """Returns the config in a YAML file; relative paths in it start at its folder.

    Raises:
        ConfigError: The file cannot be read or is wrong; each error has its place and the fix.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot read the config: {error}") from error
    values, places = parse(text, path)
    try:
        config = RunConfig.model_validate(with_paths_from(path.parent, values))
    except ValidationError as error:
        raise ConfigError("\n".join(_sentences(error, places))) from None
    return _with_digests(config, path)


def _with_digests(config: RunConfig, path: Path) -> RunConfig:
    files = [*config.sources.allow_lists, *config.sources.block_lists]
    files += map(Path, config.takedown.lists)
    model = config.quality.model
    if model:
        files.append(model.path)
    for file in files:
        try:
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
        except OSError as error:
            raise ConfigError(f"{path}: names {file}, which cannot be read: {error}") from error
        config._digests[str(file)] = digest  # noqa: SLF001  (filled once, here)
    if model and config._digests[str(model.path)] != model.sha256:  # noqa: SLF001
        raise ConfigError(
            f"{path}: quality.model.sha256 is not that of {model.path}; "
            f"the file has {config.digests[str(model.path)]}"
        )
    return config


def _sentences(error: ValidationError, places: Places) -> list[str]:
    sentences = []
    for detail in error.errors():
        location = tuple(detail["loc"])
        message = detail["msg"].removeprefix("Value error, ")
        if detail["type"] == "extra_forbidden":
            message = nearest(str(location[-1]), _keys_at(location[:-1]))
        elif detail["type"] == "missing":
            message = "is missing"
        sentences.append(f"{places.of(location)} — {message}")
    return sentences


def _keys_at(location: tuple[int | str, ...]) -> list[str]:
    """Returns the keys that the model allows at a place."""
    model: Any = RunConfig
    for part in location:
        if isinstance(part, int):
            continue
        annotation = model.model_fields[part].annotation
        inner = [annotation, *getattr(annotation, "__args__", ())]
        model = next(
            kind for kind in inner if isinstance(kind, type) and issubclass(kind, BaseModel)
        )
    return list(model.model_fields)
