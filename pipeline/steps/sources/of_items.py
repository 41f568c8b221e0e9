"""What work on items knows of them."""

from dataclasses import dataclass
from functools import cached_property

from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.work_list import WorkList


@dataclass
class OfItems:
    """Work that is told an item's number and needs its key."""

    layout: Layout

    @cached_property
    def work(self) -> WorkList:
        """All pieces of work."""
        return WorkList(self.layout.work_list)

    def key_of(self, number: int) -> str:
        """Returns the key of an item, by its number."""
        key: str = self.work[number][1]
        return key
