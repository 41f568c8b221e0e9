"""The sections of a config: frozen models, each field with its meaning and default."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pipeline.reading.rows import Columns

Ratio = Annotated[float, Field(ge=0, le=1)]


class Section(BaseModel):
    """A part of the config: immutable, and without keys that nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Inputs(Section):
    """Which records are pages."""

    paths: tuple[str, ...] = Field(
        (), description="Files, folders, globs or addresses; `--input` replaces them."
    )
    unreadable: Literal["fail", "skip"] = Field(
        "fail",
        description="What to do about an input that cannot be read or holds no record: stop before "
        "any work, or go on without it and name it in the manifest.",
    )
    statuses: tuple[int, ...] = Field((200,), description="HTTP statuses of pages.")
    content_types: tuple[str, ...] = Field(
        ("text/html", "application/xhtml+xml", "text/plain"), description="Media types of pages."
    )
    max_record_mib: int = Field(
        16, gt=0, description="Larger records are rejected; Common Crawl cuts pages at 5 MiB."
    )
    text_column: str = Field("text", description="Column of Parquet or JSONL that holds text.")
    html_column: str = Field("html", description="Column that holds HTML; preferred to text.")
    url_column: str = Field("url", description="Column that holds the address.")
    date_column: str = Field("date", description="Column that holds the time of capture.")

    @property
    def columns(self) -> Columns:
        """Which columns of Parquet and JSONL hold what."""
        return Columns(self.text_column, self.html_column, self.url_column, self.date_column)


class Sources(Section):
    """Which sites may enter.

    An entry is a registered domain or host suffix (`people.com.cn`: that host and all below it),
    one host (`full:www.people.com.cn`) or a URL prefix (`www.people.com.cn/GB/`).
    """

    allow: tuple[str, ...] = Field((), description="Entries; if there is any, only these enter.")
    allow_lists: tuple[Path, ...] = Field((), description="Files of entries, `#` starts a comment.")
    block: tuple[str, ...] = Field((), description="Entries that never enter.")
    block_lists: tuple[Path, ...] = Field((), description="Files of entries that never enter.")


class Gate(Section):
    """Which pages are certainly not Chinese, from their bytes alone."""

    min_han_count: int = Field(
        50, ge=0, description="Fewest Han characters, estimated from the bytes."
    )
    max_kana_ratio: float = Field(
        0.5,
        ge=0,
        description="Most kana per Han in text outside links; kept pages measured at most 0.42.",
    )
    max_word_ratio: float = Field(
        2.0,
        ge=0,
        description="Most words of other scripts per Han in text outside links; kept pages "
        "measured at most 1.62.",
    )


class Decoding(Section):
    """How bytes become characters."""

    max_replacement_ratio: Ratio = Field(
        0.1, description="Most characters that stand for undecodable bytes; beyond, no text."
    )


class Extraction(Section):
    """How a page becomes its main text."""

    engine: Literal["jingyu", "trafilatura", "resiliparse"] = Field(
        "jingyu", description="Extractor of the main text."
    )
    min_confidence: Ratio = Field(
        0.0,
        description="Below this confidence of the engine `jingyu`, trafilatura's text is taken as "
        "a second opinion; 0 asks for none.",
    )
    timeout_seconds: float = Field(30, gt=0, description="Most time for one page.")
    memory_mib: int = Field(
        3072, ge=1024, description="Most address space of the process that examines pages."
    )


class Normalization(Section):
    """How text is brought to one form."""

    script: Literal["keep", "simplified"] = Field(
        "keep", description="`simplified` converts traditional text with OpenCC."
    )


class Masking(Section):
    """How personal data is masked; that it is, is not to be configured."""

    numbered: bool = Field(
        default=False,
        description="Whether placeholders carry numbers, equal for equal values of a text.",
    )


class LanguageSection(Section):
    """Which languages are kept."""

    keep: tuple[str, ...] = Field(
        ("zh",),
        min_length=1,
        description="ISO 639 codes; `yue` and `wuu` are told apart from `zh`.",
    )


class Signature(Section):
    """What near duplicates are found by."""

    ngram: int = Field(5, ge=1, le=32, description="Characters in a shingle.")
    hashes: int = Field(128, ge=16, le=1024, description="Hash functions in a signature.")
    seed: int = Field(1, ge=0, description="Chooses the hash functions.")


class QualityModel(Section):
    """A fastText model whose probability becomes the signal `quality`."""

    path: Path
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="Digest that the file must have.")
    label: str = Field("__label__clean", description="Label whose probability is taken.")


class Quality(Section):
    """What the signal `quality` is."""

    model: QualityModel | None = Field(
        None, description="fastText model; without one, the combination in `filters/quality.py`."
    )


class Output(Section):
    """What the corpus looks like on disk."""

    shard_mib: float = Field(256, gt=0, description="Text in a shard, uncompressed, about.")
    quality_bands: dict[str, Ratio] = Field(
        {},
        description="Name of a band to its least quality, best first; each band gets a folder of "
        "its own. Documents below all go to the band `rest`.",
    )
    index: Literal["shingles", "signatures", "nothing"] = Field(
        "shingles",
        description="What later runs compare their documents with: signatures, with the shingles "
        "that decide where an estimate leaves a doubt, or without them.",
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
