"""Which runner carries a step out, and how it is started."""

import contextlib
import io
import logging
import shlex
import warnings
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jingyu.filters.settings.errors import ConfigError, JingyuError
from jingyu.pipeline.page.isolation import interpreter
from jingyu.pipeline.run.here import flow_here, map_here
from jingyu.pipeline.run.job import ended
from jingyu.pipeline.steps.work import Dataflow, Map
from jingyu.pipeline.store.carried import NOTHING, Carried
from jingyu.pipeline.store.work_list import write_step, write_work_list

if TYPE_CHECKING:
    import apache_beam as beam


_WORKER = "jingyu.pipeline.run.worker"
_HELPED = 1_000
"""Documents from which a light step may last long enough for copies of this process to help."""


@dataclass(frozen=True)
class Engine:
    """What carries steps out: this process, worker processes, or the runner of Beam's options.

    Attributes:
        workers: Processes on this machine.
        beam_options: Options of Beam, with the runner among them; none for this machine.
        small_run: Documents up to which a step is carried out in this process, or in copies of it:
            starting workers or a runner would take longer (Beam's import and three pipelines:
            1.8 s) than the work.
        carried: Files that workers on other machines need.
    """

    workers: int = 1
    beam_options: tuple[str, ...] = ()
    small_run: int = 200_000
    carried: Carried = NOTHING

    @property
    def is_local(self) -> bool:
        """Whether steps run on this machine, so that small ones may run without a runner."""
        return not any(option.startswith("--runner") for option in self.beam_options)

    @property
    def is_alone(self) -> bool:
        """Whether this process is the only worker: a runner would have nothing to deal."""
        return self.workers == 1 and not self.beam_options

    def map(
        self,
        step: Map,
        work: Sequence[Any],
        work_list: str,
        documents: int | None = None,
        shown: AbstractContextManager[Any] | None = None,
    ) -> None:
        """Has a step done for each piece of work by itself.

        Args:
            step: The step.
            work: The pieces.
            work_list: Path at which workers of a runner read them.
            documents: How many documents it is about, if it is a light step: one that is not worth
                the start of workers for up to `small_run` of them. Copies of this process may help.
            shown: What shows how far it is, for as long as it takes.
        """
        shown = shown or nullcontext()
        is_light = self._is_here(documents)
        if self.beam_options and not is_light:
            self._map_on_beam(step, work, work_list, shown)
        elif self.workers == 1 or len(work) == 1 or (is_light and (documents or 0) < _HELPED):
            map_here(step, work, shown)
        else:
            from jingyu.pipeline.run.together import map_together

            map_together(step, work, self.workers, shown, is_light=is_light)

    def _map_on_beam(
        self, step: Map, work: Sequence[Any], work_list: str, shown: AbstractContextManager[Any]
    ) -> None:
        from jingyu.pipeline.run.beam import map_on_beam

        with shown:
            write_work_list(work_list, work)
            described = write_step(work_list, step)
            self._run(
                lambda pipeline: map_on_beam(
                    pipeline, step.name, described, work_list, self.carried
                )
            )

    def flow(self, step: Dataflow, work: Sequence[Any], work_list: str, documents: int) -> None:
        """Has a dataflow carried out.

        Args:
            step: The dataflow.
            work: Its pieces of work.
            work_list: Path at which its functions read them.
            documents: How many documents it is about.
        """
        write_work_list(work_list, work)
        if self._is_here(documents, alone=False):
            flow_here(step, work)
        else:
            from jingyu.pipeline.run.beam import flow_on_beam

            self._run(
                lambda pipeline: flow_on_beam(
                    pipeline, step, work_list, self.carried, is_local=self.is_local
                )
            )

    def _is_here(self, documents: int | None, *, alone: bool = True) -> bool:
        """Returns whether this process does the work.

        It does little work and, if `alone` is set, also much where there is no other worker.
        """
        is_small = documents is not None and documents <= self.small_run
        return (alone and self.is_alone) or (self.is_local and is_small)

    def _run(self, build: Callable[["beam.Pipeline"], Any]) -> None:
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
            state = ended(pipeline)
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
        # `env` takes the environment along: Beam starts the command as it stands.
        command, environment = interpreter(_WORKER)
        path = f"PYTHONPATH={environment['PYTHONPATH']}"
        command_line = shlex.join(["env", path, "PYTHONSAFEPATH=1", *command])
        return FnApiRunner(SubprocessSDKEnvironment.from_command_string(command_line))

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
