"""How alike two texts are, worked out in full: what signatures estimate."""

from jingyu.pipeline.page.sign.minhash import NGRAM, normal_form


def jaccard(left: str, right: str, ngram: int = NGRAM) -> float:
    """Returns the true Jaccard similarity that signatures estimate, 0 to 1.

    An empty normal form has similarity 0 to everything.
    """
    ones, others = _ngrams(normal_form(left), ngram), _ngrams(normal_form(right), ngram)
    union = len(ones | others)
    return len(ones & others) / union if union else 0.0


def _ngrams(form: str, ngram: int) -> set[str]:
    if len(form) < ngram:
        return {form} - {""}
    return {form[start : start + ngram] for start in range(len(form) - ngram + 1)}
