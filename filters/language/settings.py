"""The sections of a config that say which pages are Chinese."""

from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema, field_validator

from jingyu.filters.language.codes import CODES, checked_code
from jingyu.filters.settings.section import Section

_Code = Annotated[
    str, AfterValidator(checked_code), WithJsonSchema({"type": "string", "enum": list(CODES)})
]


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

    enough_han_count: int = Field(
        200,
        ge=0,
        description="Han in the visible text from which on no words of other scripts count: those "
        "of a page's scripts, menus and code.",
    )

    def lets_in_all_of(self, other: "Gate") -> bool:
        """Returns whether every page that another gate lets in passes this one, too."""
        return (
            self.min_han_count <= other.min_han_count
            and self.max_kana_ratio >= other.max_kana_ratio
            and self.max_word_ratio >= other.max_word_ratio
            and self.enough_han_count <= other.enough_han_count
        )


class LanguageSection(Section):
    """Which languages are kept."""

    keep: tuple[_Code, ...] = Field(
        ("zh",),
        description="ISO 639 codes as fastText's lid.176 has them, `und` for no language; `yue` "
        "and `wuu` are told apart from `zh`, scripts are not.",
    )

    # A `min_length` would call a tuple empty whenever a code in it is wrong.
    @field_validator("keep")
    @classmethod
    def _is_not_empty(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        if not codes:
            raise ValueError("give at least one language")
        return codes
