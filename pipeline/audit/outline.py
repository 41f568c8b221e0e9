"""What a config does, in a few lines."""

from pipeline.config import RunConfig
from pipeline.duplicates.bands import detection_probability
from pipeline.text.admission import Admission

_SIMILARITIES = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


def outline(config: RunConfig, admission: Admission) -> str:
    """Returns the config's steps, its rules in their order, and what deduplication finds."""
    seconds = config.extraction.timeout_seconds
    lines = [
        "the config is valid",
        f"sources: {_count(admission.allow.size)} allowed, {_count(admission.block.size)} blocked",
        f"extraction: {config.extraction.engine}, at most {seconds:g} s a page",
        f"language: {', '.join(config.language.keep)}",
        "rules, the first that rejects a document is its reason:",
    ]
    for rule in config.rules:
        bound = f">= {rule.min:g}" if rule.min is not None else f"<= {rule.max:g}"
        lines.append(f"  {rule.signal} {bound}, else {rule.reason}")
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
    return "\n".join(lines)


def _count(entries: int) -> str:
    return f"{entries:,} entries" if entries else "none"
