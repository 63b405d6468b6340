"""One command for an outlining network, from pairs to public/models: `python3 training/outline.py --model outline|vessels --pairs DIR --data DIR --work DIR [--trunk FILE]`.

Trains both folds, measures what they find in what they never saw, outlines further pictures on which they agree, trains on everything, exports.
About 80 minutes (outline) and 40 minutes (vessels) on two cores. Every step is skipped whose result lies in --work already.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from medley_training.pairs import FOLDS

HERE = Path(__file__).parent
# Of each fold, one after the other: pictures are small at first.
LEGS = {
    "outline": [("--steps", 1000, "--size", 192, "--batch", 24, "--rate", 1.5e-3, "--seed", 1), ("--steps", 700, "--size", 256, "--batch", 16, "--rate", 1e-3, "--seed", 2)],
    "vessels": [("--steps", 800, "--size", 128, "--batch", 16, "--rate", 3e-3, "--seed", 1)],
}
# Of the final training; the pictures that the folds agreed on are in the first only: for vessels they are coarser than what people drew.
LAST = {
    "outline": [("--steps", 1900, "--size", 256, "--batch", 16, "--rate", 1e-3, "--seed", 3)],
    "vessels": [("--steps", 2300, "--size", 128, "--batch", 16, "--rate", 2e-3, "--seed", 3), ("--steps", 2200, "--size", 160, "--batch", 16, "--rate", 2e-3, "--seed", 7)],
}


def run(script: str, *arguments: object) -> None:
    subprocess.run([sys.executable, "-W", "ignore", str(HERE / script), *map(str, arguments)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", choices=list(LEGS), required=True)
    parser.add_argument("--pairs", type=Path, required=True, help="folder of pictures and masks with manifest.csv")
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled set: manifest.csv, images/, SOURCES.md")
    parser.add_argument("--work", type=Path, required=True, help="where everything in between is kept")
    parser.add_argument("--trunk", type=Path, help="outline: weights of the recognition network (the last leg of recognise.py)")
    parser.add_argument("--out", type=Path, default=HERE.parent / "public/models")
    options = parser.parse_args()
    if options.model == "outline" and options.trunk is None:
        parser.error("--trunk is needed for outline")
    which, runs, agreed, drawn = ("--model", options.model), options.work / "runs", options.work / f"agreed-{options.model}", options.work / "angiograms"
    common = (*which, "--pairs", options.pairs, "--data", options.data)
    train = (*common, *(("--trunk", options.trunk) if options.trunk else ()))
    extra = [drawn] if options.model == "vessels" else []
    if extra and not (drawn / "manifest.csv").exists():
        run("draw_angiograms.py", "--data", options.data, "--out", drawn)
    more = ("--extra", *extra) if extra else ()
    for fold in range(FOLDS):
        start: list[Path] = []
        for number, leg in enumerate(LEGS[options.model], 1):
            out = runs if number == len(LEGS[options.model]) else options.work / f"leg-{number}"
            file = out / f"{options.model}-{fold}.pt"
            if not file.exists():
                run("train_outline.py", *train, *more, "--out", out, "--fold", fold, *leg, *(("--start", *start) if start else ()))
            start = [file]
    folds = [runs / f"{options.model}-{fold}.pt" for fold in range(FOLDS)]
    figures = runs / f"{options.model}-figures.json"
    if not figures.exists():
        run("validate_outline.py", *common, *more, "--runs", runs)
    if not (agreed / "manifest.csv").exists():
        run("pseudo_label.py", *which, "--data", options.data, "--runs", *folds, "--out", agreed)
    # Networks that began alike may be averaged; those of the vessels began from nothing, each by itself.
    start = folds if options.model == "outline" else folds[-1:]
    for number, leg in enumerate(LAST[options.model], 1):
        last = options.work / f"last-{number}" / f"{options.model}-all.pt"
        seen = [*extra, agreed] if number == 1 else extra
        if not last.exists():
            run("train_outline.py", *train, "--extra", *seen, "--out", last.parent, *leg, "--start", *start)
        start = [last]
    run("export_outline.py", *common, "--extra", *extra, agreed, "--weights", start[0], "--figures", figures, "--sources", options.data / "SOURCES.md", "--out", options.out)


if __name__ == "__main__":
    main()
