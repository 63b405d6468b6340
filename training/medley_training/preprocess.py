"""A picture to the numbers that the network takes: the twin of src/core/tensor.ts, held to it by stored tensors.

The two must agree to 1e-3: change both, then run training/make_tensor_fixture.py and the tests of src/core.
"""

from __future__ import annotations

import numpy as np

LUMA = np.array([0.299, 0.587, 0.114])
LONGEST = 1024


def taps(source: int, target: int) -> np.ndarray:
    """`[target, source]` weights of one axis: exact area averaging where it shrinks, linear with centres at half pixels where it grows."""
    ratio = source / target
    index = np.arange(target)
    if ratio > 1:
        edges = np.arange(source)
        low, high = index[:, None] * ratio, np.minimum(source, (index[:, None] + 1) * ratio)
        overlap = np.clip(np.minimum(high, edges + 1) - np.maximum(low, edges), 0, None)
        return overlap / (high - low)
    at = np.clip((index + 0.5) * ratio - 0.5, 0, source - 1)
    first = np.minimum(np.floor(at).astype(int), max(0, source - 2))
    weights = np.zeros((target, source))
    weights[index, first] += 1 - (at - first)
    weights[index, np.minimum(first + 1, source - 1)] += at - first
    return weights


def resample(picture: np.ndarray, columns: int, rows: int) -> np.ndarray:
    """`[h, w, c]` bytes → `[rows, columns, c]` floats 0…255, not rounded; the aspect is not kept."""
    height, width = picture.shape[:2]
    narrow = np.einsum("xw,hwc->hxc", taps(width, columns), picture.astype(np.float64), optimize=True)
    return np.einsum("yh,hxc->yxc", taps(height, rows), narrow, optimize=True)


def tensor(picture: np.ndarray, size: int, mean=(0.0, 0.0, 0.0), std=(1.0, 1.0, 1.0), scale: float = 255.0, channels: int = 3) -> np.ndarray:
    """`[h, w, 3 or 4]` bytes (alpha ignored) → `[channels, size, size]` float32."""
    values = resample(picture[:, :, :3], size, size)
    if channels == 1:
        values = (values @ LUMA)[:, :, None]
    values = (values / scale - np.asarray(mean)[:channels]) / np.asarray(std)[:channels]
    return values.transpose(2, 0, 1).astype(np.float32)


def squared(picture: np.ndarray, dx: float, dy: float) -> np.ndarray:
    """True to millimetres: the axis with the wider pixels is stretched by the nearest pixel until they are square; at most 1,024 long."""
    ratio = dx / dy
    if not np.isfinite(ratio) or ratio <= 0 or abs(ratio - 1) < 0.01:
        return picture
    height, width = picture.shape[:2]
    wide = max(width, min(LONGEST, int(np.floor(width * ratio + 0.5)))) if ratio > 1 else width
    high = max(height, min(LONGEST, int(np.floor(height / ratio + 0.5)))) if ratio < 1 else height
    rows = np.floor((np.arange(high) + 0.5) * height / high).astype(int)
    columns = np.floor((np.arange(wide) + 0.5) * width / wide).astype(int)
    return picture[rows][:, columns]
