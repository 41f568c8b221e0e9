from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest
from apache_beam.runners.runner import PipelineResult, PipelineRunner

from jingyu.filters.settings.errors import JingyuError
from jingyu.pipeline.run.engine import Engine
from jingyu.pipeline.run.job import failure_of

_cancelled: list[str] = []


class Stopped(PipelineResult):
    """A job while which the run is stopped."""

    def wait_until_finish(self, duration: Any = None) -> str:
        del duration
        raise KeyboardInterrupt

    def cancel(self) -> None:
        _cancelled.append(self.state)


class StoppedRunner(PipelineRunner):
    def run_pipeline(self, pipeline: Any, options: Any) -> PipelineResult:
        del pipeline, options
        return Stopped("RUNNING")


@dataclass(frozen=True)
class Raise:
    """A step that raises."""

    error: Exception
    name: ClassVar[str] = "raise"

    @contextmanager
    def worker(self) -> Iterator[Callable[[Any], dict[str, int]]]:
        yield self._raise

    def _raise(self, piece: Any) -> dict[str, int]:
        del piece
        raise self.error


def test_who_stops_a_run_stops_its_job(tmp_path: Path) -> None:
    _cancelled.clear()
    engine = Engine(beam_options=(f"--runner={__name__}.StoppedRunner",))

    with pytest.raises(KeyboardInterrupt):
        engine.map(Raise(ValueError()), [1], str(tmp_path / "work"))

    assert _cancelled == ["RUNNING"]


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (JingyuError("3 of 4 pages failed"), JingyuError, "^3 of 4 pages failed$"),
        (KeyError("13800138000"), JingyuError, "^the job failed in Raise: KeyError at .*py:"),
        (OSError(28, "No space left on device"), OSError, "No space left on device"),
    ],
    ids=["ours", "a defect", "a full disk"],
)
def test_a_job_that_fails_is_told_in_a_sentence_without_what_it_read(
    error: Exception, kind: type[Exception], message: str, tmp_path: Path
) -> None:
    engine = Engine(beam_options=("--direct_num_workers=1",))

    with pytest.raises(kind, match=message) as raised:
        engine.map(Raise(error), [1, 2], str(tmp_path / "work"))

    assert "13800138000" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_runner_that_fails_by_itself_is_named_by_the_kind_of_its_error() -> None:
    told = str(failure_of(RuntimeError("Pipeline x failed in state FAILED: 13800138000")))

    assert told == "the runner failed: RuntimeError; see its log, and run again"
