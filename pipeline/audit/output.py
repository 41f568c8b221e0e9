"""A finished output, for programs: its figures, and its files as Arrow datasets."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

import pyarrow as pa
import pyarrow.dataset as ds

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.audit.minhashes import minhashes
from jingyu.pipeline.read import storage
from jingyu.pipeline.read.stores import store_of
from jingyu.pipeline.store.decided import STEPS
from jingyu.pipeline.store.finished import is_other, layout_of, staged_keys
from jingyu.pipeline.store.layout import MANIFEST, STATS, Layout
from jingyu.pipeline.store.tables import TABLE
from jingyu.schemas.decisions import DECISIONS

if TYPE_CHECKING:
    from datasketch import MinHash

_OF_STATS: Final = {"reasons": dict}
_OF_MANIFEST: Final = {"config": dict, "fingerprints": dict, "inputs": list, "parts": list}


@dataclass(frozen=True)
class Output:
    """What a finished run left behind.

    Attributes:
        path: Its folder.
        stats: All counts: `stats.json`.
        manifest: Inputs, resolved config, versions and checksums: `manifest.json`.
    """

    path: str
    stats: dict[str, Any]
    manifest: dict[str, Any]
    staging: str = ""
    """Folder of its staged files, if the run was given one."""

    @classmethod
    def open(cls, path: str, staging: str = "") -> Self:
        """Returns the output in a folder, staged in another one if that is given.

        Raises:
            InputError: The folder holds no finished run.
        """
        try:
            stats, manifest = (
                json.loads(storage.read_bytes(storage.join(path, name)))
                for name in (STATS, MANIFEST)
            )
        except (OSError, ValueError) as error:
            raise _unfinished(path) from error
        if not (_has(stats, _OF_STATS) and _has(manifest, _OF_MANIFEST)):
            raise _unfinished(path)
        return cls(path, stats, manifest, staging)

    @property
    def corpus(self) -> ds.Dataset:
        """The documents, a row each."""
        return self._published("corpus")

    @property
    def ledger(self) -> ds.Dataset:
        """What became of each input record."""
        return self._published("ledger")

    @property
    def sites(self) -> ds.Dataset:
        """The sites of the run, with the verdicts on them."""
        return self._published("sites")

    @property
    def layout(self) -> Layout:
        """Where the files of the run are, those that it staged among them."""
        return layout_of(self.path, self.manifest, self.staging)

    @property
    def keys(self) -> list[str]:
        """Names of the items that the run staged.

        Raises:
            InputError: The staged files were deleted.
        """
        found = staged_keys(self.layout)
        if not found:
            raise InputError(
                f"{self.path}: its staged files are not there; name its staging folder by "
                "`--staging`, or run `jingyu run` again"
            )
        return found

    @property
    def decisions(self) -> ds.Dataset:
        """What each step decided on staged documents, in rows of one schema.

        Raises:
            InputError: The staged files were deleted.
        """
        layout = self.layout
        files = [
            file.path
            for step in STEPS
            for file in _files(layout.folder(step))
            if file.path.endswith(TABLE) and not is_other(file.name)
        ]
        if not files:
            raise InputError(
                f"{self.path}: its staged decisions are not there; name its staging folder, or run "
                "`jingyu run` again"
            )
        return ds.dataset(files, schema=DECISIONS, format="ipc")

    def minhashes(self) -> Iterator[tuple[str, "MinHash"]]:
        """Yields the id and signature of each document of the index, as datasketch objects.

        Raises:
            InputError: The output has no index.
        """
        return minhashes(self.path)

    def _published(self, kind: str) -> ds.Dataset:
        parts = [part["path"] for part in self.manifest["parts"]]
        paths = [storage.join(self.path, part) for part in parts if part.startswith(f"{kind}/")]
        files = None
        if not storage.is_local(self.path):
            store = store_of(self.path)
            paths, files = list(map(store.path, paths)), store.files
        try:
            return ds.dataset(paths, format="parquet", filesystem=files)
        except (pa.ArrowInvalid, FileNotFoundError) as error:
            raise InputError(
                f"{self.path}: a file of {kind}/ is gone or damaged; copy the output again, or run "
                "`jingyu run` again"
            ) from error


def _unfinished(path: str) -> InputError:
    return InputError(f"{path}: holds no finished run; give its output folder")


def _has(told: Any, kinds: Mapping[str, type]) -> bool:
    """Returns whether a file of a run has what each version has written in it."""
    return isinstance(told, dict) and all(
        isinstance(told.get(name), kind) for name, kind in kinds.items()
    )


def _files(folder: str) -> Iterable[storage.StoredFile]:
    return storage.find(folder) if storage.exists(folder) else ()
