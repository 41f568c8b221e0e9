"""The sections of a config that say which pages are Chinese."""

from pydantic import Field

from jingyu.filters.settings.section import Section


class Gate(Section):
    """Which pages are certainly not Chinese, from their bytes alone."""

    min_han_count: int = Field(
        50, ge=0, description="Fewest Han characters, estimated from the bytes."
    )
    max_kana_ratio: float = Field(
        0.5,
        ge=0,
        description="Most kana per Han in text outside links; kept pages measured at most 0.42.",
    )
    max_word_ratio: float = Field(
        2.0,
        ge=0,
        description="Most words of other scripts per Han in text outside links; kept pages "
        "measured at most 1.62.",
    )


class LanguageSection(Section):
    """Which languages are kept."""

    keep: tuple[str, ...] = Field(
        ("zh",),
        min_length=1,
        description="ISO 639 codes; `yue` and `wuu` are told apart from `zh`.",
    )
