"""What one run does: a YAML file as a frozen model, refused where it is wrong."""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, PrivateAttr, ValidationError, model_validator

from jingyu.filters.lexicon.term_files import read_terms
from jingyu.filters.lexicon.terms import Defaults, LexiconError
from jingyu.filters.rule import Rule
from jingyu.filters.select import by_verdict
from jingyu.filters.settings.errors import ConfigError, InputError
from jingyu.filters.settings.places import nearest
from jingyu.filters.source.networks import load_networks
from jingyu.filters.source.registers import register_of
from jingyu.filters.source.settings import Verdicts
from jingyu.pipeline.config.copies import Copy, copied
from jingyu.pipeline.config.decontamination import Decontamination
from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.config.extension import Sources, read_values
from jingyu.pipeline.config.files import digests_of
from jingyu.pipeline.config.lines import LinesSection
from jingyu.pipeline.config.output import Output
from jingyu.pipeline.config.passages import PassagesSection
from jingyu.pipeline.config.paths import BUILTIN
from jingyu.pipeline.config.takedown import TakedownSection
from jingyu.pipeline.config.takedown_lists import read_takedown
from jingyu.pipeline.page.settings import PageSettings
from jingyu.pipeline.read import storage
from jingyu.schemas.reasons import REASONS


class RunConfig(PageSettings):
    """One run. Every section has defaults; the rules have none."""

    rules: tuple[Rule, ...]
    verdicts: Verdicts = Verdicts()
    deduplication: Deduplication = Deduplication()
    lines: LinesSection = LinesSection()
    passages: PassagesSection = PassagesSection()
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
        bad = sorted(set(self.verdicts.bad_reasons) - reasons.keys())
        if bad:
            raise ValueError(f"`verdicts.bad_reasons` names no rule's reason: {', '.join(bad)}")
        waiting = {rule.reason for rule in by_verdict(self.rules)} & {*self.verdicts.bad_reasons}
        if waiting:
            raise ValueError(
                f"`verdicts.bad_reasons` names rules whose limits wait for the verdicts: "
                f"{', '.join(sorted(waiting))}; give them one limit, or limits by tier"
            )
        needed = bands * rows
        if self.deduplication.find == "near" and needed > self.signature.hashes:
            raise ValueError(
                f"`deduplication` needs {needed} hashes (bands x rows), but `signature.hashes` "
                f"is {self.signature.hashes}"
            )
        return self

    @property
    def named_files(self) -> list[str]:
        """Files and folders that decide what the config does, but for corpora and inputs."""
        registers = (path for path in self.source_register.files if path != BUILTIN)
        models = [self.quality.model.path] if self.quality.model else []
        named = (
            *self.inputs.index.host_lists,
            *(*self.sources.allow_lists, *self.sources.block_lists, *registers),
            *(*self.provenance.networks, *self.rights.robots, *self.takedown.lists, *models),
            *(listed.path for listed in self.lexicon.lists),
        )
        return [str(path) for path in named]

    @property
    def digests(self) -> dict[str, str]:
        """SHA-256 of each file that the config names."""
        return dict(self._digests)


def load_config(path: str | Path) -> RunConfig:
    """Returns the config in a YAML file; relative paths in it start at its folder.

    What it does not say, the config says that it `extends`.

    Raises:
        ConfigError: The file cannot be read or is wrong; each error has its place and the fix.
    """
    path = Path(path)
    values, places = read_values(path)
    try:
        values, _ = copied(values, lambda named: not storage.is_local(named))
        config = RunConfig.model_validate(values)
    except (InputError, OSError) as error:
        raise ConfigError(f"{path}: names a file that cannot be read: {error}") from error
    except ValidationError as error:
        raise ConfigError("\n".join(_sentences(error, places))) from None
    return _with_digests(config, path)


def with_copies(config: RunConfig) -> tuple[RunConfig, tuple[Copy, ...]]:
    """Returns a config of copies of all files that it names, for other machines, and the copies."""
    values = config.model_dump(mode="json")
    values, copies = copied(values, lambda named: named != BUILTIN)
    return _with_digests(RunConfig.model_validate(values), Path()), copies


def with_snapshots(config: RunConfig, folder: str) -> RunConfig:
    """Returns a config that names a folder of snapshots of sites, too, before those it names."""
    values = config.model_dump(mode="json")
    values["rights"]["robots"] = [folder, *values["rights"]["robots"]]
    values, _ = copied(values, lambda named: not storage.is_local(named))
    return _with_digests(RunConfig.model_validate(values), Path())


def resolved(config: RunConfig) -> dict[str, Any]:
    """Returns all that a config decides about documents: every limit, and files by their digests.

    Inputs, their pieces, earlier corpora and takedown lists are left out: they say which documents
    there are, not what they must be like; so are the places of evaluation sets, the conditions on
    which a run counts as failed, and whether it ends with a report.
    """
    told = config.model_dump(mode="json", exclude={"takedown"})
    for name in ("paths", "unreadable", "index", "piece_mib"):
        del told["inputs"][name]
    for name in ("allow_empty", "max_failed_ratio", "report"):
        del told["output"][name]
    del told["deduplication"]["against"]
    for benchmark in told["decontamination"]["against"]:
        del benchmark["paths"]
    digests = config.digests
    by_digest: dict[str, Any] = _replaced(told, digests)
    return by_digest


def digest_of(told: dict[str, Any]) -> str:
    """Returns the SHA-256 of what `resolved` returned, in hexadecimal."""
    text = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _replaced(value: Any, digests: dict[str, str]) -> Any:
    """Returns a value with the digest in the place of each path of a file that has one."""
    if isinstance(value, dict):
        return {key: _replaced(each, digests) for key, each in value.items()}
    if isinstance(value, list):
        return [_replaced(each, digests) for each in value]
    return f"sha256:{digests[value]}" if isinstance(value, str) and value in digests else value


def _with_digests(config: RunConfig, path: Path) -> RunConfig:
    digests = digests_of(config.named_files, path)
    config._digests.update(digests)  # noqa: SLF001  (filled once, here)
    model = config.quality.model
    if model and digests[str(model.path)] != model.sha256:
        raise ConfigError(
            f"{path}: quality.model.sha256 is not that of {model.path}; "
            f"the file has {digests[str(model.path)]}"
        )
    _read_lists(config)
    return config


def _read_lists(config: RunConfig) -> None:
    """Reads the lists that a config names, so that what is wrong in one is told at once."""
    if any(path != BUILTIN for path in config.source_register.files):
        register_of(config.source_register)
    read_takedown(config.takedown.lists)
    load_networks(config.provenance.networks)
    try:
        for listed in config.lexicon.lists:
            read_terms(listed.path, Defaults(listed.category, listed.severity))
    except LexiconError as error:
        raise ConfigError(str(error)) from None


def _sentences(error: ValidationError, places: Sources) -> list[str]:
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
