"""What the network may say, in the labelled set's words, and the vocabulary's value for each. Order is the order of the network's outputs."""

from __future__ import annotations

import json
from pathlib import Path

MODALITY = {
    "CT": "CT", "MR": "MR", "X-ray": "DX", "US": "US", "MG": "MG", "NM/PET": "PT", "XA": "XA", "OPT": "OPT", "OP": "OP", "ES": "ES",
    "DERM": "DMS", "SM": "SM", "NOT-MEDICAL": "OTHER",
}  # fmt: skip
ANATOMY = {
    "head/brain": "BRAIN", "neck/thyroid": "NECK", "spine": "SPINE", "chest/lung": "CHEST", "heart": "HEART", "breast": "BREAST",
    "abdomen/liver": "ABDOMEN", "kidney": "KIDNEY", "pelvis/prostate": "PELVIS", "upper extremity": "UPPERLIMB",
    "lower extremity": "LOWERLIMB", "eye/retina": "EYE", "skin": "SKIN", "teeth/jaw": "JAW", "gastrointestinal tract": "GITRACT",
    "fetus/obstetric": "FETUS", "blood/tissue": "TISSUE", "whole body": "WHOLEBODY",
}  # fmt: skip
PLANE = {"axial": "axial", "sagittal": "sagittal", "coronal": "coronal"}
QUESTIONS = {"modality": MODALITY, "anatomy": ANATOMY, "plane": PLANE}

VOCABULARY = json.loads((Path(__file__).parent.parent / "vocabulary.json").read_text())
for _question, _classes in QUESTIONS.items():
    _terms = {term if isinstance(term, str) else term["code"] for term in VOCABULARY[_question]}
    assert set(_classes.values()) <= _terms, f"not in the vocabulary: {set(_classes.values()) - _terms}"
