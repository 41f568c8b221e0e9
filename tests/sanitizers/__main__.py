"""Builds Jingyu with sanitizers in a folder that goes again, and runs `run` with it."""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.sanitizers.build import built, environment, missing


def main() -> int:
    """Hands on what arguments there are."""
    if lack := missing():
        raise SystemExit(lack)
    with tempfile.TemporaryDirectory() as folder:
        given = [sys.executable, "-m", "tests.sanitizers.run", *sys.argv[1:]]
        return subprocess.run(given, env=environment(built(Path(folder))), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
