"""Rules, vocabularies and drug facts: dated, sourced data files turned into model objects."""
