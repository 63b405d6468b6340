"""From logits to marked pixels and presence: the twin of src/core/outlining.ts. Change both."""

from __future__ import annotations

import numpy as np
import torch
from scipy import ndimage
from torch.nn import functional as F

EIGHT = np.ones((3, 3), bool)


def logit(p: float) -> float:
    return float(np.log(p / (1 - p)))


@torch.no_grad()
def answers_of(network: torch.nn.Module, x: np.ndarray, mirrored: bool) -> tuple[np.ndarray, np.ndarray]:
    """`[N,3,S,S]` → mask logits `[N,T,h,w]`, presence logits `[N,T]`: the mean of the picture's and its mirror image's."""
    network.eval()
    straight = torch.from_numpy(x)
    masks, presence = network(straight)
    if mirrored:
        other, said = network(torch.flip(straight, [3]))
        masks, presence = (masks + torch.flip(other, [3])) / 2, (presence + said) / 2
    return masks.numpy(), presence.numpy()


def cues(masks: np.ndarray, presence: float, mask_from: float) -> np.ndarray:
    """Of one task's logits `[h,w]`: presence logit, largest mask logit, logarithm of the share of marked pixels."""
    share = float((masks >= logit(mask_from)).mean())
    return np.array([presence, float(masks.max()), float(np.log(share + 1e-4))])


def stretched(masks: np.ndarray, columns: int, rows: int) -> np.ndarray:
    """`[h,w]` logits → `[rows,columns]`, bilinearly."""
    return F.interpolate(torch.from_numpy(masks)[None, None].float(), size=(rows, columns), mode="bilinear", align_corners=False)[0, 0].numpy()


def tidied(bits: np.ndarray, smallest: float, filled: bool) -> np.ndarray:
    """Small pieces dropped, holes filled."""
    if smallest > 0 and bits.any():
        pieces, _ = ndimage.label(bits, EIGHT)
        keep = np.bincount(pieces.ravel()) >= smallest * bits.size
        keep[0] = False
        bits = keep[pieces]
    return ndimage.binary_fill_holes(bits) if filled else bits


def marked(masks: np.ndarray, columns: int, rows: int, mask_from: float, smallest: float, filled: bool) -> np.ndarray:
    """`[h,w]` logits → booleans `[rows,columns]`."""
    return tidied(stretched(masks, columns, rows) >= logit(mask_from), smallest, filled)


def dice(a: np.ndarray, b: np.ndarray) -> float:
    both = a.sum() + b.sum()
    return 1.0 if both == 0 else float(2 * (a & b).sum() / both)
