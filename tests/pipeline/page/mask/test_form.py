"""Forms leave out what no check would accept, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.mask import cards, devices, identity, landlines, mobiles
from jingyu.pipeline.page.mask.form import FormTable, Named, NamedForms
from jingyu.pipeline.page.mask.number import numbers

_FAMILIES = [
    *(identity.FORMS, mobiles.FORMS, devices.FORMS),
    *(cards.FORMS, cards.GROUPED_FORMS, landlines.FORMS),
]
_PIECES = st.sampled_from(
    [
        *"0123456789 -._()+/,:\nXx",
        *("tel ", "Phone:", "id_no ", "SFZ", "card ", "imei:", "wx ", "+86", "0086", "(86)"),
        *("(010)", "(0755) ", "82345678", "0755-82345678", "13800138000", "138 0013 8000"),
        *("1 3 8 0 0 1 3 8 0 0 0", "8613800138000", "11010519491231002X", "490154203237518"),
        *("6222021234567890128", "4111 1111 1111 1111", "110105491231002", "电话", "零", "："),
    ]
)


class _AllForms(NamedForms):
    """Every form in every text, whatever stands beside the number."""

    def __init__(self) -> None:
        super().__init__({n: _everywhere(named) for n, named in each.items()} for each in _FAMILIES)

    def of(self, text: str) -> FormTable:
        del text
        return super().of("电")


def _everywhere(named: Named) -> Named:
    return named._replace(form=named.form._replace(is_first=False, is_last=False))


_FORMS, _ALL_FORMS = NamedForms(_FAMILIES), _AllForms()


@given(st.lists(_PIECES, max_size=24).map("".join))
def test_what_a_text_leaves_out_would_have_been_accepted_by_no_check(text: str) -> None:
    assert list(numbers(text, _FORMS)) == list(numbers(text, _ALL_FORMS))


def test_a_text_without_words_leaves_out_lengths_that_need_one() -> None:
    assert min(_FORMS.of("1234567").forms) == 10
    assert 7 in _FORMS.of("Tel 1234567").forms
    assert 7 in _FORMS.of("电 1234567").forms
