"""Errors that a user can cause, each one clear sentence."""

from typing import Any


class JingyuError(Exception):
    """A run that cannot go on; the message says what, where and how to fix it."""

    exit_code = 1


class ConfigError(JingyuError):
    """A call or a config that is wrong; nothing has been started."""

    exit_code = 2


class InputError(JingyuError):
    """An input that does not exist, cannot be read or holds no record."""


class FailedRunError(JingyuError):
    """A run that counts as a failure though its output is whole: an empty corpus, for instance."""

    def __init__(self, message: str, stats: dict[str, Any]) -> None:
        super().__init__(message)
        self.stats = stats
        """All counts of the run."""
