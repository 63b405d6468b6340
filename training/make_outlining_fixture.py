#!/usr/bin/env python3
"""Stored masks that hold src/core/outlining.ts to its Python twin: `python3 training/make_outlining_fixture.py` writes src/core/outlining.fixture.json.

Logits are drawn from a seed: blobs, rings with holes, specks and noise; enlarged, shrunk, and both at once.
"""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

import numpy as np
from scipy import ndimage

from medley_training.outlining import cues, marked

# name, network's columns and rows, picture's columns and rows, mask_from, smallest, filled
CASES = [
    ("enlarged, holes filled", 16, 16, 61, 47, 0.5, 0.002, True),
    ("enlarged, holes left", 16, 16, 61, 47, 0.5, 0.002, False),
    ("small pieces dropped", 16, 16, 50, 50, 0.4, 0.03, True),
    ("shrunk", 48, 48, 21, 17, 0.35, 0.0, False),
    ("shrunk one way, enlarged the other", 24, 16, 13, 70, 0.6, 0.001, True),
    ("its own size", 20, 12, 20, 12, 0.5, 0.01, True),
    ("one row", 16, 16, 40, 1, 0.5, 0.0, False),
    ("one column", 16, 16, 1, 33, 0.5, 0.0, True),
    ("nothing", 16, 16, 30, 30, 0.999, 0.0, True),
    ("everything", 8, 8, 30, 30, 0.001, 0.0, True),
]


def logits(columns: int, rows: int, random: np.random.Generator) -> np.ndarray:
    rough = random.normal(0, 6, (rows, columns))
    return (ndimage.gaussian_filter(rough, 1.2) * 2 + random.normal(0, 0.3, (rows, columns))).astype(np.float32)


def main() -> None:
    random = np.random.default_rng(11)
    cases = []
    for name, across, down, columns, rows, mask_from, smallest, filled in CASES:
        values = logits(across, down, random)
        z = float(random.normal(0, 2))
        cases.append({
            "name": name,
            "grid": {"columns": across, "rows": down},
            "to": {"columns": columns, "rows": rows},
            "maskFrom": mask_from,
            "smallest": smallest,
            "filled": filled,
            "presence": z,
            "logits": base64.b64encode(values.tobytes()).decode(),
            "bits": "".join("#" if bit else "." for bit in marked(values, columns, rows, mask_from, smallest, filled).ravel()),
            "cues": cues(values, z, mask_from).tolist(),
        })
    into = Path(__file__).parents[1] / "src/core/outlining.fixture.json"
    text = json.dumps(cases, indent=2, ensure_ascii=False)
    # Numbers in one line, as the repository's formatter writes them.
    into.write_text(re.sub(r"\[\s+(-?\d[^\]]*?)\s+\]", lambda found: f"[{' '.join(found[1].split())}]", text) + "\n")
    print(f"{into}: {len(cases)} cases")


if __name__ == "__main__":
    main()
