"""The byte gate's figures for a page, for tests of what they are and what is decided on them."""

from jingyu.filters.language.gate import GateMeasure
from jingyu.pipeline.page.gate.gate import look_at


def measure_bytes(
    payload: bytes, http_charset: str | None = None, min_han_count: int = 50
) -> GateMeasure:
    """Returns what `look_at` measures."""
    return look_at(payload, http_charset, min_han_count).measure
