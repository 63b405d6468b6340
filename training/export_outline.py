"""Weights to public/models/<model>.onnx, card and page: python3 training/export_outline.py --model outline|vessels --weights FILE --figures FILE --pairs DIR [--extra DIR …] --data DIR --sources SOURCES.md --out public/models

16-bit weights as in export.py. Presence and thresholds are those of the left-out sources and patients.
"""

from __future__ import annotations

import argparse
import collections
import csv
import hashlib
import json
from pathlib import Path

import onnx
import torch

from export import OPSET, halved
from medley_training.pairs import LEFT_OUT, TASKS
from medley_training.pairs import task_of as task_named
from medley_training.sources import read_sources
from train_outline import SIZES
from validate_outline import MIRRORED, alarms, network_of

# A task that reaches less on what it never saw is not asked.
LEAST_DICE = 0.4
# One that cannot tell pictures with from pictures without is not asked either.
LEAST_AUROC = 0.8
# Pieces of what is a blob that are smaller than this are specks, whatever did best on a few hundred pictures. Share of the picture.
SPECK = 0.0005
ABOUT = {
    "outline": ("Outlines of tumours, lesions and some organs", "One small network that outlines, in the images that its tasks name, what a specialist would outline, and says how probable it is that there is something to outline."),
    "vessels": ("Outlines of vessels", "A small network that outlines vessels in fundus photographs, OCT angiography and X-ray angiography."),
}  # fmt: skip
ORGAN = "Organs are outlined in training only: they have not sharpened an answer yet."
FROM = {"modality": 0.6, "anatomy": 0.5}


def export(network: torch.nn.Module, size: int, file: Path) -> tuple[int, int]:
    """Writes the graph; columns and rows of its masks."""
    example = torch.zeros(1, 3, size, size)
    torch.onnx.export(
        network.eval(), example, str(file), opset_version=OPSET, input_names=["image"], output_names=["masks", "presence"],
        dynamic_axes={name: {0: "n"} for name in ("image", "masks", "presence")},
    )  # fmt: skip
    onnx.save(halved(onnx.load(str(file))), str(file))
    with torch.no_grad():
        return tuple(reversed(network(example)[0].shape[2:]))


def why_not(about: dict, result: dict, silent: dict[str, str]) -> str | None:
    """Why the product does not ask this task; None where it does."""
    if about["kind"] == "organ":
        return ORGAN
    if about["id"] in silent:
        return silent[about["id"]]
    if result["dice"] is None or not result["images"]:
        return "There were no pictures to measure it on."
    if result["dice"] < LEAST_DICE:
        return f"On sources or patients that it had never seen it reached a Dice of {result['dice']:.2f} only: too little to be believed."
    if result["auroc"] is not None and result["auroc"] < LEAST_AUROC:
        return f"Of {result['images']} pictures with it and {result['negatives']} without it that it had never seen it could not tell which are which."
    if not result["negatives"]:
        return "There were no pictures without it, so nobody knows how often it is wrong."
    return None


def task_of(name: str, index: int, about: dict, result: dict, silent: dict[str, str]) -> dict[str, object]:
    why = why_not({**about, "id": name}, result, silent)
    bias, logit, peak, area = result["presence"]
    false = alarms(result)
    return {
        "id": name,
        "title": about["title"],
        "kind": about["kind"],
        "index": index,
        "examines": why is None,
        **({"why": why} if why else {}),
        "routes": about["routes"],
        "from": FROM,
        "window": about.get("window"),
        "maskFrom": result["maskFrom"],
        "smallest": max(result["smallest"], SPECK) if about["filled"] else result["smallest"],
        "filled": about["filled"],
        "presence": {"bias": round(bias, 5), "logit": round(logit, 5), "peak": round(peak, 5), "area": round(area, 5)},
        "measured": {
            "leftOut": "sources" if name in LEFT_OUT else "patients",
            "dice": None if result["dice"] is None else round(result["dice"], 3),
            "auroc": None if result["auroc"] is None else round(float(result["auroc"]), 3),
            "falseAlarms": None if false is None else round(false, 3),
            "images": result["images"],
            "negatives": result["negatives"],
            "sources": list(result["bySource"]),
        },
    }


def data_of(options: argparse.Namespace) -> list[dict[str, object]]:
    known = read_sources(options.sources)
    count: collections.Counter[str] = collections.Counter()
    for folder in [options.pairs, *options.extra]:
        with open(folder / "manifest.csv", newline="") as file:
            names = set(TASKS[options.model])
            count.update(row["source_id"] for row in csv.DictReader(file) if task_named(row) in names)
    data = []
    for source, images in sorted(count.items()):
        origin, licence = "public pairs of pictures and masks", "unstated, or research only"
        if source.startswith("drawn-"):
            origin, licence = "made by training/draw_angiograms.py", "ours"
        elif source.startswith("agreed-"):
            about = known.get(source.removeprefix("agreed-"), {})
            origin, licence = f"{about.get('original', '')}; masks are what two networks agreed on (training/pseudo_label.py)", about.get("licence", "unstated")
        data.append({"source": source, "original": origin, "licence": licence, "images": images})
    return data


def card_of(options: argparse.Namespace, file: Path, grid: tuple[int, int]) -> dict[str, object]:
    figures = json.loads(options.figures.read_text())
    limits = json.loads((Path(__file__).parent / "outline-limits.json").read_text())
    raw, size = file.read_bytes(), SIZES[options.model]
    title, summary = ABOUT[options.model]
    return {
        "schema": "medley.outline/1",
        "id": options.model,
        "version": options.version,
        "title": title,
        "summary": summary,
        "weights": {"file": file.name, "bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()},
        "input": {"name": "image", "columns": size, "rows": size, "channels": 3, "layout": "NCHW", "scale": 255, "mean": [0.5] * 3, "std": [0.5] * 3},
        "mirrored": MIRRORED[options.model],
        "outputs": {"masks": "masks", "presence": "presence", "columns": grid[0], "rows": grid[1]},
        "tasks": [task_of(name, i, about, figures[name], limits["silent"]) for i, (name, about) in enumerate(TASKS[options.model].items())],
        **({"begunFrom": "the trunk of our recognition network, itself begun from a published SSDLite MobileNetV2 detector (COCO, ImageNet before), Apache-2.0"} if options.model == "outline" else {}),
        "data": data_of(options),
        "how": limits["how"][options.model],
        "limits": limits["limits"][options.model],
        "notice": "Research use only, not a medical device.",
    }


def page_of(card: dict) -> str:
    """The same for people, as Markdown."""
    cell = lambda value: "—" if value is None else value
    lines = [f"# {card['title']}", "", card["summary"], "", f"**{card['notice']}**", ""]
    lines += [f"- Weights: `{card['weights']['file']}`, {card['weights']['bytes'] / 1e6:.2f} MB, SHA-256 `{card['weights']['sha256']}`"]
    lines += [f"- Begun from: {card['begunFrom']}", ""] if "begunFrom" in card else [""]
    lines += ["## How well", "", card["how"], "", "| task | kind | asked | left out | Dice | presence AUROC | false alarms | with | without | sources |", "|---|---|---|---|---|---|---|---|---|---|"]
    for task in card["tasks"]:
        m = task["measured"]
        asked = "yes" if task["examines"] else f"no: {task['why']}"
        lines.append(f"| {task['title']} | {task['kind']} | {asked} | {m['leftOut']} | {cell(m['dice'])} | {cell(m['auroc'])} | {cell(m['falseAlarms'])} | {m['images']} | {m['negatives']} | {', '.join(m['sources'])} |")
    lines += ["", "## Who is shown to it", ""]
    for task in card["tasks"]:
        for route in task["routes"]:
            parts = [f"{name} {' or '.join(route[name])}" for name in ("modality", "anatomy", "sequence", "dimension") if route.get(name)]
            lines.append(f"- {task['title']}: {', '.join(parts)}")
    lines += ["", "## Limits", "", *[f"- {limit}" for limit in card["limits"]], "", "## Data", "", "| source | original | licence as stated | pictures |", "|---|---|---|---|"]
    lines += [f"| {d['source']} | {d['original']} | {d['licence']} | {d['images']} |" for d in card["data"]]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", choices=list(TASKS), required=True)
    for name in ("weights", "figures", "pairs", "data", "sources", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--extra", type=Path, nargs="*", default=[])
    parser.add_argument("--version", default="1.0.0")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    file = options.out / f"{options.model}.onnx"
    grid = export(network_of(options.model, options.weights), SIZES[options.model], file)
    card = card_of(options, file, grid)
    (options.out / f"{options.model}.card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n")
    (options.out / f"{options.model}.md").write_text(page_of(card))
    print(f"{file}: {card['weights']['bytes']} bytes, masks {grid[0]} × {grid[1]}")


if __name__ == "__main__":
    main()
