"""Invented case files with their truth: `forge.forge_case(seed)`, written out by `writers`."""
