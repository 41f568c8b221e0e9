"""What determines a result, as a short name: equal names, equal bytes."""

import functools
import hashlib
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import PurePath
from typing import Any

from jingyu.filters.quality.scores import shipped_model_sha256
from jingyu.filters.width import Width
from jingyu.pipeline.config.config import RunConfig, resolved
from jingyu.pipeline.page.settings import PageSettings
from jingyu.pipeline.read import storage
from jingyu.pipeline.store.items import WorkItem
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.passes import Pass

_DECIDING = (
    "schemas",
    "filters",
    "pipeline.read",
    "pipeline.page",
    "pipeline.config",
    "pipeline.store",
    "pipeline.steps",
)
_LIBRARIES = (
    "ahocorasick-rs",
    "brotli",
    "datasketch",
    "fasttext",
    "isal",
    "maxminddb",
    "numpy",
    "opencc",
    "publicsuffixlist",
    "pyarrow",
    "python-stdnum",
    "resiliparse",
    "trafilatura",
    "zstandard",
)
# Names count: a list of networks is named by its country, a robots file by its host.
_NAMING_FILES = (("source_register", "files"), ("provenance", "networks"), ("rights", "robots"))
# What decides in the pass and again over what it staged.
_WIDTH = {"sources", "gate", "language"}
_NOT_MEASURED = {
    "inputs": ("paths", "unreadable", "index", "piece_mib"),
    "source_register": ("only_registered", "min_tier"),
    "rights": ("exclude",),
    "provenance": ("shared_number_domains",),
}
_VERSION = re.compile(r"^Version: (\S+)$", re.MULTILINE)
_LENGTH = 20
_WIDTH_LENGTH = 8


def fingerprint(*parts: Any) -> str:
    """Returns 80 bits of SHA-256 of what JSON makes of the parts, in hexadecimal."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:_LENGTH]


@functools.cache
def version_of(library: str) -> str:
    """Returns the version of a library that is installed."""
    # `metadata.version` reads the whole page of a library as a mail: a millisecond each.
    told = _VERSION.search(metadata.distribution(library).read_text("METADATA") or "")
    return told[1] if told else metadata.version(library)


@functools.cache
def code_version() -> str:
    """Returns what names the code that decides: version, and digest of sources and libraries."""
    versions = {name: version_of(name) for name in _LIBRARIES}
    digest = hashlib.sha256(json.dumps([sys.version_info[:2], versions]).encode())
    for package in _DECIDING:
        for file in sources_in(resources.files(f"jingyu.{package}")):
            digest.update(file.read_bytes())
    for file in sources_in(resources.files("jingyu.configs") / "lists"):
        digest.update(file.read_bytes())
    digest.update(language_model_sha256().encode())
    digest.update(shipped_model_sha256().encode())
    return f"{metadata.version('jingyu')}+{digest.hexdigest()[:12]}"


def sources_in(folder: Traversable) -> Iterator[Traversable]:
    """Yields the files that decide, by name, in a folder and those below it: code, trees, lists."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from sources_in(entry)
        elif entry.name.endswith((".py", ".c", ".csv", ".json", ".txt", ".yaml")):
            yield entry


@functools.cache
def language_model_sha256() -> str:
    """Returns the digest of the model that tells languages."""
    model = resources.files("jingyu.configs") / "models" / "lid.176.ftz"
    return hashlib.sha256(model.read_bytes()).hexdigest()


def measured_sections(config: RunConfig) -> dict[str, Any]:
    """Returns what a config says of measuring pages, by section, and the code that does it.

    Which pages the pass lets in, its width, is no part of it.
    """
    sections = config.model_dump(mode="json", include=set(PageSettings.model_fields) - _WIDTH)
    for section, keys in _NOT_MEASURED.items():
        for key in keys:
            del sections[section][key]
    for section, key in _NAMING_FILES:
        sections[section][key] = [
            (PurePath(path).name, config.digests.get(path)) for path in sections[section][key]
        ]
    for listed in sections["lexicon"]["lists"]:
        listed["path"] = (PurePath(listed["path"]).suffix, config.digests[listed["path"]])
    if sections["quality"]["model"]:
        del sections["quality"]["model"]["path"]
    return {"code": code_version(), **sections}


def pass_of(config: RunConfig, layout: Layout) -> Pass:
    """Returns the pass over the crawl that a config asks for, in the folder of a layout."""
    sections = measured_sections(config)
    width = width_of(config)
    name = fingerprint(width.model_dump(mode="json"))[:_WIDTH_LENGTH]
    folder = replace(layout, extract=fingerprint(sections)).folder("extract")
    return Pass(folder, sections, name, width)


def of_extract(config: RunConfig) -> str:
    """Returns the fingerprint of what is measured of pages."""
    return fingerprint(measured_sections(config))


def width_of(config: RunConfig) -> Width:
    """Returns how wide a pass a config asks for."""
    return Width.of(config.sources, config.source_register, config.gate, config.language)


def of_choice(config: RunConfig, path: str) -> str:
    """Returns the fingerprint of what is wanted of a file of an index."""
    wanted = config.inputs.index.model_dump(
        mode="json", include={"languages", "hosts", "robotstxt"}
    )
    lists = [config.digests.get(str(named)) for named in config.inputs.index.host_lists]
    files = [] if storage.is_web(path) else storage.find(path)
    told = [(file.size, file.modified) for file in files]
    return fingerprint(code_version(), wanted, lists, config.inputs.statuses, path, told)


def of_places(files: Sequence[str]) -> str:
    """Returns the fingerprint of what is read of the places in some files, by their names."""
    return fingerprint(code_version(), [PurePath(path).name for path in files])


def of_item(extract: str, item: WorkItem) -> str:
    """Returns the name of an item, whatever the width that it is staged under."""
    return fingerprint(extract, item.identity)


def of_select(config: RunConfig) -> str:
    """Returns the fingerprint of all criteria over staged columns."""
    sections = config.model_dump(mode="json", include={"rules"})
    width = width_of(config).model_dump(mode="json")
    return fingerprint(code_version(), sections, width, config.rights.exclude)


def of_sources(config: RunConfig, select: str, keys: list[str]) -> str:
    """Returns the fingerprint of the verdicts on sites of staged items."""
    section = config.model_dump(mode="json", include={"verdicts"})
    least_domains = config.provenance.shared_number_domains
    return fingerprint(code_version(), section, least_domains, select, keys)


def of_deduplicate(
    config: RunConfig, sources: str, keys: list[str], indexes: Sequence[tuple[object, ...]]
) -> str:
    """Returns the fingerprint of deduplication over staged items, against earlier corpora."""
    section = config.model_dump(mode="json", include={"deduplication"})
    del section["deduplication"]["against"]
    return fingerprint(code_version(), section, sources, keys, indexes)


def of_clean(config: RunConfig, deduplicate: str, benchmarks: Sequence[tuple[object, ...]]) -> str:
    """Returns the fingerprint of cleaning, with files of evaluation sets."""
    sections = config.model_dump(mode="json", include={"lines", "passages", "decontamination"})
    for benchmark in sections["decontamination"]["against"]:
        del benchmark["paths"]
    return fingerprint(code_version(), sections, deduplicate, benchmarks)


def of_caps(clean: str, caps: dict[str, float]) -> str:
    """Returns the fingerprint of the caps of sources."""
    return fingerprint(code_version(), clean, caps)


def of_write(config: RunConfig, caps: str, refused: list[str]) -> str:
    """Returns the fingerprint of the output folder, which tells the config and what was refused."""
    takedown = [config.digests.get(path, path) for path in config.takedown.lists]
    return fingerprint(code_version(), resolved(config), caps, refused, takedown)
