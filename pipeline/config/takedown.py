"""What must leave the corpus."""

from pydantic import Field

from jingyu.filters.settings.section import Section


class TakedownSection(Section):
    """What must leave the corpus, and stay out."""

    lists: tuple[str, ...] = Field(
        (),
        description="CSV files with the columns kind (`url`, `domain`, `document_id`, `text_hash`, "
        "`signature`, `passage`), value, reason and date, in a register also asked_by and "
        "reference; the carry-over lists of earlier takedowns are such files.",
    )
