"""Errors that a user can cause, each one clear sentence."""


class JingyuError(Exception):
    """A run that cannot go on; the message says what, where and how to fix it."""

    exit_code = 1


class ConfigError(JingyuError):
    """A call or a config that is wrong; nothing has been started."""

    exit_code = 2


class InputError(JingyuError):
    """An input that does not exist, cannot be read or holds no record."""
