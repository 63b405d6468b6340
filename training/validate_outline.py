"""Prints what outlining networks find in sources and patients that they never saw, and writes it for the card.

python3 training/validate_outline.py --model outline|vessels --pairs DIR --data DIR --runs DIR [--extra DIR]
Left-out pictures go through the product's own preparation (medley_training/preprocess.py) at their own size. Thresholds and calibration are fitted on the other fold.
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from medley_training.measure import auroc
from medley_training.outline_augment import empty_cut
from medley_training.outline_network import Outliner, VesselNet
from medley_training.outlining import answers_of, cues, dice, logit, stretched, tidied
from medley_training.pairs import FOLDS, TASKS, folds_of, read_normals, read_pairs, task_of
from medley_training.preprocess import tensor
from train_outline import SIZES

# Real angiograms have specks that drawn ones have not. Share of the picture.
SPECKS = 0.0015
CHOICES = [0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6]
# Whether a picture is outlined twice, its mirror image too: of vessels that costs more than it gains.
MIRRORED = {"outline": True, "vessels": False}
# Tasks without normals of their own are measured on parts of their left-out pictures that hold nothing, or on left-out pictures of other tasks.
CUT_OUT = {"skin-lesion", "polyp"}
BORROWED = {"kidney-ct": ("liver-organ-ct", "spleen-organ-ct"), "carotid-us": ("breast-us",)}


def network_of(model: str, file: Path) -> torch.nn.Module:
    network = {"outline": Outliner, "vessels": VesselNet}[model](len(TASKS[model]))
    network.load_state_dict(torch.load(file))
    # Numbers near nothing cost a hundred times as much as others.
    torch.set_flush_denormal(True)
    return network.eval()


def prepared(file: Path, size: int) -> tuple[np.ndarray, tuple[int, int]]:
    picture = np.asarray(Image.open(file).convert("RGB"))
    return tensor(picture, size, (0.5,) * 3, (0.5,) * 3)[None], (picture.shape[1], picture.shape[0])


def pairs_mask(file: Path) -> np.ndarray:
    return np.asarray(Image.open(file).convert("L").resize((256, 256), Image.NEAREST))


def answered(options: argparse.Namespace) -> list[dict]:
    """One record a left-out picture: its task, fold, truth, logits and presence of its task; normals of a task too, by the first fold's network."""
    names = list(TASKS[options.model])
    size = SIZES[options.model]
    rng = np.random.default_rng(5)
    records = []
    networks = {fold: network_of(options.model, options.runs / f"{options.model}-{fold}.pt") for fold in options.folds}
    for folder in [options.pairs, *options.extra]:
        pairs = read_pairs(folder, options.model, 16)
        folds = folds_of(pairs)
        with open(folder / "manifest.csv", newline="") as file:
            rows = [row for row in csv.DictReader(file) if task_of(row) in TASKS[options.model]]
        for row, fold, task in zip(rows, folds, pairs.tasks):
            if fold not in networks:
                continue
            x, _ = prepared(folder / row["image"], size)
            masks, presence = answers_of(networks[fold], x, MIRRORED[options.model])
            truth = np.asarray(Image.open(folder / row["mask"]).convert("L")) > 127
            i = names.index(task)
            records.append({"task": task, "fold": fold, "source": row["source_id"], "truth": truth, "masks": masks[0, i], "presence": float(presence[0, i])})
            nothing = {"fold": fold, "source": row["source_id"], "truth": np.zeros((64, 64), bool)}
            for other, lenders in BORROWED.items():
                if task in lenders:
                    j = names.index(other)
                    records.append({"task": other, **nothing, "masks": masks[0, j], "presence": float(presence[0, j])})
            cut = empty_cut(np.asarray(Image.open(folder / row["image"]).convert("RGB").resize((256, 256))), pairs_mask(folder / row["mask"]), rng) if task in CUT_OUT else None
            if cut is not None:
                x = tensor(cut, size, (0.5,) * 3, (0.5,) * 3)[None]
                masks, presence = answers_of(networks[fold], x, MIRRORED[options.model])
                records.append({"task": task, **nothing, "masks": masks[0, i], "presence": float(presence[0, i])})
    return records + without(networks, options)


def without(networks: dict[int, torch.nn.Module], options: argparse.Namespace) -> list[dict]:
    """Left-out normals of tasks; for vessels, left-out pictures of other kinds, as normals of every task."""
    names, size, records = list(TASKS[options.model]), SIZES[options.model], []
    normals = read_normals(options.data, options.model, 16)
    for file, task, fold, source in zip(normals.files, normals.tasks, folds_of(normals), normals.sources):
        tasks = [task] if task in names else ["fundus", "octa", "xa"] if options.model == "vessels" else []
        if fold not in networks or not tasks:
            continue
        masks, presence = answers_of(networks[fold], prepared(options.data / file, size)[0], MIRRORED[options.model])
        for one in tasks:
            i = names.index(one)
            records.append({"task": one, "fold": fold, "source": source, "truth": np.zeros((64, 64), bool), "masks": masks[0, i], "presence": float(presence[0, i])})
    return records


def dices(records: list[dict], mask_from: float, smallest: float, filled: bool) -> np.ndarray:
    for r in records:
        r.setdefault("large", stretched(r["masks"], r["truth"].shape[1], r["truth"].shape[0]).astype(np.float16))
    return np.array([dice(tidied(r["large"] >= logit(mask_from), smallest, filled), r["truth"]) for r in records])


def fitted(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Logistic regression, both answers counting alike, weights held small and not below 0: bias, then one a column."""
    x_, y_ = torch.tensor(x, dtype=torch.float64), torch.tensor(y, dtype=torch.float64)
    mean, std = x_.mean(0), x_.std(0) + 1e-6
    z = (x_ - mean) / std
    weight = torch.where(y_ > 0, 0.5 / y_.sum().clamp(min=1), 0.5 / (1 - y_).sum().clamp(min=1))
    raw, bias = torch.full((x.shape[1],), 0.3, dtype=torch.float64, requires_grad=True), torch.zeros(1, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([raw, bias], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        w = raw.abs()
        loss = (torch.nn.functional.binary_cross_entropy_with_logits(z @ w + bias, y_, reduction="none") * weight).sum() + 0.01 * w.square().sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    w = raw.detach().abs() / std
    return np.concatenate([[float(bias) - float((w * mean).sum())], w.numpy()])


def threshold(said: np.ndarray, y: np.ndarray, cut: bool) -> float:
    """Where present begins, for 0 to be: one normal in twenty may be taken for it. Cut-outs are no true normals: there one in twenty may be missed instead."""
    return min(0.0, float(np.quantile(said[y > 0], 0.05))) if cut else max(0.0, float(np.quantile(said[y == 0], 0.95)) + 1e-6)


def measured(task: str, records: list[dict], filled: bool) -> dict:
    """Figures of one task: Dice with the threshold that did best, and presence."""
    positive = [r for r in records if r["truth"].any()]
    none = [r for r in records if not r["truth"].any()]
    tried = [(dices(positive, t, 0, False).mean(), t) for t in CHOICES] if positive else [(0, 0.5)]
    mask_from = max(tried)[1]
    smallest = SPECKS if task == "xa" else 0.0
    if positive and filled:
        smallest = max((dices(positive, mask_from, s, filled).mean() + 1e-9 * s, s) for s in (0, 0.001, 0.002, 0.004))[1]
    of = dices(positive, mask_from, smallest, filled)
    by_source = {s: float(np.mean([d for d, r in zip(of, positive) if r["source"] == s])) for s in sorted({r["source"] for r in positive})}
    x = np.array([cues(r["masks"], r["presence"], mask_from) for r in positive + none])
    y = np.array([1.0] * len(positive) + [0.0] * len(none))
    presence, said = np.array([0.0, 1.0, 0.0, 0.0]), None
    if positive and none:
        presence = fitted(x, y)
        said = presence[0] + x @ presence[1:]
        presence[0] -= threshold(said, y, task in CUT_OUT)
        said = presence[0] + x @ presence[1:]
    return {
        "dice": float(np.mean(list(by_source.values()))) if by_source else None,
        "bySource": by_source,
        "maskFrom": mask_from,
        "smallest": smallest,
        "presence": presence.tolist(),
        "auroc": auroc(said, y > 0) if said is not None else None,
        "said": {"positive": said[y > 0].tolist(), "negative": said[y == 0].tolist()} if said is not None else None,
        "images": len(positive),
        "negatives": len(none),
    }


def alarms(result: dict) -> float | None:
    """Share of pictures without it in which it is said to be."""
    return None if result["said"] is None else float((np.array(result["said"]["negative"]) >= 0).mean())


def found(result: dict) -> float | None:
    return None if result["said"] is None else float((np.array(result["said"]["positive"]) >= 0).mean())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", choices=list(TASKS), required=True)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--extra", type=Path, nargs="*", default=[])
    parser.add_argument("--runs", type=Path, required=True)
    parser.add_argument("--folds", type=int, nargs="*", default=list(range(FOLDS)))
    options = parser.parse_args()
    torch.set_num_threads(1)
    records = answered(options)
    results = {}
    for task, about in TASKS[options.model].items():
        own = [r for r in records if r["task"] == task]
        result = measured(task, own, about["filled"])
        results[task] = result
        sources = ", ".join(f"{s} {d:.3f}" for s, d in result["bySource"].items())
        print(f"{task:18s} Dice {result['dice'] or 0:.3f} ({sources}) from {result['maskFrom']} smallest {result['smallest']} AUROC {result['auroc']} false {alarms(result)} found {found(result)} of {result['images']}+{result['negatives']}", flush=True)
    (options.runs / f"{options.model}-figures.json").write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
