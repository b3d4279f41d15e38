"""The drug table: that it is whole, and that a broken row is named with its mend."""

from __future__ import annotations

import pytest

from openimr.model.drug import FactorSet
from openimr.model.errors import RulebookInvalid
from openimr.rulebook.formulary import GROUPS, load_formulary, parse_formulary

FORMULARY = load_formulary()
HEAD = (
    "generic,brands,names,ingredients,drug_class,groups,forms,strengths,unit,topic,schedule,"
    "opioid_action,mme_cdc_2016,mme_cdc_2022,mme_basis,max_daily_mg,max_daily_source,wear_hours,"
    "doses_per_day,unverified"
)


def row(**cells: str) -> str:
    values = {"generic": "x", "ingredients": "x", "opioid_action": "none"} | cells
    return ",".join(values.get(column, "") for column in HEAD.split(","))


@pytest.mark.parametrize(
    ("name", "generic"),
    [
        ("Norco", "hydrocodone/acetaminophen"), ("hydrocodone-apap", "hydrocodone/acetaminophen"),
        ("MSER", "morphine ER"), ("Duragesic", "fentanyl transdermal"), ("Soma", "carisoprodol"),
        ("Ambien CR", "zolpidem ER"), ("Tylenol PM", "acetaminophen/diphenhydramine"),
        ("diclofenac", "diclofenac sodium DR"), ("lidocaine patch", "lidocaine patch"),
        ("Zegerid", "omeprazole/sodium bicarbonate"), ("APAP", "acetaminophen"),
        ("methylprednisolone", "methylprednisolone"), ("HCTZ", "hydrochlorothiazide"),
    ],
)  # fmt: skip
def test_names_that_charts_use(name: str, generic: str) -> None:
    drug = FORMULARY.find(name)
    assert drug is not None
    assert drug.generic == generic


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        ("Norco", {"opioid", "analgesic_class"}), ("OxyContin", {"opioid", "er_opioid"}),
        ("Restoril", {"benzodiazepine", "hypnotic", "sedative"}), ("Cymbalta", {"snri"}),
        ("Soma", {"muscle_relaxant", "carisoprodol", "sedative"}), ("Elavil", {"tricyclic"}),
        ("Nardil", {"maoi"}), ("Zoloft", {"ssri"}), ("Naprosyn", {"nsaid"}),
        ("Neurontin", {"antiepileptic", "gabapentinoid"}), ("Lunesta", {"hypnotic"}),
        ("Coumadin", {"anticoagulant"}), ("trazodone", {"antidepressant", "sedative"}),
    ],
)  # fmt: skip
def test_groups_that_rules_ask_for(name: str, groups: set[str]) -> None:
    drug = FORMULARY.find(name)
    assert drug is not None
    assert groups <= drug.groups


def test_tramadol_is_no_first_line_antidepressant() -> None:
    drug = FORMULARY.find("Ultram")
    assert drug is not None
    assert "snri" not in drug.groups


def test_every_group_is_used_and_every_opioid_says_how_it_acts() -> None:
    assert frozenset().union(*(drug.groups for drug in FORMULARY.drugs)) == GROUPS
    for drug in FORMULARY.drugs:
        assert drug.is_opioid <= (drug.opioid_action != "none")
        assert drug.ingredients
        assert drug.max_daily_source or not drug.max_daily_mg


def test_factors_grow_with_methadone() -> None:
    methadone = FORMULARY.find("methadone")
    assert methadone is not None
    factors = [methadone.mme_factor(FactorSet.CDC_2016, daily) for daily in (20, 21, 41, 61)]
    assert factors == [4, 8, 10, 12]


def test_forms_of_one_ingredient_are_a_family() -> None:
    drug = FORMULARY.find("Voltaren")
    assert drug is not None
    assert "diclofenac gel" in {member.generic for member in FORMULARY.family(drug)}


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"groups": "opiod"}, "group 'opiod' is not known"),
        ({"max_daily_mg": "y=3"}, "no ingredient; write x"),
        ({"strengths": "ten", "unit": "mg"}, "is no number"),
        ({"opioid_action": "strong"}, "strong"),
        ({"wear_hours": "three"}, "three"),
        ({"mme_cdc_2016": "1"}, "mme_basis"),
        ({"brands": "X"}, "already names x"),
        ({"generic": ""}, "no generic name"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(cells: dict[str, str], message: str) -> None:
    with pytest.raises(RulebookInvalid) as error:
        parse_formulary(f"{HEAD}\n{row(**cells)}\n")
    assert message in str(error.value)
    assert "drugs/drugs.csv:2" in str(error.value)


def test_all_problems_are_reported_at_once() -> None:
    text = f"{HEAD}\n{row(groups='a')}\n{row(generic='y', ingredients='y', strengths='b')}\n"
    with pytest.raises(RulebookInvalid) as error:
        parse_formulary(text, guard=frozenset({"y"}), ambiguous=frozenset({"z"}))
    assert len(str(error.value).splitlines()) == 5
    assert "take it out" in str(error.value)
    assert "mend it" in str(error.value)
