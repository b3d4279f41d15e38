"""Checks of a determination, a draft or a published letter, before it hurts anyone."""
