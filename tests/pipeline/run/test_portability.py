"""The stages stay portable: they translate into a Dataflow job graph. Nothing is sent anywhere."""

from typing import Any

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions

from jingyu.filters.rule import Rule
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.steps.deduplicate.stage import DeduplicateDocuments
from jingyu.pipeline.steps.extract.stage import ExtractPages
from jingyu.pipeline.steps.select.stage import SelectDocuments
from jingyu.pipeline.steps.write.stage import WriteOutput
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.work_list import ReadWorkList

RULES = (Rule(signal="char_count", min=50, reason="too_short"),)
LAYOUT = Layout("gs://bucket/out", "e", "s", "d", "c", "w")
OPTIONS = [
    "--runner=DataflowRunner",
    "--project=a-project",
    "--region=europe-west1",
    "--temp_location=gs://bucket/tmp",
    "--staging_location=gs://bucket/staging",
    "--job_name=jingyu",
    "--dry_run=true",
]


def extract(pipeline: beam.Pipeline) -> Any:
    items = pipeline | ReadWorkList(LAYOUT.work_list)
    return items | "Extract" >> ExtractPages(RunConfig(rules=RULES), LAYOUT)


def select(pipeline: beam.Pipeline) -> Any:
    keys = pipeline | ReadWorkList(LAYOUT.work_list)
    return keys | "Select" >> SelectDocuments(RunConfig(rules=RULES), LAYOUT)


def deduplicate(pipeline: beam.Pipeline) -> Any:
    stage = DeduplicateDocuments(Deduplication(), LAYOUT, 1000, 128)
    return pipeline | "Deduplicate" >> stage


def write(pipeline: beam.Pipeline) -> Any:
    parts = pipeline | ReadWorkList(LAYOUT.work_list)
    return parts | "Write" >> WriteOutput(RunConfig(rules=RULES), LAYOUT)


@pytest.mark.parametrize(
    ("build", "steps"),
    [
        (extract, ["Extract/ExtractItem"]),
        (select, ["Select/ApplyRules"]),
        (
            deduplicate,
            [
                "Deduplicate/KeyDocuments",
                "Deduplicate/Connect/JoinKeys",
                "Deduplicate/Connect/ConnectComponents",
                "Deduplicate/ReadMembers",
                "Deduplicate/ChooseSurvivors",
                "Deduplicate/WriteDecisions",
            ],
        ),
        (write, ["Write/WriteFile"]),
    ],
    ids=["extract", "select", "deduplicate", "write"],
)
@pytest.mark.filterwarnings("ignore")  # Google's client libraries warn of their own future
def test_a_stage_translates_into_a_dataflow_job_graph(build: Any, steps: list[str]) -> None:
    pipeline = beam.Pipeline(options=PipelineOptions(OPTIONS))
    build(pipeline)

    result: Any = pipeline.run()
    job = result.job
    names = {step.unique_name for step in job.proto_pipeline.components.transforms.values()}

    assert set(steps) <= names
    assert len(job.proto_pipeline.SerializeToString()) < 100_000
