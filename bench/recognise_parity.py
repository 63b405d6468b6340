#!/usr/bin/env python3
"""Whether the shipped weights say in the browser what they say in Python: the same pictures, each with its own preprocessing and runtime.

usage: npm run bench:parity -- --data DIR [--count 2000] [--gpu 50] [--seed 1] [--models DIR] [--json FILE] [--list]

Python: training/medley_training/preprocess.py and the .onnx file itself, run node by node with torch (the graph has ten kinds of nodes).
Browser: core/tensor.ts and src/onnx in headless Chromium on WASM, and for the first --gpu pictures on WebGPU's software adapter.
Both get the same decoded RGB bytes. DIR is a labelled set as recognise_pictures.py draws from; its labels are not used.
Prints, for each head, the share of equal first answers, the largest difference of a raw output, and (--list) the pictures that differ.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from recognise_pictures import draw, pixels_of
from torch.nn import functional

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "training"))
from medley_training.preprocess import tensor  # noqa: E402


class Network:
    """An .onnx file, run node by node: what MobileNets are made of, and nothing else."""

    def __init__(self, file: Path):
        model = onnx.load(str(file))
        self.nodes = list(model.graph.node)
        self.outputs = [one.name for one in model.graph.output]
        self.known = {one.name: torch.from_numpy(numpy_helper.to_array(one).copy()) for one in model.graph.initializer}

    def __call__(self, batch: np.ndarray) -> dict[str, np.ndarray]:
        values = dict(self.known)
        values["image"] = torch.from_numpy(batch)
        with torch.no_grad():
            for node in self.nodes:
                values[node.output[0]] = run(node, [values[name] if name else None for name in node.input])
        return {name: values[name].numpy() for name in self.outputs}


def run(node: onnx.NodeProto, x: list[torch.Tensor | None]) -> torch.Tensor:
    given = {one.name: onnx.helper.get_attribute_value(one) for one in node.attribute}
    if node.op_type == "Constant":
        return torch.from_numpy(numpy_helper.to_array(given["value"]).copy())
    if node.op_type == "Cast":
        return x[0].float()
    if node.op_type == "Conv":
        top, left, bottom, right = given.get("pads", (0, 0, 0, 0))
        padded = functional.pad(x[0], (left, right, top, bottom))
        bias = x[2] if len(x) > 2 else None
        return functional.conv2d(padded, x[1], bias, stride=given["strides"], dilation=given["dilations"], groups=given["group"])
    if node.op_type == "Gemm":
        assert given.get("transB", 0) == 1 and not given.get("transA", 0)
        return functional.linear(x[0], x[1], x[2])
    simple = {
        "Relu": lambda: x[0].relu(),
        "Clip": lambda: x[0].clip(None if x[1] is None else float(x[1]), None if x[2] is None else float(x[2])),
        "Add": lambda: x[0] + x[1],
        "Mul": lambda: x[0] * x[1],
        "Sigmoid": lambda: x[0].sigmoid(),
        "HardSwish": lambda: functional.hardswish(x[0]),
        "HardSigmoid": lambda: (x[0] * given.get("alpha", 0.2) + given.get("beta", 0.5)).clip(0, 1),
        "GlobalAveragePool": lambda: x[0].mean((2, 3), keepdim=True),
        "Flatten": lambda: x[0].flatten(given.get("axis", 1)),
    }
    return simple[node.op_type]()


def main() -> None:
    options = parse()
    card = json.loads((options.models / "recognise.card.json").read_text())
    drawn = draw(options.data, options.count, options.seed)
    pictures = [colour(pixels_of(one.file)) for one in drawn]
    ours = in_python(options.models / card["weights"]["file"], card, pictures)
    figures = {"pictures": len(pictures), "sha256": card["weights"]["sha256"]}
    with tempfile.TemporaryDirectory(prefix="medley-parity-") as folder:
        pack(pictures, Path(folder))
        for provider, count in (("wasm", len(pictures)), ("webgpu", min(options.gpu, len(pictures)))):
            if not count:
                continue
            theirs = in_browser(Path(folder), provider, count, options.models)
            names = [f"{one.source}/{one.file.name}" for one in drawn[:count]]
            figures[provider] = compare(card, {k: v[:count] for k, v in ours.items()}, theirs, names if options.list else [])
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n")


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--gpu", type=int, default=50, help="pictures on the software adapter, about a second each; 0: none")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--models", type=Path, default=ROOT / "public/models")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--list", action="store_true")
    return parser.parse_args()


def colour(picture: np.ndarray) -> np.ndarray:
    return picture if picture.ndim == 3 else np.repeat(picture[:, :, None], 3, axis=2)


def in_python(weights: Path, card: dict, pictures: list[np.ndarray]) -> dict[str, np.ndarray]:
    network, takes = Network(weights), card["input"]
    assert takes["columns"] == takes["rows"] and takes["layout"] == "NCHW"
    answers: dict[str, list[np.ndarray]] = {name: [] for name in network.outputs}
    for at in range(0, len(pictures), 16):
        batch = [tensor(one, takes["columns"], takes["mean"], takes["std"], takes["scale"], takes["channels"]) for one in pictures[at : at + 16]]
        for name, values in network(np.stack(batch)).items():
            answers[name].append(values)
    return {name: np.concatenate(values) for name, values in answers.items()}


def pack(pictures: list[np.ndarray], folder: Path) -> None:
    index, at = [], 0
    with open(folder / "pictures.bin", "wb") as file:
        for one in pictures:
            index.append({"columns": one.shape[1], "rows": one.shape[0], "at": at})
            at += file.write(np.ascontiguousarray(one).tobytes())
    (folder / "index.json").write_text(json.dumps(index))


def in_browser(folder: Path, provider: str, count: int, models: Path) -> dict:
    out = folder / f"{provider}.json"
    command = ["node", str(ROOT / "bench/recognise-logits.mjs"), "--pack", str(folder), "--out", str(out), "--provider", provider]
    subprocess.run([*command, "--count", str(count), "--models", str(models)], check=True)
    return json.loads(out.read_text())


def compare(card: dict, ours: dict[str, np.ndarray], theirs: dict, names: list[str]) -> dict:
    print(f"\n{theirs['provider']}: {len(theirs['outputs'])} pictures, {1000 * theirs['seconds'] / len(theirs['outputs']):.1f} ms each; weights {theirs['sha256'][:12]}")
    figures = {"provider": theirs["provider"], "pictures": len(theirs["outputs"])}
    for output in card["outputs"]:
        name = output["name"]
        there = np.array([one[name] for one in theirs["outputs"]])
        same = there.argmax(1) == ours[name].argmax(1)
        largest = float(np.abs(there - ours[name]).max())
        print(f"{name:10} equal first answers {same.sum()} of {len(same)} ({same.mean():.2%}), largest difference of an output {largest:.2e} (outputs up to {np.abs(ours[name]).max():.1f})")
        figures[name] = {"equal": int(same.sum()), "of": len(same), "largestDifference": largest}
        for i in np.flatnonzero(~same):
            if names:
                print(f"  {names[i]}: {output['classes'][ours[name][i].argmax()]['label']} in Python, {output['classes'][there[i].argmax()]['label']} there")
    return figures


if __name__ == "__main__":
    main()
