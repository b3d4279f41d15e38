"""What the concepts of the evidence vocabulary are called in running text."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from openimr.model.ids import ConceptId

CONCEPT_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "acute_postoperative": "a recent operation",
        "adverse_effects": "side effects",
        "aberrant_behaviour": "aberrant drug behavior",
        "addiction_history": "a history of addiction",
        "cv_renal_hepatic_risk": "heart, kidney or liver risk",
        "diagnosis_axial_mechanical": "a mechanical or axial pain diagnosis",
        "functional_improvement": "improvement in function",
        "gi_risk": "gastrointestinal risk",
        "imaging_correlation": "imaging that agrees with the findings",
        "injection_response": "the response to injections",
        "insomnia_workup": "an evaluation of the sleep problem",
        "initial_trial": "a first trial of the drug",
        "malignancy_palliative": "cancer or palliative care",
        "multiple_opioids_and_sedatives": "opioids or sedatives taken together",
        "nausea_cause": "the cause of nausea",
        "neuropathic_pain": "neuropathic pain",
        "opioid_agreement": "an opioid agreement",
        "pain_score": "pain scores",
        "pain_with_without_medication": "pain with and without medication",
        "pdmp_cures": "a CURES or other prescription-monitoring report",
        "prior_nonopioid_trials": "earlier trials of non-opioid treatment",
        "qt_interval": "the QT interval",
        "quantity_sig": "quantity and directions",
        "rescue_teaching": "teaching on overdose rescue",
        "return_to_work": "work status",
        "sedative_reason": "a short-term reason for a sedative",
        "stop_reason": "a reason to stop",
        "ur_outcome": "what utilization review granted",
        "urine_drug_test": "a urine drug test",
        "validated_instrument": "a validated instrument",
        "wakefulness_disorder": "a disorder of wakefulness",
        "weaning_attempts": "weaning",
        "symptom_change": "a change of the complaint",
        "suspected_lesion": "a suspected lesion",
        "surgical_candidate": "a plan of surgery",
        "stimulation_trial": "a trial of stimulation",
        "spinal_disorder": "a disorder of the spine",
        "psych_status": "psychological status",
        "prior_study": "earlier studies",
        "prior_procedure": "earlier procedures",
        "orthosis_use": "a splint or brace",
        "imaging_lesion": "a lesion on imaging",
        "hearing_loss": "loss of hearing",
        "head_injury_signs": "signs after an injury of the head",
        "conservative_care": "conservative care",
        "clinical_signs": "signs of a joint, muscle or nerve",
        "body_mass": "the body mass index",
    }
)
"""Concepts whose id, with spaces for underscores, does not read as English."""


def concept_name(concept: ConceptId) -> str:
    """A concept in running text: `a urine drug test`; unknown ones by their id."""
    return CONCEPT_NAMES.get(concept, concept.replace("_", " "))
