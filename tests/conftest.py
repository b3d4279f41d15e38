"""Puts this folder on the path, so that tests share `builders` and `example_case`."""
