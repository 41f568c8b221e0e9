from typing import Self

class Model:
    def __new__(
        cls,
        words: dict[bytes, int],
        bucket_count: int,
        buckets: bytes,
        codes: bytes,
        norms: bytes,
        centroids: bytes,
        outputs: bytes,
        children: bytes,
    ) -> Self: ...
    def labels(self, line: bytes, /) -> list[tuple[int, float]]: ...
