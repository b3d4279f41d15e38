"""Findings and facts become the sentences of a letter, each bound to what it stands on."""
