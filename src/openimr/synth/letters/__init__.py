"""Forged published letters: the form of the real ones, words of our own, and the truth of each."""
