"""Prints what left-out sources say of the recognition network: python3 training/validate.py --data DIR [--extra DIR] --runs DIR [--json FILE]."""

from __future__ import annotations

import argparse
import collections
import json
from pathlib import Path

import numpy as np
from medley_training.classes import QUESTIONS
from medley_training.measure import auroc, best_temperature, by_class, calibration_error, even_weights, softmax
from medley_training.pictures import MODALITIES, Pictures, fold_of_sources, read_pictures

ENOUGH_SOURCES = 3


# Sources of another kind than the rest of their class, though modality and anatomy are the same.
KIND_OF = {"octa500": "en face", "imagenet1k": "photograph", "renal_scint": "planar", "scoliosis_skog": "film"}


def still_taught(pictures: Pictures, at: np.ndarray, fold_at: np.ndarray, folds: np.ndarray) -> np.ndarray:
    """Whether a picture's kind (modality, anatomy, and KIND_OF where they are not enough) had another real source to learn from when its own was left out."""
    kinds = [(m, a, KIND_OF.get(source, "")) for m, a, source in zip(pictures.answers["modality"], pictures.answers["anatomy"], pictures.sources)]
    homes: dict[tuple[int, int, str], set[int]] = collections.defaultdict(set)
    for kind, source, fold in zip(kinds, pictures.sources, folds):
        if not source.startswith("synth"):
            homes[kind].add(int(fold))
    return np.array([bool(homes[kinds[i]] - {int(k)}) for i, k in zip(at, fold_at)])


def taught_figures(probability: np.ndarray, truth: np.ndarray, sources: np.ndarray, names: list[str]) -> dict[str, object]:
    rows = [row for row in by_class(probability.argmax(1), truth, sources, names) if row["sources"]]
    return {"macroAccuracy": round(float(np.mean([row["accuracy"] for row in rows])), 4), "macroBySource": round(float(np.mean([row["bySource"] for row in rows])), 4), "classes": rows}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--extra", type=Path, nargs="*", default=[])
    parser.add_argument("--runs", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    pictures = read_pictures([options.data, *options.extra], 160, options.runs)
    files = [np.load(path) for path in sorted(options.runs.glob("fold-*.npz"))]
    at = np.concatenate([file["at"] for file in files])
    real = ~pictures.extra[at]
    at = at[real]
    fold = fold_of_sources(pictures, options.folds)
    folds = np.array([fold[source] for source in pictures.sources])
    taught = still_taught(pictures, at, folds[at], folds)
    out: dict[str, object] = {"folds": len(files), "outputs": {}}
    for question, names in ((q, list(c)) for q, c in QUESTIONS.items()):
        logits = np.concatenate([file[question] for file in files])[real]
        truth = pictures.answers[question][at]
        known = truth >= 0
        if not known.any():
            continue
        logits, truth, sources, fair = logits[known], truth[known], pictures.sources[at][known], taught[known]
        weight = even_weights(truth, sources)
        # Calibrated for kinds that it was taught, as what ships is taught all of them; but never sharpened, as foreign kinds come.
        temperature = max(1.0, best_temperature(logits[fair], truth[fair], weight[fair]))
        probability = softmax(logits, temperature)
        rows = by_class(probability.argmax(1), truth, sources, names)
        thick = [row for row in rows if row["sources"] >= ENOUGH_SOURCES]
        macro = float(np.mean([row["accuracy"] for row in thick])) if thick else None
        result = {
            "temperature": round(temperature, 4),
            "macroAccuracy": round(macro, 4) if macro is not None else None,
            "macroBySource": round(float(np.mean([row["bySource"] for row in thick])), 4) if thick else None,
            "ece": round(calibration_error(probability, truth, weight), 4),
            "eceWhereTaught": round(calibration_error(probability[fair], truth[fair], weight[fair]), 4),
            "classes": rows,
            "taught": taught_figures(probability[fair], truth[fair], sources[fair], names),
        }
        if question == "modality":
            other = MODALITIES.index("NOT-MEDICAL")
            result["rejectionAuroc"] = round(auroc(probability[:, other], truth == other), 4)
        top, right = probability.max(1), probability.argmax(1) == truth
        result["answered"] = [
            {"from": p, "share": round(float((weight * (top >= p)).sum()), 3), "accuracy": round(float((weight * right)[top >= p].sum() / max(1e-9, weight[top >= p].sum())), 4)}
            for p in (0.5, 0.6, 0.7, 0.8, 0.9)
        ]
        out["outputs"][question] = result
        print(f"\n{question}: macro {result['macroAccuracy']} (by source {result['macroBySource']}), ECE {result['ece']} ({result['eceWhereTaught']} where taught), temperature {temperature:.2f}", result.get("rejectionAuroc", ""))
        for row in rows:
            print(f"  {row['label']:24s} sources {row['sources']:2d} images {row['images']:5d} accuracy {row['accuracy']} by source {row['bySource']} {row.get('worst', '')}")
        print(f"  where its kind was taught by another source: macro {result['taught']['macroAccuracy']} (by source {result['taught']['macroBySource']})")
        for row in result["taught"]["classes"]:
            print(f"    {row['label']:24s} {row['sources']:2d} {row['images']:5d} {row['accuracy']} {row['bySource']} {row.get('worst', '')}")
        print("  answered from:", result["answered"])
    if options.json:
        options.json.write_text(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
