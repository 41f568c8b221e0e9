"""What holds for all tests."""

from hypothesis import settings

# How long an example takes says something of the machine, and nothing of the law.
settings.register_profile("jingyu", deadline=None)
settings.load_profile("jingyu")
