"""Outlines pairs as the card says and writes the masks, to be held against the browser's (npm run bench:outline -- --python DIR).

python3 training/outline_pairs.py --weights FILE --card public/models/<model>.card.json --pairs DIR --out DIR [--limit 50]
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from medley_training.outlining import answers_of, marked
from medley_training.pairs import task_of
from validate_outline import network_of, prepared


def chosen(rows: list[dict[str, str]], limit: int) -> list[dict[str, str]]:
    """Evenly over the rows of each task, as bench/outline.mjs chooses."""
    picked = []
    for task in dict.fromkeys(task_of(row) for row in rows):
        own = [row for row in rows if task_of(row) == task]
        picked += own if len(own) <= limit else [own[i * len(own) // limit] for i in range(limit)]
    return picked


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("weights", "card", "pairs", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=50)
    options = parser.parse_args()
    torch.set_num_threads(2)
    card = json.loads(options.card.read_text())
    tasks = {task["id"]: task for task in card["tasks"]}
    network = network_of(card["id"], options.weights)
    options.out.mkdir(parents=True, exist_ok=True)
    with open(options.pairs / "manifest.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file) if task_of(row) in tasks]
    for row in chosen(rows, options.limit):
        task = tasks[task_of(row)]
        x, (columns, height) = prepared(options.pairs / row["image"], card["input"]["columns"])
        masks, _ = answers_of(network, x, card["mirrored"])
        # Presence is not asked, in bench/outline.mjs neither: masks are what is compared.
        bits = marked(masks[0, task["index"]], columns, height, task["maskFrom"], task["smallest"], task["filled"])
        Image.fromarray((bits * 255).astype(np.uint8)).save(options.out / f"{row['image'].rsplit('.', 1)[0].replace('/', '_')}.png")


if __name__ == "__main__":
    main()
