"""How often a document might be sampled, by the independent reprints of its text."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

MOST: Final = 4.0
"""Weight at the best number of domains: repeated so often, data are worth about as much as new
ones.

Source: Muennighoff and others, Scaling Data-Constrained Language Models (arXiv 2305.16264),
abstract: up to four epochs change the loss little. FineWeb2 gives weights for 3 to 10."""
BEST: Final = 10
"""Domains at which the weight is largest: of Chinese clusters of about so many pages, filters
remove least."""
COMMON: Final = 65
"""Domains from which a text is no more sampled than one that nobody reprints."""


def sampling_weight(other_domains: NDArray[np.int64]) -> NDArray[np.float64]:
    """Returns a weight of 1 to `MOST` for each document: how often it might be sampled.

    It is that of FineWeb2's rehydration: 1 where as much is filtered out of clusters of a size as
    of all documents or more, `MOST` where least is, linear in the share in between. In place of
    the table of shares stand two lines over the logarithm of the size, which differ from it by
    0.06 of the range on average, by 0.18 at most (at 9, where the table is rough). A size is
    counted in registered domains, of which no site can make many by repeating itself. None is
    below 1, as SoftDedup's are for common texts: their copies were dropped already.

    Args:
        other_domains: Registered domains, beside a document's own, in which its text stands; 0
            or more.

    Source: huggingface/fineweb-2, misc/rehydration (README and distributions/cmn_Hani.json, read
    2026-11-28: 60.7 % removed at size 1, 43.8 % at 10, 57.2 % of all); Penedo and others, FineWeb2
    (arXiv 2506.20920), and He and others, SoftDedup (arXiv 2407.06654), at second hand.
    """
    domains = 1.0 + other_domains
    rising = np.log(domains) / np.log(BEST)
    falling = np.log(COMMON / domains) / np.log(COMMON / BEST)
    share = np.clip(np.minimum(rising, falling), 0, None)
    # Logarithms may differ in their last bits from machine to machine; written files must not.
    weights: NDArray[np.float64] = np.round(1 + (MOST - 1) * share, 4)
    return weights
