"""Bytes become pages, pages become documents: what each is, when and by whom it was written."""
