"""From a page to its main text."""

from pipeline.text.extraction.engines import ENGINES, Extracted, extract
from pipeline.text.extraction.metadata import title_of

__all__ = ["ENGINES", "Extracted", "extract", "title_of"]
