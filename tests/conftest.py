"""Puts this folder on the path, so that tests share `builders` and `example_case`."""

from hypothesis import settings

# A deadline measures the machine and what else it does, not the code.
settings.register_profile("openimr", deadline=None)
settings.load_profile("openimr")
