"""How the determination was made, in neutral words of our own.

What a published letter says of its reviewer (independence, practice, knowledge of the law) is here
a condition of signing, because a draft has no reviewer yet. See Labor Code 4610.6 and
8 CCR 9792.10.6.
"""

from __future__ import annotations

from openimr.model.determination import Determination, Engine
from openimr.model.labels import MARKED
from openimr.model.ruling import Ruling
from openimr.model.second_reader import SecondReading


def how_made(
    organization: str,
    engine: Engine,
    pages: int,
    documents: int,
    second_reading: SecondReading | None = None,
) -> tuple[str, ...]:
    """The paragraphs of the section, for a draft."""
    alone = "no statistical or language model"
    if second_reading is not None:
        alone = "no verdict from a statistical or language model"
    told = (_second_reader(second_reading),) if second_reading is not None else ()
    files = "document" if documents == 1 else "documents"
    leaves = "page" if pages == 1 else "pages"
    return (
        f"{organization} received the case file of {documents:,} {files} ({pages:,} {leaves}) "
        f"listed below. OpenIMR {engine.version} read every page and laid what it says against "
        f"the criteria of rulebook edition {engine.rulebook_edition}, as in force on "
        f"{engine.as_of:%m/%d/%Y}. The suggestions follow from the criteria by rules alone, with "
        f"{alone}, and every sentence names the findings and pages it stands on.",
        *told,
        "This is a draft, and nothing in it is decided. A physician reviewer with no tie to the "
        "employer, the employee, the providers or the claims administrator, licensed, in active "
        "practice and qualified in the condition and the treatment in dispute, examines the case "
        "file, confirms or overrides each item in writing and signs. Where guidelines differ, the "
        "order of evidence that the law sets for medical necessity applies: the treatment "
        "schedule first, other evidence where it is silent.",
    )


def how_decided(draft: Determination, ruling: Ruling, against: int) -> tuple[str, ...]:
    """The paragraphs of the section, once a reviewer has decided.

    Args:
        draft: what the reviewer had before them.
        ruling: what the reviewer decided.
        against: items decided otherwise than their suggestion.
    """
    overruled = len(ruling.findings) + len(ruling.suggestions) + len(ruling.sentences) + against
    changed = f"overruled it in {overruled:,} place{'' if overruled == 1 else 's'}"
    return (
        *draft.how_made[:-1],
        f"{draft.organization} sent the complete case file to a physician reviewer, who has no "
        "affiliation with the employer, the employee, the providers or the claims administrator, "
        "has been in active clinical practice for more than five years and works in it for at "
        "least 24 hours a week now. The reviewer was selected for clinical experience, education, "
        "background and expertise in the same or similar specialties that evaluate or treat the "
        "condition and the disputed items, and is familiar with the governing laws and "
        "regulations, including the strength of evidence hierarchy that applies to Independent "
        "Medical Review.",
        f"The reviewer decided each item. The draft's suggestions decided nothing; the reviewer "
        f"{changed if overruled else 'overruled nothing of it'}.{_opened(draft, ruling)}",
        "This is the determination of the Administrative Director and binds all parties (Labor "
        "Code 4610.6(g)). A party may ask the Workers' Compensation Appeals Board to set it aside "
        "by a verified petition filed within 30 days of the day on which it was mailed, and five "
        "days more where it was mailed within California (Labor Code 4610.6(h); "
        "8 CCR 10575, numbered 10957.1 before 2020).",
    )


def _opened(draft: Determination, ruling: Ruling) -> str:
    """How many pages the reviewer had on screen, where count was kept."""
    if ruling.opened is None:
        return ""
    pages = {(document.id, page.number) for document in draft.documents for page in document.pages}
    seen = {(one.document, page) for one in ruling.opened for page in one.pages}
    return f" {len(pages & seen):,} of the {len(pages):,} pages were opened on screen."


def _second_reader(reading: SecondReading) -> str:
    """What a language model was let do, what came of it, and how its passages are marked."""
    kept, agreed = len(reading.proposals), reading.agreed
    dropped = sum(number for _, number in reading.dropped)
    silent = sum(number for _, number in reading.unanswered)
    return (
        f"A language model ({reading.reader}) was asked as a second reader which sentences speak "
        f"of what the criteria ask for; it was given no other part. {kept:,} of its proposals were "
        f"taken up, {agreed:,} pointed at what the rules had read already, and {dropped:,} were "
        "dropped because their words do not stand where they were said to stand or hold nothing "
        "that the rules can read. Value and meaning were read from the record by the rules in "
        f"every case. Passages found in this way are marked '{MARKED}'. "
        f"{silent:,} of {reading.questions:,} questions had no answer that could be used."
    )
