"""Which records are worth examining: decided from headers, address and bytes, in microseconds."""

from dataclasses import dataclass
from typing import NamedTuple, Self

from jingyu.filters.language.gate import GateMeasure, too_foreign
from jingyu.filters.source.admission import SourceAdmission
from jingyu.pipeline.page.decode.decoding import Decoded
from jingyu.pipeline.page.gate.gate import look_at
from jingyu.pipeline.page.media_type import media_type_of
from jingyu.pipeline.page.page import Page
from jingyu.pipeline.page.settings import PageSettings
from jingyu.pipeline.read.record import ROW, Record, declared_charset
from jingyu.schemas.decisions import Decision

_CUTS = frozenset(
    {"truncated_member", "truncated_record", "content_encoding_error", "wrong_content_length"}
)
_CUT_NOTES = frozenset({"truncated_fetch", "segmented"})
_TOO_LARGE = frozenset({"record_too_large", "decompression_bomb"})


class Admitted(NamedTuple):
    """What becomes of a record before it is examined."""

    decision: Decision | None
    page: Page | None
    """The page to examine, if nothing was decided."""
    measured: GateMeasure | None = None
    """What its bytes told, if they were looked at."""


@dataclass(frozen=True)
class Admission:
    """Turns away what is certainly not wanted, the cheapest test first."""

    settings: PageSettings
    sources: SourceAdmission

    @classmethod
    def of(cls, settings: PageSettings) -> Self:
        """Returns the tests of a config, its lists read.

        Raises:
            ConfigError: A list holds what is no entry.
        """
        return cls(settings, SourceAdmission.of(settings.sources, settings.source_register))

    def admit(self, record: Record, url: str | None, host: str | None) -> Admitted:
        """Returns the page to examine, or why there is none.

        Args:
            record: What was read.
            url: Its address, personal data masked: what is decided again later is decided on it.
            host: The host of the address, in lower case.
        """
        decision = self._by_record(record) or self.sources.decide(url, host)
        if decision:
            return Admitted(decision, None)
        gate = self.settings.gate
        look = look_at(record.payload, declared_charset(record), gate.min_han_count)
        decision = too_foreign(look.measure, gate)
        page = None if decision else page_of(record, look.decoded)
        return Admitted(decision, page, look.measure)

    def _by_record(self, record: Record) -> Decision | None:
        inputs = self.settings.inputs
        if record.record_type == "revisit":
            return Decision("rejected", "read", "revisit")
        if record.damage in _TOO_LARGE:
            limit = float(inputs.max_record_mib << 20)
            return Decision("rejected", "read", record.damage, float(record.payload_bytes), limit)
        if record.http_status is not None and record.http_status not in inputs.statuses:
            return Decision("rejected", "read", "unwanted_status", float(record.http_status))
        if record.payload:
            is_wanted = record.record_type == ROW or media_type_of(record) in inputs.content_types
            return None if is_wanted else Decision("rejected", "read", "unwanted_content_type")
        if record.damage:
            return Decision("failed", "read", record.damage)
        return Decision("rejected", "read", "empty_payload", 0.0, 1.0)


def page_of(record: Record, decoded: Decoded | None = None) -> Page:
    """Returns what examining needs of a record, whose characters the gate may have read."""
    known = None if record.is_text else decoded
    return Page(
        payload=b"" if known else record.payload,
        content_type=media_type_of(record),
        http_charset=declared_charset(record),
        is_text=record.is_text,
        is_cut=record.damage in _CUTS or not _CUT_NOTES.isdisjoint(record.notes),
        decoded=known,
    )
