#!/usr/bin/env python3
"""Whether Medley notices headers that contradict their pictures, and leaves honest ones in peace.

usage: npm run bench:disagree -- --corpus DIR --truth truth.csv --words vocabulary.json [--count 100] [--seed 1] [--json FILE] [--list] [--whole]

Files are made by make_header_errors.py (which says what is left out, and how headers are harmed) and analysed by `npm run analyze`. `--words` maps
the truth's words to the report's modalities. A harmed file is flagged where its label of that question is a conflict; on unharmed ones the same is a
false alarm. Modality: fused label against the truth. --whole also analyses the corpus as it is: fused modality of its header-labelled series.
Slices of this corpus were extra training pictures, so the shipped weights answer in-sample; for a fair figure put the weights of a fold into the built
app's models folder and count the suites that the fold left out (medley_training/pictures.py: fold_of_sources).
--json writes one row an item with all evidence, for calibration: truth, harm, header and pixel evidence, what was said; --list prints what was missed.
"""

from __future__ import annotations

import argparse
import collections
import csv
import json
import shutil
import tempfile
from pathlib import Path

from make_header_errors import make, phantom
from recognise_judge import analyse

QUESTIONS = ("modality", "anatomy")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("corpus", "truth", "words"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--whole", action="store_true")
    options = parser.parse_args()
    words = json.loads(options.words.read_text())["expected_modality"]
    folder = Path(tempfile.mkdtemp(prefix="medley-disagree-"))
    try:
        told = make(options.corpus, options.truth, folder / "files", options.count, options.seed)
        items = {path: item for item in analyse(folder / "files")["items"] for path in item["paths"]}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    rows = [row_of(row, items[row["path"]], words) for row in told if row["path"] in items]
    print(f"{len(told)} files made, {len(rows)} items")
    tell(rows, options.list)
    figures = {"rows": rows}
    if options.whole:
        figures["whole"] = whole(options.corpus, options.truth, words, options.list)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n")


def row_of(told: dict, item: dict, words: dict[str, list[str]]) -> dict:
    row = {**told, "accepted": words.get(told["modality"], []), "shape": item["shape"]}
    for question in QUESTIONS:
        label = item[question]
        row[question + "Said"] = {key: label[key] for key in ("value", "confidence", "conflict")}
        for kind in ("header", "pixels"):
            row[f"{question}{kind.capitalize()}"] = [[one["value"], one["confidence"], one["detail"]] for one in label["evidence"] if one["from"] == kind]
        row[question + "Else"] = [[one["from"], one["value"], one["confidence"]] for one in label["evidence"] if one["from"] not in ("header", "pixels")]
    return row


def tell(rows: list[dict], listed: bool) -> None:
    print(f"\n{'harmed':34} files flagged      share   pixels speak against the header")
    for question in QUESTIONS:
        for descriptions in ("kept", "removed"):
            some = [row for row in rows if row["kind"] == question and row["descriptions"] == descriptions]
            kinds = {"": some}
            if question == "modality":
                kinds |= {f", SOP class {how}": [row for row in some if row["sopClass"] == how] for how in ("left", "swapped")}
            for name, these in kinds.items():
                flagged = sum(row[question + "Said"]["conflict"] for row in these)
                seen = sum(any(value != row["wrong"] and p > 0.5 for value, p, _ in row[question + "Pixels"]) for row in these)
                print(f"{question + ', descriptions ' + descriptions + name:50} {len(these):5} {flagged:5} {share(flagged, these)}   {share(seen, these)}")
    print(f"\n{'unharmed':50} files alarms")
    for descriptions in ("kept", "removed"):
        some = [row for row in rows if row["kind"] == "none" and row["descriptions"] == descriptions]
        for question in (*QUESTIONS, "either"):
            alarms = sum(any(row[q + "Said"]["conflict"] for q in QUESTIONS if question in (q, "either")) for row in some)
            print(f"{question + ', descriptions ' + descriptions:50} {len(some):5} {alarms:5} {share(alarms, some)}")
    print(f"\n{'fused modality is the true one':50} files right")
    for kind in ("none", "anatomy", "modality"):
        some = [row for row in rows if row["kind"] == kind]
        right = sum(row["modalitySaid"]["value"] in row["accepted"] for row in some)
        print(f"{'harmed: ' + kind:50} {len(some):5} {right:5} {share(right, some)}")
    for row in rows if listed else []:
        question = row["kind"]
        missed = question != "none" and not row[question + "Said"]["conflict"]
        alarm = question == "none" and any(row[q + "Said"]["conflict"] for q in QUESTIONS)
        if missed or alarm:
            seen = {q: [(value, p) for value, p, _ in row[q + "Pixels"]] for q in QUESTIONS if question in (q, "none")}
            print(f"  {'missed' if missed else 'alarm '} {row['file']} ({row['modality']} {row['anatomy']}; {row['wrong']} {row['sopClass']}, {row['descriptions']}): {seen}")


def share(count: int, of: list) -> str:
    return f"{count / len(of):8.1%}" if of else "       —"


def whole(corpus: Path, truth: Path, words: dict[str, list[str]], listed: bool) -> dict:
    """Fused modality of every item whose header names one, and the conflicts on those that are no phantoms."""
    known = {f"{row['suite']}/{row['path']}": row for row in csv.DictReader(open(truth, newline=""))}
    counts, said = collections.Counter(), []
    for item in analyse(corpus)["items"]:
        row = next((known[path] for path in item["paths"] if path in known), None)
        if row is None or row["format"] != "dicom" or row["modality_tag"] in ("", "OT", "SC") or row["expected_modality"] not in words:
            continue
        right = item["modality"]["value"] in words[row["expected_modality"]]
        is_patient = phantom(row) is None
        alarm = [q for q in QUESTIONS if item[q]["conflict"]] if is_patient else []
        counts.update(series=1, right=right, patients=is_patient, alarms=bool(alarm))
        said.append({**row_of({"path": item["paths"][0], "modality": row["expected_modality"], "anatomy": row["expected_anatomy"], "kind": "none", "wrong": None}, item, words), "phantom": not is_patient, "right": right})
        if listed and (not right or alarm):
            print(f"  {item['paths'][0]}: {item['modality']['value']}, expected {row['expected_modality']}; conflicts {alarm}")
    print(f"\nthe corpus as it is: {counts['series']} header-labelled series, fused modality right {counts['right'] / counts['series']:.2%}")
    print(f"conflicts on the {counts['patients']} of them that are no phantoms: {counts['alarms']} ({counts['alarms'] / max(1, counts['patients']):.1%})")
    return {"counts": dict(counts), "rows": said}


if __name__ == "__main__":
    main()
