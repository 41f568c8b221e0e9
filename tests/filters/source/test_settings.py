from pathlib import Path

import pytest
from pydantic import ValidationError

from jingyu.filters.source.settings import Provenance, SourceRegister
from jingyu.filters.source.source import Source

REPUTABLE = Source(match="a.cn", name="a", category="news", tier="reputable")


@pytest.mark.parametrize(
    ("only_registered", "min_tier", "is_registered_in", "is_other_in"),
    [
        (False, None, True, True),
        (True, None, True, False),
        (False, "reputable", True, True),
        (False, "institutional", False, True),
        (True, "general", True, False),
    ],
)
def test_the_modes_decide_who_enters(
    *, only_registered: bool, min_tier: str | None, is_registered_in: bool, is_other_in: bool
) -> None:
    settings = SourceRegister.model_validate(
        {"files": ["builtin"], "only_registered": only_registered, "min_tier": min_tier}
    )

    assert settings.admits(REPUTABLE) is is_registered_in
    assert settings.admits(None) is is_other_in


@pytest.mark.parametrize("mode", [{"only_registered": True}, {"min_tier": "general"}])
def test_a_mode_without_a_register_is_refused(mode: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="need a register: name a file or `builtin`"):
        SourceRegister.model_validate(mode)


def test_files_are_paths_and_the_name_of_the_starter_register() -> None:
    settings = SourceRegister.model_validate({"files": ["builtin", "own.csv"]})

    assert settings.files == ("builtin", Path("own.csv"))


def test_unknown_keys_and_limits_beyond_reason_are_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Provenance.model_validate({"network": ["cn.txt"]})
    with pytest.raises(ValidationError, match="greater than or equal to 2"):
        Provenance.model_validate({"shared_number_domains": 1})
    assert Provenance.model_validate({"shared_number_domains": 2}).networks == ()
