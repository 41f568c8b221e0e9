"""Which passages that many documents have are counted, and which leave their texts."""

from typing import Literal

from pydantic import Field

from jingyu.filters.settings.section import Section


class PassagesSection(Section):
    """Which passages, runs of whole sentences that many documents have, leave their texts."""

    action: Literal["cut", "count", "nothing"] = Field(
        "cut",
        description="`cut` them from all documents but one, only `count` them, or look for none.",
    )
    min_han: int = Field(
        24,
        ge=1,
        description="Fewest Han of a passage: shorter ones are phrases, and what holds few Han is "
        "code or a table.",
    )
    min_documents: int = Field(
        10, ge=2, description="Fewest kept documents of the corpus that have the passage."
    )
    min_hosts: int = Field(
        3,
        ge=1,
        description="Fewest hosts that these are of: what editions of one text on one site share "
        "is no passage. A document without a host counts as one of its own.",
    )
    max_passages: int = Field(
        5,
        ge=1,
        description="Most passages of a document that are cut: one that shares more, its own text "
        "between them, is an edition of another, and stays whole.",
    )
