"""What a config does, in a few lines."""

from collections import Counter

from jingyu.filters.lexicon.coverage import coverage
from jingyu.filters.lexicon.settings import configured_lists
from jingyu.filters.rule import Limit, Rule
from jingyu.filters.source.registers import register_of
from jingyu.filters.source.settings import Verdicts
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.page.admission import Admission
from jingyu.pipeline.steps.clean.questions import questions_of
from jingyu.pipeline.steps.deduplicate.bands import detection_probability
from jingyu.pipeline.steps.deduplicate.parts.index_part import find_indexes
from jingyu.pipeline.store.language import Language, Say

_CONFIRMED = "memory confirmed"
_SIMILARITIES = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


def outline(config: RunConfig, admission: Admission, language: Language = "en") -> str:
    """Returns the config's steps, its rules in their order, and what deduplication finds.

    Raises:
        InputError: A file of an evaluation set cannot be read.
        ConfigError: An earlier corpus has no index that fits, or a file lacks the fields.
    """
    say = Say(language)
    lines = [
        say("the config is valid"),
        *_entering(config, admission, say),
        say("rules, the first that rejects a document is its reason:"),
        *(_rule(rule, say) for rule in config.rules),
        _verdicts(config.verdicts, say),
        *_deduplication(config, say),
        *_compared_with(config, say),
        *_lexicon(config, say),
    ]
    return "\n".join(lines)


def _entering(config: RunConfig, admission: Admission, say: Say) -> list[str]:
    """Returns what decides of a page before the rules do."""
    allow, block = admission.sources.allow, admission.sources.block
    excluded = say(", ").join(config.rights.exclude) or say("nothing")
    extraction = say("extraction: {engine}, at most {seconds} s a page")
    return [
        say("sources: {allowed} allowed, {blocked} blocked").format(
            allowed=_count(allow.size, say), blocked=_count(block.size, say)
        ),
        _register(config, say),
        say("excluded for rights: {what}").format(what=excluded),
        extraction.format(
            engine=config.extraction.engine, seconds=f"{config.extraction.timeout_seconds:g}"
        ),
        say("language: {languages}").format(languages=say(", ").join(config.language.keep)),
    ]


def _register(config: RunConfig, say: Say) -> str:
    settings = config.source_register
    register = register_of(settings)
    line = say("source register: {count}").format(count=_count(register.size, say))
    if settings.only_registered:
        line += say(", no others enter")
    if settings.min_tier:
        line += say(", none below {tier}").format(tier=settings.min_tier)
    stated = (source.stated_by.partition("@")[0] for source in register.sources)
    kinds = Counter(_CONFIRMED if by.startswith(_CONFIRMED) else by for by in stated)
    each = say("{count} by {kind}")
    told = say(", ").join(
        each.format(count=f"{count:,}", kind=kind) for kind, count in sorted(kinds.items())
    )
    return line + say("; ") + told if told else line


def _rule(rule: Rule, say: Say) -> str:
    both = say(", or {limit}").format(limit=_bound(rule.also, say)) if rule.also else ""
    line = say("{limit}, else {reason}")
    return "  " + line.format(limit=_bound(rule, say) + both, reason=say.reason(rule.reason))


def _verdicts(settings: Verdicts, say: Say) -> str:
    dropped = say(" and ").join(say.named("verdicts", name) for name in settings.drop)
    line = say("sites that leave whole: {verdicts}").format(verdicts=dropped or say("none"))
    if not settings.bad_reasons:
        return line
    bad = say("; bad is one of {pages} pages and more, of which over {ratio} are {reasons}")
    reasons = say(" or ").join(map(say.reason, settings.bad_reasons))
    ratio = f"{settings.max_bad_ratio:.0%}"
    return line + bad.format(pages=settings.min_pages, ratio=ratio, reasons=reasons)


def _deduplication(config: RunConfig, say: Say) -> list[str]:
    settings = config.deduplication
    line = say("deduplication: {what}").format(what=settings.find)
    if settings.find != "near":
        return [line]
    bands, rows = settings.banding(config.signature.hashes)
    more = say(
        ", {bands} bands of {rows}, estimated similarity >= {similarity}; chance that a pair meets:"
    )
    line += more.format(bands=bands, rows=rows, similarity=f"{settings.min_similarity:g}")
    chances = [float(detection_probability(each, bands, rows)) for each in _SIMILARITIES]
    each = say("similarity {similarity}: {chance}")
    return [line] + [
        "  "
        + each.format(similarity=f"{similarity:.2f}", chance=f"{chance:.4f}")
        + f" {'█' * round(40 * chance)}"
        for similarity, chance in zip(_SIMILARITIES, chances, strict=True)
    ]


def _compared_with(config: RunConfig, say: Say) -> list[str]:
    """Returns the earlier corpora and evaluation sets that documents are compared with."""
    indexes = find_indexes(config.deduplication.against, config.signature)
    earlier = say("earlier corpus: {corpus}, {count} files")
    lines = [earlier.format(corpus=index.corpus, count=len(index.files)) for index in indexes]
    questions = questions_of(config.decontamination)
    if questions:
        line = say("evaluation set: {name}, {count} questions, {short} too short to be found")
        skipped = Counter(name for name, _ in questions.skipped)
        lines += [
            line.format(name=name, count=f"{count:,}", short=f"{skipped[name]:,}")
            for name, count in sorted(questions.question_counts.items())
        ]
    return lines


def _bound(limit: Limit, say: Say) -> str:
    sign = ">=" if limit.bound == "min" else "<="
    if not isinstance(limit.limit, dict):
        return f"{limit.signal} {sign} {limit.limit:g}"
    of = say(" if {standing}")
    of_each = say(", ").join(
        f"{value:g}{of.format(standing=say.named('verdicts', name))}"
        for name, value in limit.limit.items()
    )
    return f"{limit.signal} {sign} {of_each}"


def _lexicon(config: RunConfig, say: Say) -> list[str]:
    """Returns how the word lists stand against the least that the standard asks for."""
    head = say(
        "word lists against the minima of GB/T 45654-2025 (this supports a judgment, it is none):"
    )
    wanting = [row for row in coverage(configured_lists(config.lexicon)) if row.missing]
    if not wanting:
        return [head, "  " + say("all minima are reached")]
    line = say("{clause} {what}: {terms} of {least} terms, {missing} wanting")
    return [head] + [
        "  "
        + line.format(
            clause=row.clause,
            what=row.english if say.language == "en" else row.chinese,
            terms=f"{row.terms:,}",
            least=f"{row.min_terms:,}",
            missing=f"{row.missing:,}",
        )
        for row in wanting
    ]


def _count(entries: int, say: Say) -> str:
    return say("{count} entries").format(count=f"{entries:,}") if entries else say("none")
