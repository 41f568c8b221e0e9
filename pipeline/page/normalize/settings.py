"""The section of a config that says to which form texts are brought."""

from typing import Literal

from pydantic import Field

from jingyu.filters.settings.section import Section


class Normalization(Section):
    """How text is brought to one form."""

    unwrap: bool = Field(
        default=True, description="Whether paragraphs that were broken at one width are joined."
    )
    spaces: Literal["separating", "beside_latin", "none"] = Field(
        "separating",
        description="Which spaces stay: between Chinese characters those that set names, headings "
        "and columns apart; none between them; or none at all, which is WuDao's rule to the letter "
        "and joins Latin words.",
    )
    unicode_form: Literal["nfc", "nfkc", "keep"] = Field(
        "nfc",
        description="Unicode's normal form; `nfkc` also makes full-width punctuation ASCII, ① 1.",
    )
    width: Literal["usual", "keep"] = Field(
        "usual",
        description="`usual` makes full-width letters and digits ASCII, and half-width kana full.",
    )
    variants: Literal["ordinary", "keep"] = Field(
        "ordinary",
        description="`ordinary` makes radicals and vertical forms the characters they stand for.",
    )
    invisible: Literal["remove", "keep"] = Field(
        "remove",
        description="What becomes of characters that nobody sees; controls go in any case.",
    )
    script: Literal["keep", "simplified"] = Field(
        "keep", description="`simplified` converts traditional text with OpenCC."
    )
