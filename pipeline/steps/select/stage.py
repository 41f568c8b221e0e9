"""Select as a step: from the staged columns of items to decisions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.steps.select.select import select_item
from jingyu.pipeline.steps.work import Figures
from jingyu.pipeline.store.layout import Layout


@dataclass(frozen=True)
class SelectDocuments:
    """Writes which staged documents of items go on, and why others do not."""

    config: RunConfig
    layout: Layout
    name: ClassVar[str] = "select"

    @contextmanager
    def worker(self) -> Iterator[Callable[[str], Figures]]:
        """Yields what decides on an item."""

        def select(key: str) -> Figures:
            select_item(key, self.layout, self.config)
            return {"items_selected": 1}

        yield select
