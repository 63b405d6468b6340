#!/usr/bin/env python3
"""Stored tensors that hold src/core/tensor.ts to its Python twin: `python3 training/make_tensor_fixture.py` writes src/core/tensor.fixture.json.

Pictures are drawn from a seed: smooth, noisy, grey and coloured; shrunk, enlarged and both at once; odd sizes; lines of one pixel.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np

from medley_training.preprocess import tensor

# name, width, height, size, grey
CASES = [
    ("shrunk by a whole factor", 48, 32, 16, True),
    ("shrunk by odd factors", 37, 53, 16, False),
    ("enlarged", 7, 5, 16, False),
    ("shrunk one way, enlarged the other", 45, 6, 16, True),
    ("its own size", 12, 12, 12, False),
    ("one row", 29, 1, 8, False),
    ("one column", 1, 23, 8, True),
    ("one pixel", 1, 1, 4, False),
    ("just above its size", 17, 16, 16, False),
]
MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]


def picture(width: int, height: int, grey: bool, random: np.random.Generator) -> np.ndarray:
    y, x = np.mgrid[0:height, 0:width]
    planes = []
    for _ in range(3):
        a, b, c = random.uniform(0.05, 0.6, 3)
        wave = 0.5 + 0.3 * np.sin(a * x + c * 7) + 0.2 * np.cos(b * y - c)
        planes.append(np.clip(255 * wave + random.normal(0, 20, (height, width)), 0, 255))
    rgb = np.stack([planes[0]] * 3 if grey else planes, 2).astype(np.uint8)
    alpha = random.integers(0, 256, (height, width, 1)).astype(np.uint8)
    return np.concatenate([rgb, alpha], 2)


def main() -> None:
    random = np.random.default_rng(7)
    cases = []
    for name, width, height, size, grey in CASES:
        rgba = picture(width, height, grey, random)
        expected = tensor(rgba, size, MEAN, STD)
        code = lambda array: base64.b64encode(array.tobytes()).decode()  # noqa: E731
        cases.append({"name": name, "width": width, "height": height, "rgba": code(rgba), "size": size, "expected": code(expected.astype("<f4"))})
    fields = lambda case: ",\n".join(f"      {json.dumps(key)}: {json.dumps(value)}" for key, value in case.items())  # noqa: E731
    text = ",\n".join("    {\n%s\n    }" % fields(case) for case in cases)
    target = Path(__file__).resolve().parent.parent / "src/core/tensor.fixture.json"
    target.write_text('{\n  "mean": %s,\n  "std": %s,\n  "cases": [\n%s\n  ]\n}\n' % (json.dumps(MEAN), json.dumps(STD), text))


if __name__ == "__main__":
    main()
