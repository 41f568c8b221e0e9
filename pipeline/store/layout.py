"""Where a run puts what it leaves behind."""

from dataclasses import dataclass

from jingyu.pipeline.read import storage
from jingyu.pipeline.store.staging import TABLE, ProgressFile, Staged


@dataclass(frozen=True)
class Layout:
    """Paths of an output folder, and of what is staged in it under which fingerprints."""

    out: str
    extract: str = ""
    select: str = ""
    deduplicate: str = ""
    clean: str = ""
    write: str = ""
    sources: str = ""
    caps: str = ""

    def path(self, *parts: str) -> str:
        """Returns a path in the output folder."""
        return storage.join(self.out, *parts)

    @property
    def extract_folder(self) -> str:
        """Staged documents and ended records, by item."""
        return self.path("staging", f"extract-{self.extract}")

    @property
    def select_folder(self) -> str:
        """Verdicts of the rules, by item."""
        return self.path("staging", f"select-{self.select}")

    @property
    def dropped_sources(self) -> str:
        """Sources that are left out, with the counts that decided."""
        return self.path("staging", f"sources-{self.sources}", f"dropped{TABLE}")

    def dropped_rows(self, key: str) -> str:
        """Returns the file of an item's documents of such sources; there is none without any."""
        return self.path("staging", f"sources-{self.sources}", f"{key}{TABLE}")

    @property
    def deduplicate_folder(self) -> str:
        """Verdicts of deduplication, by item."""
        return self.path("staging", f"deduplicate-{self.deduplicate}")

    @property
    def cluster_figures(self) -> str:
        """How many edges between documents were found, and how they became clusters."""
        return storage.join(self.deduplicate_folder, "clusters.json")

    @property
    def clean_folder(self) -> str:
        """Verdicts of cleaning, by item."""
        return self.path("staging", f"clean-{self.clean}")

    @property
    def capped_sources(self) -> str:
        """Sources that would be too much of the corpus."""
        return self.path("staging", f"caps-{self.caps}", f"capped{TABLE}")

    def capped_rows(self, key: str) -> str:
        """Returns the file of an item's documents that go for it; there is none without any."""
        return self.path("staging", f"caps-{self.caps}", f"{key}{TABLE}")

    @property
    def write_folder(self) -> str:
        """Parts of the corpus and the ledger on their way."""
        return self.path("staging", f"write-{self.write}")

    @property
    def progress_folder(self) -> str:
        """How far the items in work are."""
        return self.path("staging", "progress")

    def progress(self, key: str) -> ProgressFile:
        """Returns what tells how far an item is."""
        return ProgressFile(storage.join(self.progress_folder, key))

    @property
    def work_list(self) -> str:
        """The work items of the step that a runner carries out."""
        return self.path("staging", "work-list")

    def staged(self, key: str) -> Staged:
        """Returns the staged files of an item."""
        return Staged(self.extract_folder, key)

    def verdicts(self, key: str) -> str:
        """Returns the file of an item's verdicts by the rules."""
        return storage.join(self.select_folder, f"{key}{TABLE}")

    def duplicates(self, key: str) -> str:
        """Returns the file of an item's duplicates and survivors."""
        return storage.join(self.deduplicate_folder, f"{key}{TABLE}")

    def cleaned(self, key: str) -> str:
        """Returns the file of what leaves an item's texts."""
        return storage.join(self.clean_folder, f"{key}{TABLE}")
