from collections.abc import Iterator

import pytest

from filters.rule import Rule
from pipeline.config import RunConfig
from pipeline.sandbox import Sandbox
from pipeline.sections import Extraction
from pipeline.text.examine import Ended, Page

CONFIG = RunConfig(
    rules=(Rule(signal="char_count", min=1, reason="too_short"),),
    extraction=Extraction(timeout_seconds=5),
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(CONFIG, "tests.pipeline.hostile:obey") as sandbox:
        yield sandbox


def tell(sandbox: Sandbox, order: str) -> Ended | None:
    return sandbox.examine(Page(order.encode(), "text/html", None)).ended


@pytest.mark.parametrize(
    ("order", "reason", "limit"),
    [
        ("die", "crashed", None),
        ("hoard", "memory_error", None),
        ("recurse", "recursion_error", None),
    ],
)
def test_a_page_that_destroys_fails_and_the_next_one_is_examined(
    sandbox: Sandbox, order: str, reason: str, limit: float | None
) -> None:
    assert tell(sandbox, order) == Ended("failed", "extract", reason, None, limit)
    assert tell(sandbox, "behave") == Ended("rejected", "extract", "obeyed")


def test_a_page_that_hangs_fails_at_the_limit() -> None:
    extraction = Extraction(timeout_seconds=0.5)
    config = CONFIG.model_copy(update={"extraction": extraction})
    with Sandbox(config, "tests.pipeline.hostile:obey") as sandbox:
        assert tell(sandbox, "hang") == Ended("failed", "extract", "timeout", None, 0.5)
        assert tell(sandbox, "behave") == Ended("rejected", "extract", "obeyed")


def test_a_defect_of_ours_is_raised_without_text_of_the_page(sandbox: Sandbox) -> None:
    with pytest.raises(RuntimeError, match=r"raised KeyError at .*hostile\.py:\d+$") as caught:
        tell(sandbox, "raise")

    assert "13800138000" not in str(caught.value)


def test_the_process_ends_with_the_sandbox() -> None:
    with Sandbox(CONFIG, "tests.pipeline.hostile:obey") as sandbox:
        tell(sandbox, "behave")
        process = sandbox._process  # noqa: SLF001

    assert process is not None
    assert process.poll() is not None
