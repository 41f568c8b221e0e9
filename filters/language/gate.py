"""Whether bytes are certainly not Chinese, from what was counted in them."""

from typing import NamedTuple

from jingyu.filters.language.settings import Gate
from jingyu.schemas.decisions import REJECTED, Decision

_IN_SCRIPTS = 200
"""Han beyond those that a page shows from which on its scripts hold a text."""


class GateMeasure(NamedTuple):
    """What a page's bytes tell: the columns of `GATE`, in its order.

    Each count is looked for only where the one before it leaves a doubt, since the first costs
    least.
    """

    most_han_count: int
    """The most Han characters that the bytes can hold."""
    suspected_han_count: int | None = None
    """Han characters that stand there if the bytes are what they seem to be."""
    visible_han_count: int | None = None
    """Han characters in the text, without scripts, styles, comments and tags."""
    kana_ratio: float = 0.0
    """Kana per Han character in text outside links; 0 where it was not looked for."""
    word_ratio: float = 0.0
    """Words of other scripts per Han character, likewise."""

    @property
    def han_counts(self) -> tuple[int, ...]:
        """The counts of Han as far as they were looked for, each a better bound than the last."""
        most, suspected, visible = self[:3]
        # Most pages have one count: they are turned away by it.
        if suspected is None:
            return (most,) if visible is None else (most, visible)
        return (most, suspected) if visible is None else (most, suspected, visible)

    @property
    def han_count(self) -> int:
        """The best bound on the number of Han."""
        return self.han_counts[-1]


def too_foreign(measured: GateMeasure, gate: Gate) -> Decision | None:
    """Returns why bytes of this measure cannot become a Chinese text, or none if they may."""
    for count in measured.han_counts:
        if count < gate.min_han_count:
            is_held = (measured.suspected_han_count or 0) >= count + _IN_SCRIPTS
            reason = "text_in_script" if is_held and count == measured.visible_han_count else None
            return _rejected(reason or "too_few_han", count, gate.min_han_count)
    if measured.kana_ratio > gate.max_kana_ratio:
        return _rejected("too_much_kana", measured.kana_ratio, gate.max_kana_ratio)
    if measured.word_ratio > gate.max_word_ratio and measured.han_count < gate.enough_han_count:
        return _rejected("mostly_other_words", measured.word_ratio, gate.max_word_ratio)
    return None


def _rejected(reason: str, measured: float, limit: float) -> Decision:
    return Decision(REJECTED, "gate", reason, float(measured), float(limit))
