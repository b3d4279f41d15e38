"""The nouns: frozen types that every step speaks, standard library only.

Read in this order: errors, ids, dates, text, document, drug, request, evidence, lexicon, rule,
finding, case, determination.
"""
