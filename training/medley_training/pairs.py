"""Pictures with masks, and pictures that hold nothing of what a task looks for: read once, stretched to one square, kept as bytes.

A pair belongs to a task of training/outline-tasks.json. Sources (or, of a task with one source, patients) are left out together.
"""

from __future__ import annotations

import csv
import json
import zlib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

TASKS: dict[str, dict[str, dict]] = json.loads((Path(__file__).parent.parent / "outline-tasks.json").read_text())
# By (task, anatomy or modality of the manifest) → task of ours. Whole livers were published as tumours.
NAMES = {
    ("lesion_skin", "skin"): "skin-lesion",
    ("polyp", "colon"): "polyp",
    ("tumour_breast_us", "breast"): "breast-us",
    ("tumour_brain_mr", "brain"): "brain-mr",
    ("tumour_ct", "kidney"): "kidney-ct",
    ("tumour_ct", "liver"): "liver-ct",
    ("tumour_ct", "lung"): "lung-ct",
    ("tumour_mr_other", "head_neck"): "nasopharynx-mr",
    ("tumour_mr_other", "prostate"): "prostate-mr",
    ("lesion_brain_ct", "brain"): "brain-ct",
    ("lesion_brain_mr", "brain"): "ms-mr",
    ("lesion_lung_ct", "lung"): "covid-ct",
    ("vessels", "carotid"): "carotid-us",
    ("organ_ct", "liver"): "liver-organ-ct",
    ("organ_ct", "lung"): "lung-organ-ct",
    ("organ_ct", "spleen"): "spleen-organ-ct",
    ("organ_lung_cxr", "chest"): "lung-organ-xray",
    ("organ_mr", "heart"): "heart-organ-mr",
    ("vessels", "brain"): "microscopy",
}
FUNDUS = {"fundus": "fundus", "octa": "octa", "xa": "xa"}
# Two folds; of these tasks each fold leaves out one of two sources, the third (if any) is always learnt.
LEFT_OUT = {
    "skin-lesion": (("isic2017-fyp",), ("isic200",)),
    "polyp": (("bkai-neopolyp",), ("kvasir-seg",)),
    "brain-ct": (("cpaisd-stroke-mini",), ("ich-ct-mini",)),
    "liver-organ-ct": (("chaos-liver-mini",), ("lits-liver",)),
    "fundus": (("chasedb1",), ("drive", "fives-mini")),
}
FOLDS = 2
# Of tasks with one source, this share of the patients is left out in each fold.
PART = 3


@dataclass
class Pairs:
    """`images` uint8 `[N,S,S,3]`, `masks` uint8 `[N,S,S]` (255 marked), and of each its task, source, group and file."""

    images: np.ndarray
    masks: np.ndarray
    tasks: np.ndarray
    sources: np.ndarray
    groups: np.ndarray
    files: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.images)


def task_of(row: dict[str, str]) -> str:
    """Ours, of a row of a manifest; one that we wrote ourselves names it."""
    if any(row["task"] in tasks for tasks in TASKS.values()):
        return row["task"]
    return FUNDUS.get(row["modality"]) or NAMES[row["task"], row["anatomy"]]


def read_pairs(folder: Path, model: str, size: int) -> Pairs:
    """All pairs of a model's tasks. `folder` holds manifest.csv and what it names."""
    with open(folder / "manifest.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file) if task_of(row) in TASKS[model]]
    images = np.zeros((len(rows), size, size, 3), np.uint8)
    masks = np.zeros((len(rows), size, size), np.uint8)
    for i, row in enumerate(rows):
        images[i] = Image.open(folder / row["image"]).convert("RGB").resize((size, size), Image.BILINEAR)
        masks[i] = Image.open(folder / row["mask"]).convert("L").point(lambda v: 255 if v > 127 else 0).resize((size, size), Image.BOX)
    column = lambda of: np.array([of(row) for row in rows])
    groups = column(lambda row: f"{row['source_id']}/{row['patient_or_group']}")
    return Pairs(images, masks, column(task_of), column(lambda row: row["source_id"]), groups, [row["image"] for row in rows])


def folds_of(pairs: Pairs) -> np.ndarray:
    """Fold in which a pair is left out; −1: in none. By source where a task has two, else by patient."""
    folds = np.full(len(pairs), -1)
    for i, (task, source, group) in enumerate(zip(pairs.tasks, pairs.sources, pairs.groups)):
        if task in LEFT_OUT:
            folds[i] = next((k for k, names in enumerate(LEFT_OUT[task]) if source in names), -1)
        else:
            part = zlib.crc32(group.encode()) % PART
            folds[i] = part if part < FOLDS else -1
    return folds


# Pictures of the labelled set that hold nothing of a task: (modality, anatomy, finding) → task.
NORMALS = {
    ("MR", "head/brain", "normal"): "brain-mr",
    ("US", "neck/thyroid", ""): "carotid-us",
}
# Of each kind of the labelled set so many are shown to every presence head as pictures of something else.
OTHERS_A_KIND = 25
# Kinds that may hold what a task of the model looks for, and so are no pictures of something else: modality, and anatomy or any.
POSSIBLE = {
    "outline": {("DERM", ""), ("ES", ""), ("CT", ""), ("US", "breast"), ("US", "neck/thyroid"), ("MR", "head/brain"), ("MR", "heart"), ("MR", "pelvis/prostate"), ("X-ray", "chest/lung")},
    "vessels": {("OP", ""), ("XA", "")},
}


def read_normals(folder: Path, model: str, size: int) -> Pairs:
    """True negatives of tasks, with empty masks, from the labelled pictures of the classifiers; task “-kind” for pictures of other things."""
    with open(folder / "manifest.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    rng = np.random.default_rng(4)
    kinds: dict[tuple[str, str], int] = {}
    chosen: list[tuple[dict[str, str], str]] = []
    for at in rng.permutation(len(rows)):
        row = rows[at]
        kind = (row["modality"], row["anatomy"])
        task = NORMALS.get((*kind, row["finding"]))
        possible = {kind, (row["modality"], "")} & POSSIBLE[model] or row["finding"] == "vessel"
        kinds[kind] = kinds.get(kind, 0) + (task is None and not possible)
        if task in TASKS[model] or (not possible and kinds[kind] <= OTHERS_A_KIND):
            chosen.append((row, task if task in TASKS[model] else f"-{row['modality']}/{row['anatomy']}"))
    images = np.zeros((len(chosen), size, size, 3), np.uint8)
    for i, (row, _) in enumerate(chosen):
        images[i] = Image.open(folder / row["file"]).convert("RGB").resize((size, size), Image.BILINEAR)
    column = lambda of: np.array([of(row) for row, _ in chosen])
    groups = column(lambda row: f"{row['source_id']}/{row['patient_or_group'] or row['file']}")
    tasks = np.array([task for _, task in chosen])
    return Pairs(images, np.zeros(images.shape[:3], np.uint8), tasks, column(lambda row: row["source_id"]), groups, [row["file"] for row, _ in chosen])
