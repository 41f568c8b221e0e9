"""The command line, called as a user calls it."""

from jingyu.pipeline.cli import main


def call(*arguments: str) -> int:
    """Returns the exit code of a command."""
    try:
        main(list(arguments))
    except SystemExit as left:
        return int(left.code or 0)
    return 0
