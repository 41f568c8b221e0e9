"""The sections of a config that say how a page becomes text, and all that its way depends on."""

from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from jingyu.filters.language.settings import Gate, LanguageSection
from jingyu.filters.lexicon.settings import LexiconSettings
from jingyu.filters.quality.settings import Quality
from jingyu.filters.rights.settings import OF_SNAPSHOTS, Rights
from jingyu.filters.settings.section import Ratio, Section
from jingyu.filters.source.settings import Provenance, SourceRegister, Sources
from jingyu.pipeline.page.normalize.settings import Normalization
from jingyu.pipeline.read.settings import Inputs


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
    format: Literal["text", "markdown"] = Field(
        "text",
        description="Form of the text: plain, or Markdown with headings, lists, fenced code, "
        "tables and formulas in dollars. What is measured and compared is plain either way.",
    )
    comments: bool = Field(
        default=False,
        description="Whether comments of readers behind an article stay; threads always do.",
    )
    text_lines: Literal["main", "all"] = Field(
        "main",
        description="Which lines of text that comes without markup are kept; `main` leaves out "
        "menus, related articles and footers.",
    )
    timeout_seconds: float = Field(30, gt=0, description="Most time for one page.")
    memory_mib: int = Field(
        3072, ge=1024, description="Most address space of the process that examines pages."
    )


class Masking(Section):
    """How personal data is masked; that it is, is not to be configured."""

    numbered: bool = Field(
        default=False,
        description="Whether placeholders carry numbers, equal for equal values of a text.",
    )


class Signature(Section):
    """What near duplicates are found by."""

    ngram: int = Field(5, ge=1, le=32, description="Characters in a shingle.")
    hashes: int = Field(128, ge=16, le=1024, description="Hash functions in a signature.")
    seed: int = Field(1, ge=0, description="Chooses the hash functions.")


class PageSettings(Section):
    """All that decides what becomes of a record, from its bytes to its signature."""

    inputs: Inputs = Inputs()
    sources: Sources = Sources()
    source_register: SourceRegister = SourceRegister()
    provenance: Provenance = Provenance()
    gate: Gate = Gate()
    decoding: Decoding = Decoding()
    extraction: Extraction = Extraction()
    normalization: Normalization = Normalization()
    masking: Masking = Masking()
    language: LanguageSection = LanguageSection()
    signature: Signature = Signature()
    quality: Quality = Quality()
    rights: Rights = Rights()
    lexicon: LexiconSettings = LexiconSettings()

    @field_validator("rights")
    @classmethod
    def _has_a_snapshot(cls, rights: Rights, others: ValidationInfo) -> Rights:
        inputs = others.data.get("inputs")
        has_captures = inputs is not None and inputs.index.robotstxt
        unknown = [name for name in OF_SNAPSHOTS if name in rights.exclude and not rights.robots]
        if unknown and not has_captures:
            raise ValueError(
                f"`{unknown[0]}` needs a snapshot: name one under `robots`, or ask for that of an "
                "indexed crawl by `inputs.index.robotstxt`"
            )
        return rights
