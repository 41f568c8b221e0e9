"""Which records are worth examining: decided from headers, address and bytes, in microseconds."""

from dataclasses import dataclass
from typing import Self

from jingyu.filters.language.settings import Gate
from jingyu.filters.source.registers import register_of
from jingyu.filters.source.source_list import SourceList, source_list
from jingyu.pipeline.page.decode.decoding import Decoded
from jingyu.pipeline.page.gate.gate import GateMeasure, look_at
from jingyu.pipeline.page.page import Ended, Page
from jingyu.pipeline.page.settings import PageSettings
from jingyu.pipeline.read.record import Record, declared_charset

_ROW = "row"
_HTML = "text/html"
_SNIFFED_BYTES = 512
_TOO_LARGE = frozenset({"record_too_large", "decompression_bomb"})


@dataclass(frozen=True)
class Admission:
    """Turns away what is certainly not wanted, the cheapest test first."""

    config: PageSettings
    allow: SourceList
    block: SourceList

    @classmethod
    def of(cls, config: PageSettings) -> Self:
        """Returns the tests of a config, its lists read.

        Raises:
            ConfigError: A list holds what is no entry.
        """
        sources = config.sources
        return cls(
            config,
            source_list(sources.allow, sources.allow_lists),
            source_list(sources.block, sources.block_lists),
        )

    def decide(self, record: Record, host: str | None) -> Ended | Page:
        """Returns the page to examine, or why there is none."""
        ended = self._by_record(record) or self._by_source(record.url, host)
        if ended:
            return ended
        gate = self.config.gate
        look = look_at(record.payload, declared_charset(record), gate.min_han_count)
        return too_foreign(look.measure, gate) or page_of(record, look.decoded)

    def _by_record(self, record: Record) -> Ended | None:
        inputs = self.config.inputs
        if record.record_type == "revisit":
            return Ended("rejected", "read", "revisit")
        if record.damage in _TOO_LARGE:
            limit = float(inputs.max_record_mib << 20)
            return Ended("rejected", "read", record.damage, float(record.payload_bytes), limit)
        if record.http_status is not None and record.http_status not in inputs.statuses:
            return Ended("rejected", "read", "unwanted_status", float(record.http_status))
        if record.payload:
            is_wanted = record.record_type == _ROW or _media_type(record) in inputs.content_types
            return None if is_wanted else Ended("rejected", "read", "unwanted_content_type")
        if record.damage:
            return Ended("failed", "read", record.damage)
        return Ended("rejected", "read", "empty_payload", 0.0, 1.0)

    def _by_source(self, url: str | None, host: str | None) -> Ended | None:
        if self.block and self.block.matches(url, host):
            return Ended("rejected", "sources", "blocked_source")
        if self.allow and not self.allow.matches(url, host):
            return Ended("rejected", "sources", "unlisted_source")
        return self._by_register(url, host)

    def _by_register(self, url: str | None, host: str | None) -> Ended | None:
        settings = self.config.source_register
        if not (settings.only_registered or settings.min_tier):
            return None
        source = register_of(settings).find(url, host)
        if settings.admits(source):
            return None
        reason = "untrusted_source" if source else "unregistered_source"
        return Ended("rejected", "sources", reason)


def too_foreign(measured: GateMeasure, gate: Gate) -> Ended | None:
    """Returns why bytes of this measure cannot become a Chinese text, or none if they may."""
    limits = (
        ("too_few_han", measured.han_count, gate.min_han_count, -1),
        ("too_much_kana", measured.kana_ratio, gate.max_kana_ratio, 1),
        ("mostly_other_words", measured.word_ratio, gate.max_word_ratio, 1),
    )
    for reason, value, limit, sign in limits:
        if sign * value > sign * limit:
            return Ended("rejected", "gate", reason, float(value), float(limit))
    return None


def page_of(record: Record, decoded: Decoded | None = None) -> Page:
    """Returns what examining needs of a record, whose characters the gate may have read."""
    is_text = record.record_type in {_ROW, "conversion"}
    known = None if is_text else decoded
    return Page(
        payload=b"" if known else record.payload,
        content_type=_media_type(record),
        http_charset=declared_charset(record),
        is_text=is_text,
        decoded=known,
    )


def _media_type(record: Record) -> str | None:
    """Returns the stated media type; a payload of none that begins like markup is HTML."""
    if record.content_type is None and b"<" in record.payload[:_SNIFFED_BYTES]:
        return _HTML
    return record.content_type
