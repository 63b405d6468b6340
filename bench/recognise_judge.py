#!/usr/bin/env python3
"""What Medley says of pictures under meaningless names, without headers, in several formats, against a labelled set that it is told nothing of.

usage: npm run bench:recognise -- --data DIR [--count 400] [--seed 1] [--formats png,jpeg,…] [--json FILE] [--keep DIR] [--report FILE]

DIR holds manifest.csv (file, source_id, modality, anatomy, …) and labels.json, which says per class which values of the report are right. The pictures
are drawn and written by recognise_pictures.py, one folder a format, and analysed by `npm run analyze` as anybody's would be. Nothing else is read.

Per class: right, UNKNOWN and wrong; macro: the mean over classes, and over those of at least three sources. ECE in ten equal bins: of all answers that
are not UNKNOWN. AUROC of non-medical pictures: the score is the confidence of OTHER, and 1 - confidence of anything else. A format that does
worse than png on the same pictures shows a fault of ours. Where DIR is the training set, the figures tell of formats, not of accuracy.
--keep writes the pictures there and leaves them; --report judges an earlier report of such a folder again.
"""

from __future__ import annotations

import argparse
import collections
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from recognise_pictures import FORMATS, draw, name_of, pixels_of, read_labels, write

ROOT = Path(__file__).resolve().parent.parent
NOT_MEDICAL = "NOT-MEDICAL"


def main() -> None:
    options = parse()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="medley-recognise-"))
    try:
        truth = make(options, folder)
        report = json.loads(options.report.read_text()) if options.report else analyse(folder)
        rows = rows_of(report, truth, read_labels(options.data))
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)
    figures = tell(rows)
    if options.json:
        options.json.write_text(json.dumps({"figures": figures, "rows": rows}, indent=1) + "\n")


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--formats", default=",".join(FORMATS))
    for name in ("json", "keep", "report"):
        parser.add_argument(f"--{name}", type=Path)
    return parser.parse_args()


def make(options: argparse.Namespace, folder: Path) -> dict[str, dict[str, str]]:
    """Writes the pictures; path inside the folder → what is true of it."""
    truth = {}
    forms = options.formats.split(",")
    for form in forms:
        (folder / name_of(options.seed, form)).mkdir(parents=True, exist_ok=True)
    for drawn in draw(options.data, options.count, options.seed):
        picture = pixels_of(drawn.file)
        for form in forms:
            path = write(picture, form, folder / name_of(options.seed, form), drawn, options.seed)
            if path:
                told = {"format": form, "source": drawn.source, "modality": drawn.modality, "anatomy": drawn.anatomy, "picture": f"{drawn.source}/{drawn.file.name}"}
                truth[str(path.relative_to(folder))] = told
    return truth


def analyse(folder: Path) -> dict:
    with tempfile.TemporaryDirectory() as beside:
        file = Path(beside) / "report.json"
        command = ["npm", "run", "--silent", "analyze", "--", str(folder), "--json", str(file)]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            sys.exit(f"The analysis ended with {done.returncode}.")
        return json.loads(file.read_text())


def rows_of(report: dict, truth: dict, labels: dict) -> list[dict]:
    """One row a picture and format: what was said, and whether it is right. What was not analysed counts as UNKNOWN."""
    items = {path: item for item in report["items"] for path in item["paths"]}
    rows = []
    for path, told in truth.items():
        item = items.get(path)
        row = {**told, "path": path, "found": item is not None, "shape": item and item["shape"]}
        for question in ("modality", "anatomy"):
            label = item[question] if item else {"value": "UNKNOWN", "confidence": 0, "evidence": []}
            right = labels[question].get(told[question])
            row[question + "Said"], row[question + "Confidence"] = label["value"], label["confidence"]
            row[question + "Right"] = None if right is None else label["value"] in right
            row[question + "Evidence"] = [{k: one[k] for k in ("from", "value", "confidence", "detail")} for one in label["evidence"]]
        rows.append(row)
    return rows


def tell(rows: list[dict]) -> dict:
    missing = [row["path"] for row in rows if not row["found"]]
    print(f"{len(rows)} files, {len(missing)} without an item; by pixels answered: {sum(bool(by_pixels(row)) for row in rows)}")
    figures: dict = {"files": len(rows), "withoutItem": len(missing)}
    for question in ("modality", "anatomy"):
        figures[question] = per_class(question, [row for row in rows if row[question + "Right"] is not None])
    figures["nonMedicalAuroc"] = auroc(rows)
    print(f"\nnon-medical pictures: AUROC {figures['nonMedicalAuroc']}")
    figures["formats"] = per_format(rows)
    return figures


def by_pixels(row: dict) -> bool:
    return any(one["from"] == "pixels" for one in row["modalityEvidence"])


def per_class(question: str, rows: list[dict]) -> dict:
    classes = collections.defaultdict(list)
    for row in rows:
        classes[row[question]].append(row)
    print(f"\n{question:24} files sources   right UNKNOWN   wrong  most often instead")
    out, thick = {}, []
    for label, some in sorted(classes.items()):
        shares = outcome(question, some)
        sources = len({row["source"] for row in some})
        wrong = collections.Counter(row[question + "Said"] for row in some if row[question + "Right"] is False and row[question + "Said"] != "UNKNOWN")
        instead = ", ".join(f"{value} {n}" for value, n in wrong.most_common(3))
        print(f"{label:24} {len(some):5} {sources:7} {shares['right']:7.1%} {shares['unknown']:7.1%} {shares['wrong']:7.1%}  {instead}")
        out[label] = {"files": len(some), "sources": sources, **shares}
        if sources >= 3:
            thick.append(shares["right"])
    macro = float(np.mean([one["right"] for one in out.values()]))
    macro3 = float(np.mean(thick)) if thick else None
    ece = calibration_error(question, rows)
    shown = "—" if macro3 is None else f"{macro3:.1%}"
    print(f"{'macro':24} {len(rows):5}         {macro:7.1%}   of at least three sources {shown}; ECE of what is said {ece:.3f}")
    return {"classes": out, "macro": macro, "macroOfThreeSources": macro3, "ece": ece}


def outcome(question: str, rows: list[dict]) -> dict[str, float]:
    right = sum(bool(row[question + "Right"]) for row in rows) / len(rows)
    unknown = sum(row[question + "Said"] == "UNKNOWN" for row in rows) / len(rows)
    return {"right": right, "unknown": unknown, "wrong": 1 - right - unknown}


def calibration_error(question: str, rows: list[dict], bins: int = 10) -> float:
    """Mean distance of confidence and accuracy over equal bins (Guo et al. 2017), of what is not UNKNOWN."""
    said = [(row[question + "Confidence"], bool(row[question + "Right"])) for row in rows if row[question + "Said"] != "UNKNOWN"]
    if not said:
        return float("nan")
    confidence, right = np.array([p for p, _ in said]), np.array([float(ok) for _, ok in said])
    at = np.minimum((confidence * bins).astype(int), bins - 1)
    return float(sum(abs(confidence[at == b].mean() - right[at == b].mean()) * (at == b).mean() for b in range(bins) if (at == b).any()))


def auroc(rows: list[dict]) -> float | None:
    """Chance that a non-medical picture scores higher than a medical one; ties count half."""
    score = np.array([row["modalityConfidence"] if row["modalitySaid"] == "OTHER" else 1 - row["modalityConfidence"] for row in rows])
    outside = np.array([row["modality"] == NOT_MEDICAL for row in rows])
    if outside.all() or not outside.any():
        return None
    values, at = np.unique(score, return_inverse=True)
    inside_below = np.cumsum(np.bincount(at[~outside], minlength=len(values)))
    equal = np.bincount(at[~outside], minlength=len(values))
    wins = (inside_below - equal / 2)[at[outside]].sum()
    return round(float(wins / outside.sum() / (~outside).sum()), 4)


def per_format(rows: list[dict]) -> dict:
    """Each format against png on the same pictures; classes count alike."""
    print(f"\n{'format':12} pictures   modality right UNKNOWN   anatomy right UNKNOWN   as in png")
    png = {row["picture"]: row for row in rows if row["format"] == "png"}
    out = {}
    for form in dict.fromkeys(row["format"] for row in rows):
        some = [row for row in rows if row["format"] == form]
        shares = {q: outcome(q, known) if (known := [row for row in some if row[q + "Right"] is not None]) else None for q in ("modality", "anatomy")}
        twins = [(row, png[row["picture"]]) for row in some if row["picture"] in png]
        same = {q: sum(a[q + "Said"] == b[q + "Said"] for a, b in twins) / len(twins) if twins else None for q in ("modality", "anatomy")}
        shares["twin"] = {q: outcome(q, [b for _, b in twins if b[q + "Right"] is not None]) if twins else None for q in ("modality", "anatomy")}
        text = [f"{shares[q]['right']:14.1%} {shares[q]['unknown']:7.1%}" for q in ("modality", "anatomy") if shares[q]]
        beside = f"modality {same['modality']:.1%}, anatomy {same['anatomy']:.1%} (png there {shares['twin']['modality']['right']:.1%}, {shares['twin']['anatomy']['right']:.1%})" if twins else ""
        print(f"{form:12} {len(some):8}   {'   '.join(text)}   {beside}")
        out[form] = {"pictures": len(some), **shares, "sameAsPng": same}
    return out


if __name__ == "__main__":
    main()
