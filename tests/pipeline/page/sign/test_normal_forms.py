"""The list of normal forms is what its sources make of each character."""

from importlib import resources

from jingyu.pipeline.page.sign.normal_forms import as_text, derived, normal_forms


def test_the_list_is_what_unicode_and_opencc_say() -> None:
    table = derived()

    assert normal_forms().tolist() == table.tolist()
    written = resources.files("jingyu.configs") / "lists" / "normal_forms.txt"
    assert written.read_text(encoding="utf-8") == as_text(table)
