"""That what may break the extensions does not, for a short time; `make asan` takes longer."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.sanitizers.build import FLAGS, built, environment, missing
from tests.support.paths import ROOT

SECONDS = 20
SEED = 1
FAULTY = """
#include <stdlib.h>
int beyond(int place) { int *volatile at = calloc(4, sizeof(int)); return at[place]; }
int more(int number) { return number + 1; }
int askew(int by) { return *(int *)((char *)calloc(4, sizeof(int)) + by); }
"""

pytestmark = pytest.mark.skipif(missing() is not None, reason=str(missing()))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("sanitized"))


def run(library: Path, *arguments: str) -> tuple[int, str]:
    """Returns the exit code and the output of a process under the sanitizers."""
    done = subprocess.run(
        [sys.executable, *arguments],
        env=environment(library),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        timeout=300,
    )
    return done.returncode, done.stdout


def test_no_sanitizer_sees_a_fault(library: Path) -> None:
    given = ["--seconds", str(SECONDS), "--seed", str(SEED)]

    code, output = run(library, "-m", "tests.sanitizers.run", *given)

    assert code == 0, output[-5000:]
    assert "no fault" in output


def test_one_round_can_be_run_again(library: Path) -> None:
    code, output = run(library, "-m", "tests.sanitizers.run", "--seed", "3", "--round", "5")

    assert code == 0, output[-5000:]
    assert "--seed 3 --round 5" in output
    assert "--round 6" not in output


def test_every_extension_is_watched(library: Path) -> None:
    extensions = list(library.rglob("*.so"))

    assert extensions
    for path in extensions:
        content = path.read_bytes()
        assert b"__asan_init" in content, path
        assert b"__ubsan_handle" in content, path


@pytest.mark.parametrize(
    ("call", "seen"),
    [
        ("beyond(4)", "heap-buffer-overflow"),
        ("more(2**31 - 1)", "signed integer overflow"),
        ("askew(1)", "misaligned address"),
    ],
)
def test_what_c_does_not_allow_ends_the_process(
    library: Path, tmp_path: Path, call: str, seen: str
) -> None:
    source = tmp_path / "faulty.c"
    source.write_text(FAULTY)
    faulty = source.with_suffix(".so")
    asked = ["gcc", *FLAGS, "-shared", "-fPIC", str(source), "-o", str(faulty)]
    subprocess.run(asked, check=True)

    code, output = run(library, "-c", f"import ctypes; ctypes.CDLL({str(faulty)!r}).{call}")

    assert code != 0
    assert seen in output


def test_it_does_not_run_without_sanitizers() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.sanitizers.run"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == "not under the sanitizers: make asan\n"
