"""Forms that pages fill in differently: counted where all pages of a form meet."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.form import NO_FORM
from jingyu.pipeline.page.sign.minhash import hash_of
from jingyu.pipeline.steps.sources.figures import hashes_of

FILLED: Final = np.dtype(
    [("form", "<u8"), ("title", "<u8"), ("site", "<u8"), ("domain", "<u8"), ("page", "<u8")]
)
"""That a page of a site fills in a form under a title: hashes, and the page's item and row."""

FILLING: Final = np.dtype([("row", "<u4"), ("titles", "<u4")])
"""What items are told of their pages that fill in a template: the row of each, and the titles."""

COLUMNS = ("form_hash", "title", "site", "registered_domain")
"""Of staged documents, what forms are counted by."""

_ROW_BITS = 32


def forms_of_several(forms: NDArray[np.uint64], least_pages: int) -> NDArray[np.uint64]:
    """Returns the forms that so many pages have, ordered; of no others can be a template.

    Args:
        forms: Those of all pages.
        least_pages: Fewest pages: as many as a template must have titles.
    """
    different, counts = np.unique(forms, return_counts=True)
    return np.asarray(different[counts >= least_pages])


def filled_forms(
    documents: pa.Table,
    item: int,
    is_let_in: NDArray[np.bool_],
    among: NDArray[np.uint64] | None = None,
) -> NDArray[np.void]:
    """Returns the forms that an item's pages fill in, a row each; pages of no site fill in none.

    Args:
        documents: `COLUMNS` of its staged documents.
        item: Its number.
        is_let_in: Pages that count.
        among: Forms that are looked for, ordered; all if not given.
    """
    forms = documents["form_hash"].to_numpy()
    if among is not None:
        is_let_in = is_let_in & _is_among(forms, among)
    has_site = pc.fill_null(pc.not_equal(documents["site"], ""), fill_value=False).to_numpy()
    rows = np.flatnonzero((forms != NO_FORM) & has_site & is_let_in)
    chosen = documents.take(pa.array(rows))
    found = np.zeros(rows.size, FILLED)
    found["form"] = forms[rows]
    found["title"] = [hash_of(title or "") for title in chosen["title"].to_pylist()]
    for name, column in (("site", "site"), ("domain", "registered_domain")):
        found[name] = _hashes(chosen[column])
    found["page"] = (item << _ROW_BITS) + rows
    return found


def _is_among(forms: NDArray[np.uint64], among: NDArray[np.uint64]) -> NDArray[np.bool_]:
    if not len(among):
        return np.zeros(len(forms), np.bool_)
    places = np.minimum(np.searchsorted(among, forms), len(among) - 1)
    return np.asarray(among[places] == forms)


def _hashes(names: pa.ChunkedArray) -> NDArray[np.uint64]:
    """Returns the hash of each name, of none that of an empty one; pages of a site share it."""
    encoded = names.combine_chunks().dictionary_encode(null_encoding="encode")
    different = hashes_of(name or "" for name in encoded.dictionary.to_pylist())
    of_names: NDArray[np.uint64] = different[encoded.indices.to_numpy()]
    return of_names


def templates_of(filled: NDArray[np.void], min_titles: int) -> NDArray[np.void]:
    """Returns the pages of templates, ordered by form and page: those of forms with enough titles.

    Args:
        filled: All pages of some forms.
        min_titles: Fewest different titles of a template.
    """
    ordered = filled[np.lexsort((filled["page"], filled["form"]))]
    pairs = np.unique(ordered[["form", "title"]])
    forms, titles = np.unique(pairs["form"], return_counts=True)
    return ordered[np.isin(ordered["form"], forms[titles >= min_titles])]


def fillings(
    templates: NDArray[np.void], max_titles: int
) -> tuple[NDArray[np.int64], NDArray[np.void]]:
    """Returns pages of templates that have more titles than a limit: item and `FILLING` of each.

    Args:
        templates: Their pages, as `templates_of` returns them.
        max_titles: Most titles of a template that may stay.
    """
    pairs = np.unique(templates[["form", "title"]])
    forms, counts = np.unique(pairs["form"], return_counts=True)
    titles = counts[np.searchsorted(forms, templates["form"])] if forms.size else counts
    beyond = templates["page"][titles > max_titles]
    found = np.zeros(beyond.size, FILLING)
    found["row"] = beyond & np.uint64((1 << _ROW_BITS) - 1)
    found["titles"] = titles[titles > max_titles]
    return (beyond >> np.uint64(_ROW_BITS)).astype(np.int64), found


def item_and_row(page: int) -> tuple[int, int]:
    """Returns the number of the item and the row in it of a page in `FILLED`."""
    return page >> _ROW_BITS, page & ((1 << _ROW_BITS) - 1)
