"""What a run reads of a crawl by its index."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.read import storage
from jingyu.pipeline.read.index.index_files import index_files
from jingyu.pipeline.read.index.parts import Parts
from jingyu.pipeline.run import fingerprints
from jingyu.pipeline.run.engine import Engine
from jingyu.pipeline.run.progress import Progress
from jingyu.pipeline.steps.choose.plan import Known, items_of, known_of
from jingyu.pipeline.steps.choose.robotstxt import HOSTS_TOGETHER
from jingyu.pipeline.steps.choose.runs import known_counts, together
from jingyu.pipeline.steps.choose.stage import ArrangeRecords, ChooseRecords, ReadRobotsTxt
from jingyu.pipeline.steps.choose.wanted import of_hosts
from jingyu.pipeline.steps.work import Map
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.items import WorkItem
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.tables import TABLE


class Chosen(NamedTuple):
    """What is read of an indexed crawl."""

    items: list[WorkItem]
    robotstxt: str | None = None
    """Folder of the robots.txt files that were captured with it, if they are asked for."""


@dataclass(frozen=True)
class Choosing:
    """How it is found out what is read of an indexed crawl, file by file and part by part."""

    config: RunConfig
    layout: Layout
    engine: Engine
    progress: Progress

    def chosen(self) -> Chosen:
        """Returns what is read by the index that the config names.

        Raises:
            InputError: The index cannot be read, or names no record that is asked for.
        """
        section = self.config.inputs.index
        wanted = self._wanted(index_files(section, Parts(section)))
        known = known_of(wanted)
        items = items_of(self._arranged(wanted, known), section.base)
        records = sum(item.chosen.count for item in items if item.chosen)
        self.progress.say(
            f"the index names {known.records_indexed:,} records, of which {records:,} are wanted, "
            f"{sum(item.size for item in items):,} bytes of {len(items):,} pieces; "
            f"{known.index_bytes:,} bytes of the index were read"
        )
        if not items:
            raise InputError("the index names no record that `inputs.index` asks for")
        return Chosen(items, self._robotstxt(wanted) if section.robotstxt else None)

    def _wanted(self, files: Sequence[str]) -> list[str]:
        """Returns files of the wanted records of files of an index."""
        names = [f"{fingerprints.of_choice(self.config, path)}.parquet" for path in files]
        targets = [storage.join(self.layout.index, name) for name in names]
        self._map(ChooseRecords(self.config.inputs), list(zip(targets, files, strict=True)))
        return targets

    def _arranged(self, wanted: Sequence[str], known: Known) -> list[str]:
        """Returns files of the items that read wanted records."""
        folder = storage.join(self.layout.index, fingerprints.of_places(wanted))
        pieces = pieces_in(folder, TABLE, wanted, known.pieces())
        self._map(ArrangeRecords(), pieces)
        return [target for target, *_ in pieces]

    def _robotstxt(self, wanted: Sequence[str]) -> str:
        """Returns the folder of the robots.txt files of the hosts of wanted pages."""
        hosts = [of_hosts(path) for path in wanted]
        name = f"robotstxt-{fingerprints.of_places([*hosts, self.config.inputs.index.base])}"
        folder = storage.join(self.layout.index, name)
        together_in = together(known_counts(hosts), HOSTS_TOGETHER)
        self._map(
            ReadRobotsTxt(self.config.inputs), pieces_in(folder, ".jsonl", hosts, together_in)
        )
        return folder

    def _map(self, step: Map, pieces: Sequence[tuple[Any, ...]]) -> None:
        """Has a step done for the pieces whose targets, which come first, are not there."""
        folders = {target.rpartition("/")[0] for target, *_ in pieces}
        done = {storage.join(at, name) for at in folders for name in filesystem.names_in(at)}
        missing = [piece for piece in pieces if piece[0] not in done]
        with self.progress.step(step.name, len(missing)):
            if missing:
                self.engine.map(step, missing, self.layout.work_list)


def pieces_in(
    folder: str, suffix: str, files: Sequence[str], partitions: Sequence[tuple[int, ...]]
) -> list[tuple[str, tuple[str, ...], tuple[int, ...]]]:
    """Returns pieces of work on partitions of files, by the file that each writes in a folder."""
    return [
        (storage.join(folder, f"{number:05d}{suffix}"), tuple(files), each)
        for number, each in enumerate(partitions)
    ]
