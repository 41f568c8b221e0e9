"""Which runner carries a step out, and how it is started."""

import contextlib
import io
import logging
import re
import shlex
import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jingyu.filters.settings.errors import ConfigError, JingyuError

if TYPE_CHECKING:
    import apache_beam as beam


# The last line of what Beam says of an error in a worker; it keeps neither type nor number.
_SYSTEM_ERROR = re.compile(r"\[Errno (\d+)\] ([^\n]*?)>? \[while running '[^\n]*\s*\Z")


@dataclass(frozen=True)
class Engine:
    """Beam's own local runner with a process per worker, or the runner that its options name."""

    workers: int = 1
    beam_options: tuple[str, ...] = ()

    @property
    def is_local(self) -> bool:
        """Whether steps run on this machine, so that small ones may run without a runner."""
        return not any(option.startswith("--runner") for option in self.beam_options)

    @property
    def is_alone(self) -> bool:
        """Whether this process is the only worker: a runner would have nothing to deal."""
        return self.workers == 1 and not self.beam_options

    def run(self, build: Callable[["beam.Pipeline"], Any]) -> None:
        """Builds a pipeline and runs it to its end.

        Raises:
            ConfigError: Beam does not understand its options.
            OSError: A worker could not read or write.
            JingyuError: The pipeline did not end well.
        """
        # What the local runner logs of an error, it raises as well.
        level = logging.CRITICAL if self.is_local else logging.ERROR
        for name in ("apache_beam", "root"):
            logging.getLogger(name).setLevel(level)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pipeline = self._pipeline()
            build(pipeline)
            try:
                state = pipeline.run().wait_until_finish()
            except RuntimeError as error:
                if found := _SYSTEM_ERROR.search(str(error)):
                    raise OSError(int(found[1]), found[2]) from error
                raise
        if state not in (None, "DONE"):
            raise JingyuError(f"the runner ended in state {state}; see its log")

    def _pipeline(self) -> "beam.Pipeline":
        import apache_beam as beam

        options = self._options()
        try:
            return beam.Pipeline(runner=self._runner(), options=options)
        except (ValueError, ImportError, AttributeError) as error:
            raise ConfigError(
                f"Beam cannot start with the options after `--`: {' '.join(str(error).split())}"
            ) from error

    def _runner(self) -> Any:
        if not self.is_local:
            return None
        from apache_beam.runners.portability.fn_api_runner.fn_runner import FnApiRunner
        from apache_beam.transforms.environments import SubprocessSDKEnvironment

        if self.workers == 1:
            return FnApiRunner()
        # As `--direct_running_mode=multi_processing` does it, but for the log on the terminal.
        command = f"{shlex.quote(sys.executable)} -m jingyu.pipeline.run.worker"
        return FnApiRunner(SubprocessSDKEnvironment.from_command_string(command))

    def _options(self) -> Any:
        from apache_beam.options.pipeline_options import PipelineOptions

        local: Sequence[str] = ()
        if self.is_local:
            local = [f"--direct_num_workers={self.workers}"]
        told = io.StringIO()
        try:
            with contextlib.redirect_stderr(told):
                options = PipelineOptions([*local, *self.beam_options])
                known = options.get_all_options()
                unknown = options.get_all_options(retain_unknown_options=True).keys() - known.keys()
        except SystemExit as error:
            reason = told.getvalue().rpartition("error: ")[2].strip()
            raise ConfigError(
                f"Beam does not understand the options after `--`: {reason}"
            ) from error
        # Other runners know options that Beam's Python does not.
        if self.is_local and unknown:
            names = ", ".join(f"--{name}" for name in sorted(unknown))
            raise ConfigError(f"the local runner has no option {names}; see the words after `--`")
        return options
