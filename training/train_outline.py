"""Trains an outlining network on all pairs, or on all but those of one fold; keeps a running average of its weights.

python3 training/train_outline.py --model outline|vessels --pairs DIR --data DIR --out DIR [--trunk FILE] [--fold K] [--steps N] [--size S]
"""

from __future__ import annotations

import argparse
import copy
import math
import queue
import threading
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from medley_training.outline_augment import OutlineAugment, empty_cut, without_skull
from medley_training.outline_network import Outliner, VesselNet
from medley_training.pairs import TASKS, Pairs, folds_of, read_normals, read_pairs

SIZES = {"outline": 256, "vessels": 512}
# Of distortions: thin vessels do not survive the strongest.
STRENGTH = {"outline": 1.0, "vessels": 0.4}
# Met in any orientation, and cut from volumes (met in quarter turns).
TURNED = {"skin-lesion", "polyp", "fundus", "octa", "microscopy", "xa"}
SLICED = {"brain-mr", "kidney-ct", "liver-ct", "lung-ct", "nasopharynx-mr", "prostate-mr", "brain-ct", "ms-mr", "covid-ct"} | {
    "liver-organ-ct", "lung-organ-ct", "spleen-organ-ct", "heart-organ-mr"
}
# Cut where nothing is to be seen, of these tasks: healthy skin, mucosa, breast.
CUT = {"skin-lesion": 0.05, "polyp": 0.22, "breast-us": 0.12}
# Of a batch: normals of a task and pictures of other things.
NORMAL, OTHER = 0.04, 0.06


def join(*parts: Pairs) -> Pairs:
    every = lambda name: np.concatenate([getattr(part, name) for part in parts])
    return Pairs(every("images"), every("masks"), every("tasks"), every("sources"), every("groups"), [file for part in parts for file in part.files])


def drawing_weights(pairs: Pairs, chosen: np.ndarray, model: str) -> np.ndarray:
    """Tasks by their share, sources of a task evenly but for the square root of their size; normals and others by theirs."""
    weights = np.zeros(len(pairs))
    for task in set(pairs.tasks[chosen]):
        at = chosen & (pairs.tasks == task)
        sources = sorted(set(pairs.sources[at]))
        roots = {source: math.sqrt((at & (pairs.sources == source)).sum()) for source in sources}
        share = TASKS[model].get(task, {}).get("share", 0)
        for source in sources:
            here = at & (pairs.sources == source)
            weights[here] = share * roots[source] / sum(roots.values()) / here.sum()
    normal = chosen & np.array([file.startswith("images/") for file in pairs.files])
    other = normal & np.array([task.startswith("-") for task in pairs.tasks])
    weights[normal & ~other] = NORMAL / max(1, (normal & ~other).sum())
    weights[other] = OTHER / max(1, other.sum())
    return weights / weights.sum()


def loss_of(masks: torch.Tensor, presence: torch.Tensor, truth: torch.Tensor, index: torch.Tensor) -> torch.Tensor:
    """Cross-entropy and Dice of each picture's own task; presence of all tasks, others counting less. `index` −1: a picture of something else."""
    own = index.clamp(min=0)
    logits = masks[torch.arange(len(masks)), own][:, None]
    logits = F.interpolate(logits, size=truth.shape[2:], mode="bilinear", align_corners=False) if logits.shape != truth.shape else logits
    known = (index >= 0).float()
    cross = F.binary_cross_entropy_with_logits(logits, truth, reduction="none").mean((1, 2, 3))
    p = logits.sigmoid()
    both, sums = (p * truth).sum((1, 2, 3)), (p.square() + truth.square()).sum((1, 2, 3))
    there = (truth > 0.5).flatten(1).any(1).float()
    dice = 1 - (2 * both + 1) / (sums + 1)
    outlines = (known * (cross + 0.6 * there * dice)).sum() / known.sum().clamp(min=1)
    found = torch.zeros_like(presence)
    weight = torch.full_like(presence, 0.15)
    rows = torch.arange(len(own))[index >= 0]
    found[rows, own[rows]] = there[rows]
    weight[rows, own[rows]] = 1.0
    said = (F.binary_cross_entropy_with_logits(presence, found, reduction="none") * weight).sum() / len(presence)
    return outlines + 0.25 * said


def drawn(pairs: Pairs, at: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    images, masks = pairs.images[at].copy(), pairs.masks[at].copy()
    for i, task in enumerate(pairs.tasks[at]):
        if rng.random() < CUT.get(task, 0):
            cut = empty_cut(images[i], masks[i], rng)
            if cut is not None:
                images[i], masks[i] = cut, 0
        elif task == "brain-mr" and rng.random() < 0.2:
            images[i] = without_skull(images[i], rng)
    return images, masks


def batches(pairs: Pairs, weights: np.ndarray, options: argparse.Namespace, rng: np.random.Generator):
    """(pictures, masks at half the size or, of vessels, whole, task indices), made ahead by another thread."""
    names = list(TASKS[options.model])
    augment = OutlineAugment(options.size, rng, STRENGTH[options.model])
    ahead: queue.Queue = queue.Queue(4)

    def prepare() -> None:
        while True:
            at = rng.choice(len(pairs), options.batch, p=weights)
            images, masks = drawn(pairs, at, rng)
            tasks = pairs.tasks[at]
            if options.model == "vessels":
                images, masks = patches(images, masks, options.size, rng)
            x, mask = augment.both(images, masks, np.isin(tasks, list(TURNED)), np.isin(tasks, list(SLICED)))
            mask = F.avg_pool2d(mask, 2) if options.model == "outline" else (mask > 0.5).float()
            ahead.put((x, mask, torch.tensor([names.index(task) if task in names else -1 for task in tasks])))

    threading.Thread(target=prepare, daemon=True).start()
    while True:
        yield ahead.get()


def patches(images: np.ndarray, masks: np.ndarray, size: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """One part of each picture, somewhat larger than what is learnt of it, so that turning it leaves no corners."""
    edge = int(size * 1.25)
    tops = rng.integers(0, images.shape[1] - edge, (len(images), 2))
    cut = lambda of: np.stack([one[y : y + edge, x : x + edge] for one, (y, x) in zip(of, tops)])
    return cut(images), cut(masks)


def started(options: argparse.Namespace) -> nn.Module:
    tasks = len(TASKS[options.model])
    if options.model == "vessels":
        network: nn.Module = VesselNet(tasks)
    else:
        network = Outliner(tasks, options.frozen)
        begun = torch.load(options.trunk)
        network.trunk.load_state_dict({name[6:]: value for name, value in begun.items() if name.startswith("trunk.") and name[6:] in network.trunk.state_dict()})
    if options.start:
        states = [torch.load(file) for file in options.start]
        network.load_state_dict({name: torch.stack([state[name].float() for state in states]).mean(0).to(states[0][name].dtype) for name in states[0]})
    return network.to(memory_format=torch.channels_last)


def train(pairs: Pairs, chosen: np.ndarray, options: argparse.Namespace) -> nn.Module:
    rng = np.random.default_rng(options.seed)
    torch.manual_seed(options.seed)
    network = started(options)
    average = copy.deepcopy(network)
    trunk = list(network.trunk.parameters()) if options.model == "outline" else []
    known = {id(p) for p in trunk}
    rest = [p for p in network.parameters() if id(p) not in known]
    optimiser = torch.optim.AdamW([{"params": rest, "lr": options.rate}, {"params": trunk, "lr": options.rate * 0.4}], weight_decay=0.01)
    peaks = [group["lr"] for group in optimiser.param_groups]
    source = batches(pairs, drawing_weights(pairs, chosen, options.model), options, rng)
    begun, losses = time.time(), []
    for step in range(options.steps):
        pace = min(1.0, (step + 1) / 60) * (0.5 + 0.5 * math.cos(math.pi * step / options.steps))
        for group, peak in zip(optimiser.param_groups, peaks):
            group["lr"] = peak * pace
        x, truth, index = next(source)
        network.train()
        masks, presence = network((x * 2 - 1).contiguous(memory_format=torch.channels_last))
        loss = loss_of(masks, presence, truth, index)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimiser.step()
        losses.append(loss.item())
        keep = min(0.995, (1 + step) / (10 + step))
        with torch.no_grad():
            for mean, now in zip(average.state_dict().values(), network.state_dict().values()):
                mean.lerp_(now, 1 - keep) if mean.is_floating_point() else mean.copy_(now)
        if step % 25 == 0 or step == options.steps - 1:
            print(f"step {step} loss {np.mean(losses[-25:]):.3f} {(step + 1) * options.batch / (time.time() - begun):.0f} pictures/s", flush=True)
        if step and step % 100 == 0:
            torch.save(average.state_dict(), options.out / f"{options.name}.pt")
    return average


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", choices=list(TASKS), required=True)
    parser.add_argument("--pairs", type=Path, required=True, help="folder of pictures and masks")
    parser.add_argument("--data", type=Path, required=True, help="folder of labelled pictures, for normals and for other things")
    parser.add_argument("--extra", type=Path, nargs="*", default=[], help="further pairs: drawn angiograms, pictures on which networks agreed")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--trunk", type=Path, help="weights of the recognition network, whose trunk it begins from")
    parser.add_argument("--fold", type=int, default=-1, help="what is left out; −1: nothing")
    parser.add_argument("--steps", type=int, default=900)
    parser.add_argument("--batch", type=int, default=24)
    parser.add_argument("--size", type=int, default=192, help="edge of what is learnt from: pictures, or parts of them (vessels)")
    parser.add_argument("--frozen", type=int, default=4)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--start", type=Path, nargs="*", default=[], help="weights to go on from: their mean")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    options.name = f"{options.model}-{options.fold}" if options.fold >= 0 else f"{options.model}-all"
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    size = SIZES[options.model]
    pairs = read_pairs(options.pairs, options.model, size)
    parts = [pairs]
    parts.extend(read_pairs(folder, options.model, size) for folder in options.extra)
    normals = read_normals(options.data, options.model, size)
    every = join(*parts, normals)
    learnt = lambda part: folds_of(part) != options.fold if options.fold >= 0 else np.ones(len(part), bool)
    chosen = np.concatenate([learnt(pairs), *(learnt(part) for part in parts[1:]), learnt(normals)])
    network = train(every, chosen, options)
    torch.save(network.state_dict(), options.out / f"{options.name}.pt")


if __name__ == "__main__":
    main()
