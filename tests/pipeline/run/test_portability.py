"""The steps stay portable: they translate into a Dataflow job graph. Nothing is sent anywhere."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions

from jingyu.filters.rule import Rule
from jingyu.pipeline import steps
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.config.copies import Copy
from jingyu.pipeline.config.decontamination import Decontamination
from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.config.lines import LinesSection
from jingyu.pipeline.read.settings import Inputs
from jingyu.pipeline.run.beam import flow_on_beam, map_on_beam
from jingyu.pipeline.steps.choose.stage import ArrangeRecords, ChooseRecords, ReadRobotsTxt
from jingyu.pipeline.steps.clean.stage import CleanDocuments
from jingyu.pipeline.steps.deduplicate.stage import DeduplicateDocuments
from jingyu.pipeline.steps.extract.stage import ExtractPages
from jingyu.pipeline.steps.select.stage import SelectDocuments
from jingyu.pipeline.steps.sources.stage import JudgeSites
from jingyu.pipeline.steps.work import Dataflow, Map
from jingyu.pipeline.steps.write.stage import WriteOutput
from jingyu.pipeline.steps.write.weights import WeighItems
from jingyu.pipeline.store.carried import Carried
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.work_list import read_step, write_step

CONFIG = RunConfig(rules=(Rule(signal="char_count", min=50, reason="too_short"),))
LAYOUT = Layout("gs://bucket/out", "e", "s", "g", "d", "c", "k", "w")
OPTIONS = [
    "--runner=DataflowRunner",
    "--project=a-project",
    "--region=europe-west1",
    "--temp_location=gs://bucket/tmp",
    "--staging_location=gs://bucket/staging",
    "--job_name=jingyu",
    "--dry_run=true",
]


MOST_BYTES = 100_000


def names_in_graph(
    build: Callable[[beam.Pipeline], None], most_bytes: int = MOST_BYTES
) -> set[str]:
    """Returns the names of the transforms that a pipeline is translated into."""
    pipeline = beam.Pipeline(options=PipelineOptions(OPTIONS))
    build(pipeline)
    result: Any = pipeline.run()
    graph = result.job.proto_pipeline
    assert len(graph.SerializeToString()) < most_bytes
    return {step.unique_name for step in graph.components.transforms.values()}


MAPS: list[Any] = [
    ChooseRecords(CONFIG.inputs),
    ArrangeRecords(),
    ReadRobotsTxt(CONFIG.inputs),
    ExtractPages(CONFIG, LAYOUT),
    SelectDocuments(CONFIG, LAYOUT),
    WeighItems((), LAYOUT),
    WriteOutput(CONFIG, LAYOUT),
]
DATAFLOWS: list[tuple[Any, list[str]]] = [
    (
        DeduplicateDocuments(Deduplication(), LAYOUT, 1_000, 128),
        [
            "KeyDocuments",
            "JoinKeys",
            "ConnectComponents",
            "ReadMembers",
            "ChooseSurvivors",
            "ReadDoubtfulMembers",
            "ChooseDoubtfulSurvivors",
            "WriteDecisions",
            "WriteFigures",
        ],
    ),
    (
        CleanDocuments(LinesSection(), Decontamination(), LAYOUT, 1_000),
        ["CountLines", "FindLines", "CountPassages", "FindPassages", "CleanItem"],
    ),
    (JudgeSites(CONFIG.verdicts, 10, LAYOUT, 1_000), ["CountSites", "Judge", "DecideBySite"]),
]


def steps_that_there_are() -> Iterator[type]:
    """Yields the classes below `pipeline.steps` that describe a step."""
    for module in pkgutil.walk_packages(steps.__path__, f"{steps.__name__}."):
        for found in vars(importlib.import_module(module.name)).values():
            is_step = isinstance(found, type) and isinstance(getattr(found, "name", None), str)
            if is_step and (hasattr(found, "worker") or hasattr(found, "build")):
                yield found


def test_no_step_is_left_out_here() -> None:
    described = {type(step) for step in (*MAPS, *(step for step, _ in DATAFLOWS))}

    assert set(steps_that_there_are()) == described


@pytest.mark.parametrize("step", MAPS, ids=lambda step: str(step.name))
@pytest.mark.filterwarnings("ignore")  # Google's client libraries warn of their own future
def test_a_map_translates_into_a_dataflow_job_graph(step: Map) -> None:
    name, described = str(step.name), f"{LAYOUT.work_list}.step"

    names = names_in_graph(
        lambda pipeline: map_on_beam(pipeline, name, described, LAYOUT.work_list)
    )

    assert {"ReadWorkList", "DealWork", step.name.capitalize()} <= names


@pytest.mark.parametrize(("step", "expected"), DATAFLOWS, ids=[f.name for f, _ in DATAFLOWS])
@pytest.mark.filterwarnings("ignore")
def test_a_dataflow_translates_into_a_dataflow_job_graph(
    step: Dataflow, expected: list[str]
) -> None:
    names = names_in_graph(lambda pipeline: flow_on_beam(pipeline, step, LAYOUT.work_list))

    assert {"ReadWorkList", "DealWork", *expected} <= names


@pytest.mark.filterwarnings("ignore")
def test_a_graph_holds_neither_inputs_nor_files_of_a_config_however_many_there_are(
    tmp_path: Path,
) -> None:
    paths = [f"gs://crawl/{number:08d}.warc.gz" for number in range(100_000)]
    config = CONFIG.model_copy(update={"inputs": Inputs(paths=tuple(paths))})
    copies = tuple(Copy(path, "0" * 64, 0.0) for path in paths)
    layout = replace(LAYOUT, out=str(tmp_path))
    extract, sites = ExtractPages(config, layout), JudgeSites(config.verdicts, 10, layout, 10**9)
    described, carried = write_step(layout.work_list, extract), Carried(str(tmp_path), copies)

    names_in_graph(lambda p: map_on_beam(p, "extract", described, layout.work_list, carried))
    names_in_graph(lambda p: flow_on_beam(p, sites, layout.work_list, carried))

    assert read_step(described) == extract
    assert Path(described).stat().st_size > MOST_BYTES


@pytest.mark.filterwarnings("ignore")
def test_a_billion_documents_are_connected_in_rounds_that_fit_a_job_graph() -> None:
    step = DeduplicateDocuments(Deduplication(), LAYOUT, 1_000_000_000, 128)

    # Dataflow refuses graphs of more than 10 MB.
    names = names_in_graph(
        lambda pipeline: flow_on_beam(pipeline, step, LAYOUT.work_list), 1_000_000
    )

    assert {"Contract", "LargeStars1", "Contract3", "MarkStars", "Settle"} <= names
