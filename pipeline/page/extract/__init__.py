"""From a page to its main text."""

from jingyu.pipeline.page.extract.engines import ENGINES, Extracted, extract
from jingyu.pipeline.page.extract.metadata import title_of

__all__ = ["ENGINES", "Extracted", "extract", "title_of"]
