"""The steps stay portable: they translate into a Dataflow job graph. Nothing is sent anywhere."""

from collections.abc import Callable
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions

from jingyu.filters.rule import Rule
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.config.decontamination import Decontamination
from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.config.lines import LinesSection
from jingyu.pipeline.run.beam import flow_on_beam, map_on_beam
from jingyu.pipeline.steps.choose.stage import ArrangeRecords, ChooseRecords, ReadRobotsTxt
from jingyu.pipeline.steps.clean.stage import CleanDocuments
from jingyu.pipeline.steps.deduplicate.stage import DeduplicateDocuments
from jingyu.pipeline.steps.extract.stage import ExtractPages
from jingyu.pipeline.steps.select.stage import SelectDocuments
from jingyu.pipeline.steps.sources.stage import JudgeSites
from jingyu.pipeline.steps.work import Dataflow, Map
from jingyu.pipeline.steps.write.stage import WriteOutput
from jingyu.pipeline.store.layout import Layout

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


def names_in_graph(build: Callable[[beam.Pipeline], None], most_bytes: int = 100_000) -> set[str]:
    """Returns the names of the transforms that a pipeline is translated into."""
    pipeline = beam.Pipeline(options=PipelineOptions(OPTIONS))
    build(pipeline)
    result: Any = pipeline.run()
    graph = result.job.proto_pipeline
    assert len(graph.SerializeToString()) < most_bytes
    return {step.unique_name for step in graph.components.transforms.values()}


@pytest.mark.parametrize(
    "step",
    [
        ChooseRecords(CONFIG.inputs),
        ArrangeRecords(),
        ReadRobotsTxt(CONFIG.inputs),
        ExtractPages(CONFIG, LAYOUT),
        SelectDocuments(CONFIG, LAYOUT),
        WriteOutput(CONFIG, LAYOUT),
    ],
    ids=lambda step: str(step.name),
)
@pytest.mark.filterwarnings("ignore")  # Google's client libraries warn of their own future
def test_a_map_translates_into_a_dataflow_job_graph(step: Map) -> None:
    names = names_in_graph(lambda pipeline: map_on_beam(pipeline, step, LAYOUT.work_list))

    assert {"ReadWorkList", "DealWork", step.name.capitalize()} <= names


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (
            DeduplicateDocuments(Deduplication(), LAYOUT, 1_000, 128),
            [
                "KeyDocuments",
                "JoinKeys0",
                "ConnectComponents0",
                "ReadMembers",
                "ChooseSurvivors0",
                "ReadDoubtfulMembers",
                "ChooseDoubtfulSurvivors0",
                "WriteDecisions",
                "WriteFigures",
            ],
        ),
        (
            CleanDocuments(LinesSection(), Decontamination(), LAYOUT, 1_000),
            ["CountLines", "FindLines0", "CleanItem"],
        ),
        (JudgeSites(CONFIG.verdicts, 10, LAYOUT, 1_000), ["CountSites", "Judge", "DecideBySite"]),
    ],
    ids=["deduplicate", "clean", "sources"],
)
@pytest.mark.filterwarnings("ignore")
def test_a_dataflow_translates_into_a_dataflow_job_graph(
    step: Dataflow, expected: list[str]
) -> None:
    names = names_in_graph(lambda pipeline: flow_on_beam(pipeline, step, LAYOUT.work_list))

    assert {"ReadWorkList", "DealWork", *expected} <= names


@pytest.mark.filterwarnings("ignore")
def test_a_billion_documents_are_connected_in_rounds_that_fit_a_job_graph() -> None:
    step = DeduplicateDocuments(Deduplication(), LAYOUT, 1_000_000_000, 128)

    # Dataflow refuses graphs of more than 10 MB.
    names = names_in_graph(
        lambda pipeline: flow_on_beam(pipeline, step, LAYOUT.work_list), 1_000_000
    )

    assert {"Contract0", "LargeStars13", "Contract33", "MarkStars0", "Settle0"} <= names
