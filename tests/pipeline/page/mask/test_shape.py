from jingyu.pipeline.page.mask.shape import has_any, shape


def test_a_shape_has_an_a_for_capitals_and_a_zero_for_digits() -> None:
    assert shape(b"No. E12345678/x") == b"Ao. A00000000/x"
    assert shape(b"") == b""


def test_any_of_the_parts_is_enough() -> None:
    assert has_any(b"A000", (b"AA", b"A0"))
    assert not has_any(b"A000", (b"AA", b"0A"))
    assert not has_any(b"A000", ())
