"""Draws X-ray angiograms with the masks of their vessels, as a folder of pairs: python3 training/draw_angiograms.py --data DIR --out DIR [--count N]

There are no public pairs to learn from: figures on these say how well drawn vessels are outlined, not real ones.
"""

from __future__ import annotations

import argparse
import csv
import random
from pathlib import Path

from PIL import Image

from medley_training.synthesise.angiograms import cerebral_pair, coronary_pair

SIDE = 512
FIELDS = ["task", "modality", "anatomy", "source_id", "image", "mask", "patient_or_group"]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True, help="folder of labelled pictures: its chest radiographs lie behind the vessels")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    with open(options.data / "manifest.csv", newline="") as file:
        radiographs = [options.data / row["file"] for row in csv.DictReader(file) if row["modality"] == "X-ray" and row["anatomy"] == "chest/lung"]
    rows = []
    for part in ("images", "masks"):
        (options.out / part).mkdir(parents=True, exist_ok=True)
    for i in range(options.count):
        grey, vessels = coronary_pair(draw, radiographs) if draw.random() < 0.7 else cerebral_pair(draw)
        Image.fromarray(grey.copy()).resize((SIDE, SIDE), Image.BICUBIC).save(options.out / "images" / f"{i}.png")
        Image.fromarray((vessels * 255).astype("uint8")).resize((SIDE, SIDE), Image.BICUBIC).point(lambda v: 255 if v > 127 else 0).save(options.out / "masks" / f"{i}.png")
        rows.append(dict(zip(FIELDS, ("vessels", "xa", "heart", "drawn-angiograms", f"images/{i}.png", f"masks/{i}.png", str(i)))))
    with open(options.out / "manifest.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, FIELDS)
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
