import pytest

from jingyu.pipeline.page.defect import internal_error


def descend(depth: int) -> None:
    if depth == 0:
        raise ValueError("quotes the page")
    descend(depth - 1)


@pytest.mark.parametrize(("depth", "places"), [(0, 2), (6, 8), (7, 8), (500, 8)])
def test_an_error_is_told_by_its_type_and_last_places_and_not_by_its_message(
    depth: int, places: int
) -> None:
    try:
        descend(depth)
    except ValueError as error:
        decision = internal_error("extract", error)

    kind, _, told = (decision.evidence or "").partition(" at ")
    assert (kind, len(told.split(" > "))) == ("ValueError", places)
    assert told.startswith("test_defect.py:")
