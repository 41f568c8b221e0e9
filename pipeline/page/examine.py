"""The dear part of a page's way: from its bytes to text, signals and signature."""

from typing import Any, NamedTuple

from jingyu.filters.language.language import identify
from jingyu.filters.language.script import script_of
from jingyu.filters.quality.measure import measure
from jingyu.filters.quality.scores import scores
from jingyu.filters.spam.listing import listing_mark_count
from jingyu.filters.spam.measure import measure_content
from jingyu.pipeline.page.decode.decoding import Decoded, decode
from jingyu.pipeline.page.evidence import evidence_of
from jingyu.pipeline.page.extract.extracted import Extracted
from jingyu.pipeline.page.extract.remain_lines import without_remain_lines
from jingyu.pipeline.page.furniture.main_lines import main_lines
from jingyu.pipeline.page.mask.masking import mask
from jingyu.pipeline.page.normalize.characters import changed_count
from jingyu.pipeline.page.normalize.normalization import (
    Normalized,
    normalize,
    normalized,
    to_simplified,
)
from jingyu.pipeline.page.normalize.unwrapping import unwrapped
from jingyu.pipeline.page.page import Examined, Page
from jingyu.pipeline.page.settings import PageSettings
from jingyu.pipeline.page.sign.form import form_hash
from jingyu.pipeline.page.sign.minhash import signature, text_hash
from jingyu.pipeline.page.sign.winnowing import fingerprints
from jingyu.schemas.decisions import Decision

_PLAIN = "text/plain"
_LOST = "\ufffd"


def examine(page: Page, config: PageSettings) -> Examined:
    """Returns the text, signals and signature of a page, or where and why its way ended.

    The order is policy: nothing after masking sees personal data, and nothing before it is kept
    unless the page goes on.
    """
    decoded = _without_half_character(_decoded(page)) if page.is_cut else _decoded(page)
    known: dict[str, Any] = {"charset": decoded.charset, "charset_source": decoded.charset_source}
    limit = config.decoding.max_replacement_ratio
    if decoded.replacement_ratio > limit:
        ended = Decision("rejected", "decode", "undecodable", decoded.replacement_ratio, limit)
        return Examined(known, ended)
    extracted = _extracted(decoded.text, page, config)
    if isinstance(extracted, Decision):
        return Examined(known, extracted)
    lines = _lines(extracted, page, config)
    form = normalized(lines.text, config.normalization)
    text = form.text
    if not text:
        return Examined(known, _without_text(decoded.text))
    title, author = (_on_one_line(part, config) for part in (extracted.title, extracted.author))
    language = identify(text)
    script, traditional_ratio = script_of(text)
    if config.normalization.script == "simplified" and script in {"traditional", "mixed"}:
        text, title = to_simplified(text), to_simplified(title)
    converted_count = 0 if text is form.text else changed_count(form.text, text)
    masked = mask(text, numbered=config.masking.numbered)
    shown = _shown(extracted.markdown, script, config) if extracted.markdown else masked.text
    title, author = (part and mask(part).text for part in (title, author))
    known |= {
        "text": shown,
        "title": title or None,
        "author": author or None,
        "published_at": extracted.published_at,
        "extractor": extracted.engine,
        "language": language.code,
        "language_score": language.score,
        "script": script,
        "traditional_ratio": traditional_ratio,
    }
    if language.code not in config.language.keep:
        ended = Decision("rejected", "language", "other_language", language.score)
        return Examined(known, ended)
    known["extraction_confidence"] = lines.confidence
    known["listing_mark_count"] = listing_mark_count(page.about.url)
    known["unwrapped_line_count"] = lines.unwrapped_count
    known["furniture_line_count"] = lines.furniture_count
    known |= _changes(form) | {"converted_char_count": converted_count}
    known |= {f"masked_{kind}_count": count for kind, count in masked.counts.items()}
    markup = "" if page.is_text or page.content_type == _PLAIN else decoded.text
    # Of text without markup, what surrounds it tells of rights and risks as a page's markup does.
    whole = (
        mask(normalize(lines.whole, config.normalization)).text
        if lines.furniture_count
        else masked.text
    )
    known |= evidence_of(page.about, markup, whole, config)
    return Examined(known | _measured(masked.text, known, (decoded, extracted), config), None)


def _without_text(page: str) -> Decision:
    from jingyu.pipeline.page.extract.held import holds_prose

    reason = "text_in_script" if holds_prose(page) else "no_main_text"
    return Decision("rejected", "extract", reason, 0.0, 1.0)


def _shown(markdown: str, script: str, config: PageSettings) -> str:
    """Returns Markdown as it is written: in its canonical form, its script, and masked."""
    text = normalize(markdown, config.normalization)
    if config.normalization.script == "simplified" and script in {"traditional", "mixed"}:
        text = to_simplified(text)
    return mask(text, numbered=config.masking.numbered).text


def _on_one_line(text: str | None, config: PageSettings) -> str:
    return normalize(text, config.normalization).replace("\n", " ") if text else ""


def _changes(form: Normalized) -> dict[str, Any]:
    """Returns how much had to change for the canonical form."""
    _, invisible, variants, other_width, other_form = form.characters
    return {
        "invisible_char_count": invisible,
        "variant_char_count": variants,
        "other_width_char_count": other_width,
        "other_form_char_count": other_form,
        "dropped_space_count": form.dropped_space_count,
    }


def _without_half_character(decoded: Decoded) -> Decoded:
    """Returns what was decoded of a page that was cut, without what is left of its last character.

    The cut is damage of its own; that one character is not damage to the text.
    """
    text = decoded.text
    if not text.endswith(_LOST):
        return decoded
    lost = round(decoded.replacement_ratio * len(text)) - 1
    return decoded._replace(text=text[:-1], replacement_ratio=max(lost, 0) / max(len(text) - 1, 1))


def _decoded(page: Page) -> Decoded:
    if page.decoded:
        return page.decoded
    if page.is_text:
        text = page.payload.decode("utf-8", "replace")
        damaged = text.count("\ufffd")
        return Decoded(text, "utf-8", "given", damaged / len(text) if text else 0.0)
    return decode(page.payload, page.http_charset)


def _extracted(text: str, page: Page, config: PageSettings) -> Extracted | Decision:
    if page.content_type == _PLAIN:
        return Extracted(text, None)
    # Text without markup, such as rows, has no use for what reads markup.
    from jingyu.pipeline.page.extract.engines import extract

    settings = config.extraction
    try:
        confidence, form = settings.min_confidence, settings.format
        return extract(text, settings.engine, confidence, form, comments=settings.comments)
    except MemoryError:
        return Decision("failed", "extract", "memory_error")
    # An engine is foreign code on foreign bytes: whatever it raises is this page's failure.
    except Exception as error:  # noqa: BLE001
        return Decision("failed", "extract", _snake_case(type(error).__name__))


class _Lines(NamedTuple):
    """The text in lines that are paragraphs, and none but those of the main text."""

    text: str
    whole: str
    """The text with the furniture around it, which is evidence, too."""
    confidence: float
    unwrapped_count: int
    furniture_count: int


def _lines(extracted: Extracted, page: Page, config: PageSettings) -> _Lines:
    text, confidence = extracted.text, extracted.confidence
    joined, count = unwrapped(text) if config.normalization.unwrap else (text, 0)
    if page.content_type != _PLAIN or config.extraction.text_lines == "all":
        return _Lines(joined, joined, 1.0 if confidence is None else confidence, count, 0)
    kept = main_lines(joined)
    text_left, gone = without_remain_lines(kept.text)
    return _Lines(text_left, joined, kept.confidence, count, kept.furniture_line_count + gone)


def _measured(
    text: str, known: dict[str, Any], read: tuple[Decoded, Extracted], config: PageSettings
) -> dict[str, Any]:
    decoded, extracted = read
    signals: dict[str, Any] = measure(text)
    signals["replacement_ratio"] = decoded.replacement_ratio
    signals["text_density"] = min(1.0, len(text) / max(len(decoded.text), 1))
    hidden = extracted.hidden_count
    signals["hidden_ratio"] = hidden / max(hidden + len(text), 1)
    signals |= measure_content(text, known["title"])
    signals |= scores(text, known["title"], known | signals, config.quality)
    settings = config.signature
    signed = signature(text, settings.hashes, settings.ngram, settings.seed)
    return signals | {
        "text_hash": text_hash(text),
        "form_hash": form_hash(text, known["title"]),
        "signature": signed.tobytes(),
        "fingerprints": fingerprints(text).astype("<u8").tobytes(),
    }


def _snake_case(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))
