"""Which records are worth examining: decided from headers, address and bytes, in microseconds."""

from dataclasses import dataclass
from typing import Self

from pipeline.config import RunConfig
from pipeline.reading.record import Record, declared_charset
from pipeline.sections import Gate
from pipeline.text.examine import Ended, Page
from pipeline.text.gate import GateMeasure, measure_bytes
from pipeline.text.sources import SourceList, source_list

_ROW = "row"
_HTML = "text/html"
_SNIFFED_BYTES = 512
_TOO_LARGE = frozenset({"record_too_large", "decompression_bomb"})


@dataclass(frozen=True)
class Admission:
    """Turns away what is certainly not wanted, the cheapest test first."""

    config: RunConfig
    allow: SourceList
    block: SourceList

    @classmethod
    def of(cls, config: RunConfig) -> Self:
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
        return (
            self._by_record(record)
            or self._by_source(record.url, host)
            or self._by_bytes(record)
            or page_of(record)
        )

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
        return None

    def _by_bytes(self, record: Record) -> Ended | None:
        gate = self.config.gate
        charset = declared_charset(record)
        return too_foreign(measure_bytes(record.payload, charset, gate.min_han_count), gate)


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


def page_of(record: Record) -> Page:
    """Returns what examining needs of a record."""
    return Page(
        payload=record.payload,
        content_type=_media_type(record),
        http_charset=declared_charset(record),
        is_text=record.record_type in {_ROW, "conversion"},
    )


def _media_type(record: Record) -> str | None:
    """Returns the stated media type; a payload of none that begins like markup is HTML."""
    if record.content_type is None and b"<" in record.payload[:_SNIFFED_BYTES]:
        return _HTML
    return record.content_type
