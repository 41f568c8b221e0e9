"""What a config does, in a few lines."""

from collections import Counter

from jingyu.filters.lexicon.coverage import coverage
from jingyu.filters.lexicon.settings import configured_lists
from jingyu.filters.rule import Limit
from jingyu.filters.source.registers import register_of
from jingyu.filters.source.settings import Verdicts
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.page.admission import Admission
from jingyu.pipeline.steps.clean.questions import questions_of
from jingyu.pipeline.steps.deduplicate.bands import detection_probability
from jingyu.pipeline.steps.deduplicate.parts.index_part import find_indexes

_SIMILARITIES = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


def outline(config: RunConfig, admission: Admission) -> str:
    """Returns the config's steps, its rules in their order, and what deduplication finds.

    Raises:
        InputError: A file of an evaluation set cannot be read.
        ConfigError: An earlier corpus has no index that fits, or a file lacks the fields.
    """
    seconds = config.extraction.timeout_seconds
    allow, block = admission.sources.allow, admission.sources.block
    lines = [
        "the config is valid",
        f"sources: {_count(allow.size)} allowed, {_count(block.size)} blocked",
        _register(config),
        f"excluded for rights: {', '.join(config.rights.exclude) or 'nothing'}",
        f"extraction: {config.extraction.engine}, at most {seconds:g} s a page",
        f"language: {', '.join(config.language.keep)}",
        "rules, the first that rejects a document is its reason:",
    ]
    for rule in config.rules:
        both = f", or {_bound(rule.also)}" if rule.also else ""
        lines.append(f"  {_bound(rule)}{both}, else {rule.reason}")
    lines.append(_verdicts(config.verdicts))
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
    return "\n".join([*lines, *_compared_with(config), *_lexicon(config)])


def _register(config: RunConfig) -> str:
    settings = config.source_register
    register = register_of(settings)
    line = f"source register: {_count(register.size)}"
    if settings.only_registered:
        line += ", no others enter"
    line += f", none below {settings.min_tier}" if settings.min_tier else ""
    kinds = Counter(source.stated_by.partition("@")[0] for source in register.sources)
    told = ", ".join(f"{count:,} by {kind}" for kind, count in sorted(kinds.items()))
    return f"{line}; {told}" if told else line


def _verdicts(settings: Verdicts) -> str:
    bad = ""
    if settings.bad_reasons:
        bad = (
            f"; bad is one of {settings.min_pages} pages and more, of which over "
            f"{settings.max_bad_ratio:.0%} are {' or '.join(settings.bad_reasons)}"
        )
    return f"sites that leave whole: {' and '.join(settings.drop) or 'none'}{bad}"


def _compared_with(config: RunConfig) -> list[str]:
    """Returns the earlier corpora and evaluation sets that documents are compared with."""
    indexes = find_indexes(config.deduplication.against, config.signature)
    lines = [f"earlier corpus: {index.corpus}, {len(index.files)} files" for index in indexes]
    questions = questions_of(config.decontamination)
    if questions:
        skipped = Counter(name for name, _ in questions.skipped)
        lines += [
            f"evaluation set: {name}, {count:,} questions, {skipped[name]:,} too short to be found"
            for name, count in sorted(questions.question_counts.items())
        ]
    return lines


def _bound(limit: Limit) -> str:
    sign = ">=" if limit.bound == "min" else "<="
    if not isinstance(limit.limit, dict):
        return f"{limit.signal} {sign} {limit.limit:g}"
    of_each = ", ".join(f"{value:g} if {name}" for name, value in limit.limit.items())
    return f"{limit.signal} {sign} {of_each}"


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
