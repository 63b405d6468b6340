"""Labelled pictures and their sources: reading, folds that leave whole sources out, balanced drawing. Pictures stay outside the repository."""

from __future__ import annotations

import collections
import csv
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from .classes import MODALITY, QUESTIONS

MODALITIES = list(MODALITY)
# Sources whose slices all lie in one plane.
PLANE_OF = {source: plane for plane, sources in json.loads((Path(__file__).parent.parent / "planes.json").read_text()).items() for source in sources}
# Met in any orientation: there is no up in a stain, a skin, a bowel.
TURNED = {"SM", "DERM", "ES"}
# Cut from volumes, whose axes are exported in any order.
SLICED = {"CT", "MR", "NM/PET", "OPT"}


@dataclass
class Pictures:
    """`images` uint8 `[n,edge,edge,3]`, stretched to a square; `answers[question]` class index or −1 where nobody knows."""

    images: np.ndarray
    answers: dict[str, np.ndarray]
    sources: np.ndarray
    extra: np.ndarray

    def __len__(self) -> int:
        return len(self.images)


def read_pictures(folders: list[Path], edge: int, cache: Path | None = None) -> Pictures:
    """Every picture of the manifests in `folders` (`manifest.csv` in each; the first is the labelled set, the others are extra)."""
    rows = []
    for k, folder in enumerate(folders):
        with open(folder / "manifest.csv", newline="") as file:
            rows += [({"plane": PLANE_OF.get(row["source_id"], ""), **row}, folder, k > 0) for row in csv.DictReader(file)]
    key = hashlib.sha256(repr([(r["file"], str(f), edge) for r, f, _ in rows]).encode()).hexdigest()[:16]
    kept = cache / f"pictures-{key}.npy" if cache else None
    if kept and kept.exists():
        images = np.load(kept, mmap_mode="r")
    else:
        images = np.zeros((len(rows), edge, edge, 3), np.uint8)
        for i, (row, folder, _) in enumerate(rows):
            picture = Image.open(folder / row["file"]).convert("RGB")
            shrink = min(picture.size) >= edge
            images[i] = np.asarray(picture.resize((edge, edge), Image.BOX if shrink else Image.BILINEAR))
        if kept:
            np.save(kept, images)
    answers = {
        question: np.array([classes.index(row.get(question) or "") if (row.get(question) or "") in classes else -1 for row, _, _ in rows])
        for question, classes in ((question, list(values)) for question, values in QUESTIONS.items())
    }
    return Pictures(images, answers, np.array([row["source_id"] for row, _, _ in rows]), np.array([extra for _, _, extra in rows]))


# Sources with pictures of the same patients: left out together wherever another source of their kind is left to learn from.
KIN = {"navoneel": "nickparvar", "sa_brisc2025": "nickparvar", "sa_ircad": "sa_lits", "sa_ms_flair": "sa_braintumor_t2", "synth_photos": "imagenet1k"}


def fold_of_sources(pictures: Pictures, folds: int) -> dict[str, int]:
    """Whole sources to folds, so that a kind of picture loses as few of its sources at once as possible. Deterministic."""
    size = collections.Counter(pictures.sources)
    cells: dict[tuple[int, int], set[str]] = collections.defaultdict(set)
    for modality, anatomy, source, extra in zip(pictures.answers["modality"], pictures.answers["anatomy"], pictures.sources, pictures.extra):
        if not extra:
            cells[modality, anatomy].add(KIN.get(source, source))
    fold: dict[str, int] = {}
    load = [0] * folds
    for _, sources in sorted(cells.items(), key=lambda cell: (-len(cell[1]), cell[0])):
        used = collections.Counter(fold[s] for s in sources if s in fold)
        for source in sorted(sources - fold.keys(), key=lambda s: (-size[s], s)):
            best = min(range(folds), key=lambda k: (used[k], load[k], k))
            fold[source] = best
            used[best] += 1
            load[best] += size[source]
    for source in size.keys() - fold.keys():
        # Extra sources: all volumes of one suite, or all of one generator, together.
        suite = "_".join(source.split("_")[:2])
        kin = KIN.get(source, KIN.get(suite))
        fold[source] = fold[kin] if kin else int(hashlib.sha256(suite.encode()).hexdigest(), 16) % folds
    return fold


def drawing_weights(pictures: Pictures, chosen: np.ndarray) -> np.ndarray:
    """Probability of each picture: kinds nearly evenly, sources within a kind by the root of their size; a family of drawn ones counts as one source."""
    kinds = list(zip(pictures.answers["modality"], pictures.answers["anatomy"]))
    homes = ["_".join(source.split("_")[:2]) if source.startswith("synth") else source for source in pictures.sources]
    count = collections.Counter((kind, home) for kind, home, ok in zip(kinds, homes, chosen) if ok)
    by_kind: dict[tuple[int, int], float] = collections.defaultdict(float)
    for (kind, _), n in count.items():
        by_kind[kind] += n**0.5
    by_modality: dict[int, float] = collections.defaultdict(float)
    for (modality, _), roots in by_kind.items():
        by_modality[modality] += roots**0.8
    weight = np.zeros(len(pictures))
    other = MODALITIES.index("NOT-MEDICAL")
    for i, (kind, home) in enumerate(zip(kinds, homes)):
        if chosen[i]:
            n = count[kind, home]
            share = by_kind[kind] ** 0.8 / by_modality[kind[0]] * by_modality[kind[0]] ** 0.6
            # The world outside medicine is wider than any one modality.
            share *= 1.7 if kind[0] == other else 1
            weight[i] = share * n**0.5 / by_kind[kind] / n
    return weight / weight.sum()
