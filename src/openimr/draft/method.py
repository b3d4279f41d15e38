"""How the determination was made, in neutral words of our own.

What a published letter says of its reviewer (independence, practice, knowledge of the law) is here
a condition of signing, because a draft has no reviewer yet. See Labor Code 4610.6 and
8 CCR 9792.10.6.
"""

from __future__ import annotations

from openimr.model.determination import Engine


def how_made(organization: str, engine: Engine, pages: int, documents: int) -> tuple[str, ...]:
    """The paragraphs of the section, for a draft."""
    files = "document" if documents == 1 else "documents"
    leaves = "page" if pages == 1 else "pages"
    return (
        f"{organization} received the case file of {documents:,} {files} ({pages:,} {leaves}) "
        f"listed below. OpenIMR {engine.version} read every page and laid what it says against "
        f"the criteria of rulebook edition {engine.rulebook_edition}, as in force on "
        f"{engine.as_of:%m/%d/%Y}. The suggestions follow from the criteria by rules alone, with "
        "no statistical or language model, and every sentence names the findings and pages it "
        "stands on.",
        "This is a draft, and nothing in it is decided. A physician reviewer with no tie to the "
        "employer, the employee, the providers or the claims administrator, licensed, in active "
        "practice and qualified in the condition and the treatment in dispute, examines the case "
        "file, confirms or overrides each item in writing and signs. Where guidelines differ, the "
        "order of evidence that the law sets for medical necessity applies: the treatment "
        "schedule first, other evidence where it is silent.",
    )
