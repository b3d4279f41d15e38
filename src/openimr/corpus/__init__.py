"""The corpus of published letters: kept, searched, counted, compared.

Above the pipeline, below the command line: it composes the parser, the rules and the stores.
"""
