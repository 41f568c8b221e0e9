"""Which evaluation sets a corpus must not hold, and what becomes of documents that do."""

from typing import Literal, Self

from pydantic import Field, model_validator

from jingyu.filters.settings.section import Section
from jingyu.pipeline.config.layouts import LAYOUTS, LayoutName

NGRAM = 13
"""Source: the 13-grams of GPT-3's overlap analysis (Brown et al. 2020, appendix C), taken over
characters instead of words."""
MIN_COVERAGE = 0.7
"""Source: measurement of 2026-11-22 with 24,000 questions of CMMLU, AGIEval, GAOKAO-Bench and
GSM8K: those with one word changed are found at a recall of 0.992 (at 0.8 of 0.988); of 32,000 real
pages and other texts three hold one: a law, a glossary (both truly), and one by chance, at 0.73."""


class Benchmark(Section):
    """Files of one evaluation set, and what in them is text of a question."""

    name: str = Field(min_length=1, description="What the report and the ledger call it.")
    paths: tuple[str, ...] = Field(
        description="Files, folders or globs of JSONL, JSON, CSV, TSV or Parquet."
    )
    layout: LayoutName | None = Field(
        None, description="Publisher's layout, which says the fields; or give `fields`."
    )
    fields: tuple[str, ...] = Field(
        (),
        description="Fields that hold a question's text, first the one that asks: `question`, "
        "or `data.options` inside nested objects and lists.",
    )

    @model_validator(mode="after")
    def _names_files_and_fields(self) -> Self:
        if not self.paths:
            raise ValueError("`paths` is empty: give at least one file, folder or glob")
        if (self.layout is None) == (not self.fields):
            known = ", ".join(LAYOUTS)
            raise ValueError(
                f"give either `layout` (one of {known}) or `fields`, first the one that asks"
            )
        if len(set(self.fields)) < len(self.fields):
            raise ValueError("`fields` names a field twice")
        return self


class Decontamination(Section):
    """Which questions of evaluation sets are looked for, and what is done about them."""

    against: tuple[Benchmark, ...] = Field((), description="Evaluation sets.")
    ngram: int = Field(
        NGRAM,
        ge=8,
        le=64,
        description="Characters in a run that tells; shorter questions are too short to tell, and "
        "those of up to about twice its length are found by runs of half of it.",
    )
    min_coverage: float = Field(
        MIN_COVERAGE,
        gt=0,
        le=1,
        description="Least share of a question's characters, or of those of the part that asks, "
        "that a document must hold.",
    )
    action: Literal["drop", "cut", "flag"] = Field(
        "drop",
        description="`drop` the document, `cut` what it shares with the question, or `flag` it.",
    )

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        names = [benchmark.name for benchmark in self.against]
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            raise ValueError(f"each of `against` needs a name of its own: {', '.join(repeated)}")
        return self
