"""Augmentation of pictures together with their masks: the distortions of augment.py, moved alike; cut-outs without anything; heads without skulls."""

from __future__ import annotations

import numpy as np
import torch
from scipy import ndimage
from torch.nn import functional as F

from .augment import Augment


class OutlineAugment(Augment):
    def both(self, images: np.ndarray, masks: np.ndarray, turn: np.ndarray, slices: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
        """uint8 `[N,H,W,3]`, `[N,H,W]` → floats 0…1 `[N,3,S,S]`, `[N,1,S,S]`."""
        x = self._tones(images)
        theta = self._moves(torch.from_numpy(turn), torch.from_numpy(slices))
        x = self._moved(x, theta)
        grid = F.affine_grid(theta, [len(x), 1, self.size, self.size], align_corners=False)
        mask = F.grid_sample(torch.from_numpy(masks)[:, None].float() / 255, grid, align_corners=False)
        return self._marks(self._noise(self._resolution(x))), mask


def empty_cut(image: np.ndarray, mask: np.ndarray, rng: np.random.Generator) -> np.ndarray | None:
    """A part of the picture that holds nothing of the mask, enlarged to its size; None where five throws find none."""
    side = len(mask)
    for _ in range(5):
        edge = int(rng.uniform(0.3, 0.6) * side)
        top, left = rng.integers(0, side - edge, 2)
        if not mask[top : top + edge, left : left + edge].any():
            part = torch.from_numpy(image[top : top + edge, left : left + edge]).permute(2, 0, 1)[None].float()
            return F.interpolate(part, size=(side, side), mode="bilinear", align_corners=False)[0].permute(1, 2, 0).byte().numpy()
    return None


def without_skull(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A head as tools for brains leave it: black outside of the brain, roughly."""
    grey = image[..., 0]
    head = ndimage.binary_fill_holes(ndimage.binary_opening(grey > 25, iterations=2))
    inner = ndimage.binary_erosion(head, iterations=int(rng.integers(8, 22)))
    if inner.sum() < 0.1 * inner.size:
        return image
    return image * inner[..., None].astype(np.uint8)
