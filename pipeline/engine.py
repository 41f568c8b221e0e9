"""Which runner carries a step out, and how it is started."""

import logging
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.errors import ConfigError, JingyuError

if TYPE_CHECKING:
    import apache_beam as beam


@dataclass(frozen=True)
class Engine:
    """Beam's own local runner with a process per worker, or the runner that its options name."""

    workers: int = 1
    beam_options: tuple[str, ...] = ()

    @property
    def is_local(self) -> bool:
        """Whether steps run on this machine, so that small ones may run without a runner."""
        return not any(option.startswith("--runner") for option in self.beam_options)

    def run(self, build: Callable[["beam.Pipeline"], Any]) -> None:
        """Builds a pipeline and runs it to its end.

        Raises:
            JingyuError: The pipeline did not end well.
        """
        import apache_beam as beam

        logging.getLogger("apache_beam").setLevel(logging.ERROR)
        logging.getLogger("root").setLevel(logging.ERROR)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pipeline = beam.Pipeline(runner=self._runner(), options=self._options())
            build(pipeline)
            result = pipeline.run()
            state = result.wait_until_finish()
        if state not in (None, "DONE"):
            raise JingyuError(f"the runner ended in state {state}; see its log")

    def _runner(self) -> Any:
        if not self.is_local:
            return None
        from apache_beam.runners.portability.fn_api_runner.fn_runner import FnApiRunner

        return FnApiRunner()

    def _options(self) -> Any:
        from apache_beam.options.pipeline_options import PipelineOptions

        local: Sequence[str] = ()
        if self.is_local:
            mode = "multi_processing" if self.workers > 1 else "in_memory"
            local = [f"--direct_running_mode={mode}", f"--direct_num_workers={self.workers}"]
        try:
            options = PipelineOptions([*local, *self.beam_options])
            unknown = options.get_all_options(retain_unknown_options=True, drop_default=True)
        except SystemExit as error:
            raise ConfigError(
                f"Beam does not understand the options after `--`: {' '.join(self.beam_options)}"
            ) from error
        del unknown
        return options
