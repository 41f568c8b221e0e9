"""Where a run puts what it leaves behind."""

from dataclasses import dataclass
from typing import Final

from jingyu.pipeline.read import storage
from jingyu.pipeline.store.staging import ProgressFile, Staged
from jingyu.pipeline.store.tables import TABLE

MANIFEST: Final = "manifest.json"
STATS: Final = "stats.json"
CARD: Final = "README.md"
REPORT: Final = "report.html"
DROPPED_SOURCES: Final = "dropped_sources.txt"
TAKEDOWN: Final = "takedown"
STATISTICS_FOLDER: Final = "statistics"
"""Names in an output folder, beside those of the folders of parts."""

_SITES: Final = "sites-"
_TEMPLATES: Final = "templates-"


@dataclass(frozen=True)
class Layout:
    """Paths of an output folder, and of what the steps of one run stage in it.

    Attributes:
        out: The folder.
        extract: Fingerprint of the step, as of the others; empty until it is known.
    """

    out: str
    extract: str = ""
    select: str = ""
    sources: str = ""
    deduplicate: str = ""
    clean: str = ""
    caps: str = ""
    write: str = ""
    staging: str = ""
    """Folder of staged files, which several outputs may share; in the output folder if not given.
    """

    def path(self, *parts: str) -> str:
        """Returns a path in the output folder."""
        return storage.join(self.out, *parts)

    @property
    def staging_folder(self) -> str:
        """Where staged files lie."""
        return self.staging or self.path("staging")

    def _in_staging(self, *parts: str) -> str:
        return storage.join(self.staging_folder, *parts)

    @property
    def files(self) -> str:
        """Folder of the contents of files that a config names, for workers on other machines."""
        return self._in_staging(".files")

    @property
    def index(self) -> str:
        """Folder of which records of an index are read."""
        return self._in_staging(".index")

    def folder(self, step: str) -> str:
        """Returns the folder of a step, whose name says under which fingerprint."""
        return self._in_staging(f"{step}-{getattr(self, step)}")

    def decisions(self, step: str, key: str) -> str:
        """Returns the file of a step's decisions on an item's documents."""
        return storage.join(self.folder(step), f"{key}{TABLE}")

    def staged(self, key: str) -> Staged:
        """Returns the staged files of an item."""
        return Staged(self.folder("extract"), key)

    def changes(self, key: str) -> str:
        """Returns the file of `CHANGES`: what leaves the texts of an item's documents."""
        return storage.join(self.folder("clean"), f"{key}.changes{TABLE}")

    @property
    def dropped_sources(self) -> str:
        """File of the sources that are left out, with the counts that decided."""
        return storage.join(self.folder("sources"), f"dropped{TABLE}")

    def sites(self, partition: int) -> str:
        """Returns the file of the sites of a partition, with the verdicts on them."""
        return storage.join(self.folder("sources"), f"{_SITES}{partition:05d}{TABLE}")

    def templates(self, partition: int) -> str:
        """Returns the file of the templates of a partition."""
        return storage.join(self.folder("sources"), f"{_TEMPLATES}{partition:05d}{TABLE}")

    @staticmethod
    def is_templates(name: str) -> bool:
        """Returns whether a file of that name holds templates."""
        return name.startswith(_TEMPLATES) and name.endswith(TABLE)

    @staticmethod
    def is_sites(name: str) -> bool:
        """Returns whether a file of that name holds judged sites."""
        return name.startswith(_SITES) and name.endswith(TABLE)

    @property
    def capped_sources(self) -> str:
        """File of the sources that would be too much of the corpus."""
        return storage.join(self.folder("caps"), f"capped{TABLE}")

    @property
    def cluster_figures(self) -> str:
        """File of how many edges between documents were found, and how they became clusters."""
        return storage.join(self.folder("deduplicate"), "clusters.json")

    @property
    def readings_folder(self) -> str:
        """Folder of what was read of documents that met, which goes when all is decided."""
        return storage.join(self.folder("deduplicate"), "readings")

    def readings(self, part: int) -> str:
        """Returns the file of what was read of a part's documents."""
        return storage.join(self.readings_folder, f"{part:05d}")

    @property
    def progress_folder(self) -> str:
        """Folder of how far the items in work are."""
        return self._in_staging("progress")

    def progress(self, key: str) -> ProgressFile:
        """Returns what tells how far an item is."""
        return ProgressFile(storage.join(self.progress_folder, key))

    @property
    def work_list(self) -> str:
        """File of the pieces of work of the step that is carried out."""
        return self._in_staging("work-list")
