"""Outlines labelled pictures of further sources with the networks of the folds, and keeps those on which the networks agree, as a folder of pairs.

python3 training/pseudo_label.py --model outline|vessels --data DIR --runs FILE FILE --out DIR
Only the final training learns from them; no figure is measured on them.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import torch
from PIL import Image

from draw_angiograms import FIELDS
from medley_training.outlining import answers_of, dice, marked
from medley_training.pairs import TASKS
from train_outline import SIZES
from validate_outline import network_of, prepared

# What a task may learn from: modality, anatomy, how the finding begins; and the sources that have masks already.
KINDS = {
    "skin-lesion": ("DERM", "skin", "", {"isic_fyp"}),
    "polyp": ("ES", "gastrointestinal tract", "polyp", {"kvasir_seg"}),
    "brain-mr": ("MR", "head/brain", "tumour", {"lgg_tcga", "sa_npc"}),
    "fundus": ("OP", "eye/retina", "", {"drive", "chase", "sa_rop"}),
}
# Networks that differ more than this of a picture are not believed.
AGREEMENT = {"outline": 0.8, "vessels": 0.7}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", choices=list(TASKS), required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--runs", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    networks = [network_of(options.model, file) for file in options.runs]
    names, rows = list(TASKS[options.model]), []
    for part in ("images", "masks"):
        (options.out / part).mkdir(parents=True, exist_ok=True)
    with open(options.data / "manifest.csv", newline="") as file:
        labelled = list(csv.DictReader(file))
    for task, (modality, anatomy, finding, known) in KINDS.items():
        if task not in names:
            continue
        filled, index = TASKS[options.model][task]["filled"], names.index(task)
        chosen = [r for r in labelled if (r["modality"], r["anatomy"]) == (modality, anatomy) and r["finding"].startswith(finding) and r["source_id"] not in known]
        kept = 0
        for row in chosen:
            x, (columns, height) = prepared(options.data / row["file"], SIZES[options.model])
            logits = [answers_of(network, x, True)[0][0, index] for network in networks]
            drawn = [marked(one, columns, height, 0.5, 0.002 if filled else 0, filled) for one in logits]
            if min(one.mean() for one in drawn) < 0.002 or dice(drawn[0], drawn[-1]) < AGREEMENT[options.model]:
                continue
            mean = marked(sum(logits) / len(logits), columns, height, 0.5, 0.002 if filled else 0, filled)
            name = f"{task}-{kept}.png"
            Image.open(options.data / row["file"]).convert("RGB").save(options.out / "images" / name)
            Image.fromarray((mean * 255).astype("uint8")).save(options.out / "masks" / name)
            rows.append(dict(zip(FIELDS, (task, modality, anatomy, f"agreed-{row['source_id']}", f"images/{name}", f"masks/{name}", row["patient_or_group"] or row["file"]))))
            kept += 1
        print(f"{task}: {kept} of {len(chosen)}", flush=True)
    with open(options.out / "manifest.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, FIELDS)
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
