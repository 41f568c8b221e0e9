"""What a config does, in a few lines."""

from filters.lexicon.coverage import coverage
from filters.lexicon.settings import configured_lists
from filters.rule import Limit
from pipeline.config import RunConfig
from pipeline.duplicates.bands import detection_probability
from pipeline.sources.registers import register_of
from pipeline.text.admission import Admission

_SIMILARITIES = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


def outline(config: RunConfig, admission: Admission) -> str:
    """Returns the config's steps, its rules in their order, and what deduplication finds."""
    seconds = config.extraction.timeout_seconds
    lines = [
        "the config is valid",
        f"sources: {_count(admission.allow.size)} allowed, {_count(admission.block.size)} blocked",
        f"source register: {_count(register_of(config.source_register).size)}",
        f"excluded for rights: {', '.join(config.rights.exclude) or 'nothing'}",
        f"extraction: {config.extraction.engine}, at most {seconds:g} s a page",
        f"language: {', '.join(config.language.keep)}",
        "rules, the first that rejects a document is its reason:",
    ]
    for rule in config.rules:
        both = f", or {_bound(rule.also)}" if rule.also else ""
        lines.append(f"  {_bound(rule)}{both}, else {rule.reason}")
    settings = config.deduplication
    bands, rows = settings.banding(config.signature.hashes)
    lines.append(f"deduplication: {settings.find}")
    if settings.find == "near":
        lines[-1] += (
            f", {bands} bands of {rows}, estimated similarity >= "
            f"{settings.min_similarity:g}; chance that a pair meets:"
        )
        for similarity in _SIMILARITIES:
            chance = float(detection_probability(similarity, bands, rows))
            lines.append(f"  similarity {similarity:.2f}: {chance:.4f} {'█' * round(40 * chance)}")
    return "\n".join([*lines, *_lexicon(config)])


def _bound(limit: Limit) -> str:
    bound = f">= {limit.min:g}" if limit.min is not None else f"<= {limit.max:g}"
    return f"{limit.signal} {bound}"


def _lexicon(config: RunConfig) -> list[str]:
    """Returns how the word lists stand against the least that the standard asks for."""
    rows = coverage(configured_lists(config.lexicon))
    wanting = [row for row in rows if row.missing]
    lines = [
        "word lists against the minima of GB/T 45654-2025 (this supports a judgment, it is none):",
        *(
            f"  {row.clause} {row.english}: {row.terms:,} of {row.min_terms:,} terms, "
            f"{row.missing:,} wanting"
            for row in wanting
        ),
    ]
    return lines if wanting else [lines[0], "  all minima are reached"]


def _count(entries: int) -> str:
    return f"{entries:,} entries" if entries else "none"
