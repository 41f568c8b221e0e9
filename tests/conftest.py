"""What holds for all tests."""

from hypothesis import settings

# How long an example takes says something of the machine, and nothing of the law.
settings.register_profile("jingyu", deadline=None)
settings.load_profile("jingyu")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Names a case of bytes by its argument and, where several have it, by a number.

    Compressed bytes may hold the time at which they were made; processes that share the tests
    must agree on the names of all cases.
    """
    return argname if isinstance(val, bytes) else None
