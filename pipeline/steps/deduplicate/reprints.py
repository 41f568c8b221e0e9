"""In how many registered domains the text of a document stands beside its own."""

import numpy as np
from numpy.typing import NDArray


def other_domains(
    domains: NDArray[np.uint64], survivors: NDArray[np.intp], is_reprint: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Returns of each document the registered domains of its reprints, without its own.

    Args:
        domains: Hash of the registered domain of each document, 0 where none is known: such a
            reprint may stand anywhere, and counts for no domain.
        survivors: Row of the document that each one repeats.
        is_reprint: Whether each says as a whole what that document says.
    """
    is_counted = is_reprint & (domains != 0) & (domains != domains[survivors])
    of, where = survivors[is_counted], domains[is_counted]
    order = np.lexsort((where, of))
    of, where = of[order], where[order]
    is_first = np.ones(of.size, np.bool_)
    is_first[1:] = (np.diff(of) != 0) | (where[1:] != where[:-1])
    return np.bincount(of[is_first], minlength=domains.size)
