"""Trains the recognition network on all sources, or on all but those of one fold, and writes weights and left-out answers.

python3 training/train.py --data DIR [--extra DIR] --trunk DIR --out DIR [--fold K] [--steps N] [--size S] [--seed N]
"""

from __future__ import annotations

import argparse
import math
import queue
import threading
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from medley_training.augment import Augment
from medley_training.classes import QUESTIONS
from medley_training.network import Recogniser
from medley_training.pictures import MODALITIES, SLICED, TURNED, Pictures, drawing_weights, fold_of_sources, read_pictures
from medley_training.trunk import load_published

LOSS_WEIGHT = {"modality": 1.0, "anatomy": 1.0, "plane": 0.4}


def batch_of(pictures: Pictures, at: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(pictures.images[at])).permute(0, 3, 1, 2).float() / 255


def plain(pictures: Pictures, at: np.ndarray, size: int) -> torch.Tensor:
    """Nearly as the product prepares a picture: area where it shrinks, but by way of the stored square."""
    return F.interpolate(batch_of(pictures, at), size=(size, size), mode="area") * 2 - 1


@torch.no_grad()
def answer(network: Recogniser, pictures: Pictures, at: np.ndarray, size: int) -> list[np.ndarray]:
    network.eval()
    outs = [network(plain(pictures, part, size).contiguous(memory_format=torch.channels_last)) for part in np.array_split(at, max(1, len(at) // 64))]
    return [torch.cat(head).numpy() for head in zip(*outs)]


def loss_of(outs: tuple[torch.Tensor, ...], pictures: Pictures, at: np.ndarray) -> torch.Tensor:
    total = torch.zeros(())
    for out, question in zip(outs, QUESTIONS):
        truth = torch.from_numpy(pictures.answers[question][at])
        known = truth >= 0
        if known.any():
            loss = F.cross_entropy(out[known], truth[known], label_smoothing=0.06, reduction="sum")
            total = total + LOSS_WEIGHT[question] * loss / len(at)
    return total


def soup(files: list[Path]) -> dict[str, torch.Tensor]:
    """The mean of networks that began alike (model soup, Wortsman et al. 2022)."""
    states = [torch.load(file) for file in files]
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


def train(pictures: Pictures, chosen: np.ndarray, options: argparse.Namespace) -> Recogniser:
    rng = np.random.default_rng(options.seed)
    torch.manual_seed(options.seed)
    network = Recogniser(frozen=options.frozen)
    load_published(network.trunk, options.trunk)
    if options.start:
        network.load_state_dict(soup(options.start))
    network = network.to(memory_format=torch.channels_last)
    average = Recogniser(frozen=options.frozen)
    average.load_state_dict(network.state_dict())
    heads = list(network.heads.parameters())
    trunk = [p for i, block in enumerate(network.trunk.blocks) if i >= options.frozen for p in block.parameters()] + list(network.trunk.head.parameters())
    optimiser = torch.optim.AdamW([{"params": heads, "lr": options.rate * 3}, {"params": trunk, "lr": options.rate}], weight_decay=0.02)
    peaks = [group["lr"] for group in optimiser.param_groups]
    weights = drawing_weights(pictures, chosen)
    augment = Augment(options.size, rng)
    turned, sliced = (torch.tensor([name in kinds for name in MODALITIES]) for kinds in (TURNED, SLICED))
    begun = time.time()
    ahead: queue.Queue[tuple[np.ndarray, torch.Tensor]] = queue.Queue(4)

    def prepare() -> None:
        for _ in range(options.steps):
            at = rng.choice(len(pictures), options.batch, p=weights)
            kind = torch.from_numpy(pictures.answers["modality"][at])
            ahead.put((at, augment(pictures.images[at], turned[kind], sliced[kind])))

    threading.Thread(target=prepare, daemon=True).start()
    for step in range(options.stop or options.steps):
        pace = min(1.0, (step + 1) / 150) * (0.5 + 0.5 * math.cos(math.pi * step / options.steps))
        for group, peak in zip(optimiser.param_groups, peaks):
            group["lr"] = peak * pace
        at, x = ahead.get()
        network.train()
        loss = loss_of(network((x * 2 - 1).contiguous(memory_format=torch.channels_last)), pictures, at)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimiser.step()
        keep = min(0.998, (1 + step) / (10 + step))
        with torch.no_grad():
            for mean, now in zip(average.parameters(), network.parameters()):
                mean.lerp_(now, 1 - keep)
        if step % 50 == 0 or step == options.steps - 1:
            print(f"step {step} loss {loss.item():.3f} {(step + 1) * options.batch / (time.time() - begun):.0f} pictures/s", flush=True)
        if options.save_every and step and step % options.save_every == 0:
            torch.save(average.state_dict(), options.out / f"{options.name}.pt")
    return average


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--extra", type=Path, nargs="*", default=[])
    parser.add_argument("--trunk", type=Path, required=True, help="folder of the published model.json and its shards")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fold", type=int, default=-1, help="sources of this fold are left out; −1: none")
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--stop", type=int, default=0, help="ends here, at the pace of --steps")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--frozen", type=int, default=4, help="blocks of the trunk that keep their published weights")
    parser.add_argument("--rate", type=float, default=6e-4)
    parser.add_argument("--start", type=Path, nargs="*", default=[], help="weights to go on from: their mean")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--save-every", type=int, default=0)
    options = parser.parse_args()
    options.name = f"fold-{options.fold}" if options.fold >= 0 else "all"
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    pictures = read_pictures([options.data, *options.extra], 160, options.out)
    fold = fold_of_sources(pictures, options.folds)
    folds = np.array([fold[source] for source in pictures.sources])
    chosen = (folds != options.fold) & (pictures.answers["modality"] >= 0)
    network = train(pictures, chosen, options)
    torch.save(network.state_dict(), options.out / f"{options.name}.pt")
    if options.fold >= 0:
        at = np.flatnonzero(folds == options.fold)
        logits = answer(network, pictures, at, options.size)
        np.savez(options.out / f"{options.name}.npz", at=at, **dict(zip(QUESTIONS, logits)))


if __name__ == "__main__":
    main()
