"""What stands in `stats.json` and `manifest.json`, as models that JSON Schemas are made of.

Later versions may add keys; none of these goes without a line of the changelog.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class _Told(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True)


class Outcomes(_Told):
    """Records of the ledger by outcome."""

    kept: int
    rejected: int
    duplicate: int
    failed: int


class ReadAndKept(_Told):
    """How many were in the input, and how many are in the corpus."""

    read: int
    kept: int


class Domain(_Told):
    """A registered domain."""

    records: int = Field(description="Its records in the ledger.")
    hosts: int
    kept: int
    characters: int = Field(description="Code points of its texts in the corpus.")


class Verdicts(_Told):
    """Counts by where something comes from."""

    mainland: int
    overseas: int
    unknown: int


class Origin(_Told):
    """What a method says of the documents of the corpus."""

    pages: Verdicts
    hosts: Verdicts


class Distribution(_Told):
    """Values of a signal over the corpus; the bins are those of `signal_edges`."""

    count: int
    sum: float
    min: float
    max: float
    histogram: list[int]


class DroppedSource(_Told):
    """A source that is left out whole."""

    site: str
    pages: int
    bad_pages: int
    bad_ratio: float | None
    verdict: str | None
    against: list[str] | None


class Stats(_Told):
    """All counts of a run: `stats.json`."""

    records_read: int = Field(description="Records of the inputs, of any type.")
    records_by_type: dict[str, int] = Field(
        description="Records by WARC-Type, those of no standard type as `other`; rows as `row`."
    )
    pages_read: int = Field(description="Page-bearing records: rows of the ledger.")
    skipped_bytes: int = Field(description="Bytes of the inputs that belong to no record.")
    cut_inputs: list[str] = Field(description="Inputs that end inside a record.")
    damage: dict[str, int] = Field(description="Records by kind of damage.")
    outcomes: Outcomes
    reasons: dict[str, int] = Field(description="Records by `stage/outcome/reason`.")
    usable_pages_per_million: float
    documents: int = Field(description="Rows of the corpus.")
    characters: int = Field(description="Code points of its texts, without line ends.")
    registered_domains: ReadAndKept
    hosts: ReadAndKept
    domains: dict[str, Domain] = Field(
        description="The thousand with most kept documents; all are in statistics/sources.parquet."
    )
    origin: dict[str, Origin] = Field(description="By method; `combined` is the verdict.")
    shared_numbers: dict[str, int] = Field(
        description="Filing numbers that many domains claim, and how many do."
    )
    internal_errors: list[dict[str, Any]]
    signals: dict[str, Distribution]
    signal_edges: dict[str, list[float]]
    seconds: dict[str, float] = Field(
        description="How long each step took, of those that had work."
    )
    personal_data: dict[str, dict[str, int]] = Field(
        default={}, description="Spans masked, by whether their type is sensitive, and by type."
    )
    moved: dict[str, int] = Field(
        default={}, description="Requests and bytes of records that were read by an index."
    )
    taken_down: int
    capped_sources: list[dict[str, Any]]
    dropped_source_count: int = Field(default=0, description="Sites that left whole.")
    dropped_sources: list[DroppedSource] = Field(
        description="The ten thousand of most pages among them; all are in dropped_sources.txt."
    )
    shards: dict[str, dict[str, Any]] = Field(description="The same of each file of the corpus.")
    lines: dict[str, int] = Field(description="Lines that left texts.")
    passages: dict[str, int] = Field(
        default={}, description="Passages that many documents have, and those cut from texts."
    )
    contamination: dict[str, Any] = Field(description="Questions found, by evaluation set.")


class Part(_Told):
    """A file of the output."""

    path: str
    rows: int
    bytes: int
    sha256: str


class Piece(_Told):
    """What was read of an input at once."""

    start: int
    stop: int | None
    pages: int
    skipped_bytes: int


class InputFile(_Told):
    """An input."""

    name: str = Field(description="As `source_file` names it.")
    path: str
    bytes: int | None
    sha256: str | None = Field(description="Of the whole file.")
    crawl: dict[str, str] = Field(default={}, description="Fields of its first `warcinfo` record.")
    pieces: list[Piece]


class Refused(_Told):
    """An input that was left out."""

    path: str
    reason: str


class Manifest(_Told):
    """What an output was made of, and its files: `manifest.json`."""

    created_at: str
    config: dict[str, Any] = Field(description="The config with all defaults.")
    config_sha256: str
    config_files: dict[str, str] = Field(description="SHA-256 of each file that it names.")
    fingerprints: dict[str, str] = Field(description="What determined the result of each step.")
    code: str
    versions: dict[str, str]
    models: dict[str, str]
    seeds: dict[str, int]
    inputs: list[InputFile]
    refused: list[Refused]
    parts: list[Part]


RUN_FILES: dict[str, type[BaseModel]] = {"stats": Stats, "manifest": Manifest}
"""Models by name of the file, without `.json`."""
