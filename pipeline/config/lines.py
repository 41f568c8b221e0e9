"""Which lines leave the text of kept documents."""

from pydantic import Field

from jingyu.filters.settings.section import Ratio, Section


class LinesSection(Section):
    """Which lines leave the text of kept documents: those that stand there again and again."""

    drop_repeated: bool = Field(
        default=True,
        description="Whether of lines that repeat in a text only the first stays.",
    )
    drop_boilerplate: bool = Field(
        default=True, description="Whether lines go that many kept pages of one host have."
    )
    min_han: int = Field(
        8,
        ge=1,
        description="Fewest Han of boilerplate: shorter lines are headings, and those of few Han "
        "code, which may repeat.",
    )
    min_repeated_han: int = Field(
        15,
        ge=1,
        description="Fewest Han of a repeated line: shorter ones are headings that a table of "
        "contents names, too.",
    )
    min_pages: int = Field(10, ge=2, description="Fewest kept pages of a host that have the line.")
    min_page_ratio: Ratio = Field(
        0.1, description="Least share of the host's kept pages that have the line."
    )
    max_dropped_ratio: Ratio = Field(
        0.8, description="Largest share of a document's characters that may go; beyond, it goes."
    )
