"""PET from anatomy: brains with uptake from MR tissue classes, whole-body projections from drawn organs, radiographs from CT.

After BrainWeb-style phantoms: grey matter takes up about four times what white matter does.
"""
from __future__ import annotations

import random

import numpy as np
from scipy import ndimage

from .drawing import cut, percentile_window, square, windowed
from .reading import Volume
from .scintigrams import blob, counted, shown


def brain_uptake(volume: Volume) -> Volume:
    """FDG-like uptake on a 3 mm grid from a skull-stripped T1 volume."""
    data = volume.data.astype(np.float32)
    inside = data > np.percentile(data[data > 0], 4)
    inside = ndimage.binary_opening(inside, iterations=1)
    low, middle, high = np.percentile(data[inside], [12, 45, 92])
    grey = np.exp(-(((data - middle) / ((high - low) * 0.28)) ** 2))
    uptake = np.where(inside, 0.22 + 0.78 * grey, 0)
    sigma = [1.3 / s * 2 for s in volume.spacing]
    uptake = ndimage.gaussian_filter(uptake, sigma)
    uptake = ndimage.zoom(uptake, [s / 3 for s in volume.spacing], order=1)
    return Volume(uptake, (3.0, 3.0, 3.0))


def brain_slice(uptake: Volume, plane: str, draw: random.Random) -> np.ndarray:
    """One PET slice in a field with air around it, with an uneven cortex and counting noise."""
    values, _ = cut(uptake, plane, draw.uniform(0.25, 0.8))
    rng = np.random.default_rng(draw.randrange(2**31))
    uneven = ndimage.gaussian_filter(rng.normal(size=values.shape), 6)
    values = values * (1 + uneven / max(uneven.std(), 1e-6) * draw.uniform(0, 0.12))
    values = ndimage.gaussian_filter(np.pad(values, draw.choice([2, 8, 16, 24])), draw.uniform(0, 1))
    values = values + draw.uniform(0, 0.02)
    noisy = ndimage.gaussian_filter(counted(values, draw, draw.uniform(15, 200)), draw.uniform(0.4, 0.9))
    maps = ["gray", "gray", "gray", "gray_r", "gray_r", "gray_r", "hot", "jet", "nipy_spectral", "inferno", "gist_heat"]
    return shown(noisy, draw, draw.choice([96, 128, 160, 192]), maps)


def _organs(x: np.ndarray, y: np.ndarray, draw: random.Random) -> np.ndarray:
    """FDG-like projection of an upright body: x in half widths of the field, y from the head (0) down."""
    wide = draw.uniform(0.85, 1.15)
    soft = blob(x, y, (0, 0.32), (0.22 * wide, 0.3), 0, 0.06) + blob(x, y, (0, 1.35), (0.5 * wide, 0.78), 0, 0.07)
    for side in (-1, 1):
        soft += blob(x, y, (side * 0.24 * wide, 2.9), (0.2 * wide, 1.15), side * 0.04, 0.06) + blob(x, y, (side * 0.66 * wide, 1.5), (0.1, 0.85), side * -0.1, 0.08)
    activity = soft * draw.uniform(0.08, 0.18)
    activity += blob(x, y, (0, 0.22), (0.21, 0.22), 0, 0.1) * draw.uniform(0.8, 2.4)
    activity += blob(x, y, (-0.2 * wide, 1.32), (0.27, 0.19), -0.25, 0.12) * draw.uniform(0.2, 0.45)
    activity += blob(x, y, (0.3 * wide, 1.32), (0.1, 0.13), 0.4) * draw.uniform(0.1, 0.35)
    if draw.random() < 0.6:
        wall = blob(x, y, (0.14, 1.02), (0.15, 0.13), 0.5) - 0.7 * blob(x, y, (0.14, 1.02), (0.08, 0.07), 0.5)
        activity += wall * draw.uniform(0.3, 1.8)
    for side in (-1, 1):
        activity += blob(x, y, (side * 0.22 * wide, 1.52), (0.07, 0.14), side * -0.2) * draw.uniform(0.3, 1.3)
        activity += blob(x, y, (side * 0.12, 1.7), (0.02, 0.16), side * 0.2) * draw.choice([0, 0.3])
        activity += blob(x, y, (side * 0.2, 0.45), (0.05, 0.06)) * draw.uniform(0, 0.3)
    activity += blob(x, y, (0, 2.06), (0.11, 0.09), 0, 0.1) * draw.uniform(0.6, 3)
    activity += blob(x, y, (0, 1.35), (0.045, 0.72)) * draw.uniform(0.05, 0.2)
    for _ in range(draw.randint(0, 5)):
        activity += blob(x, y, (draw.uniform(-0.3, 0.3), draw.uniform(1.55, 1.95)), (0.06, 0.04), draw.uniform(0, 3), 0.4) * draw.uniform(0, 0.4)
    for _ in range(draw.choice([0, 0, 2, 8])):
        activity += blob(x, y, (draw.gauss(0, 0.2), draw.uniform(0.5, 2.2)), (draw.uniform(0.02, 0.06),) * 2) * draw.uniform(0.5, 2)
    return activity


def body_projection(draw: random.Random) -> np.ndarray:
    """A whole-body PET maximum projection from the front, inverse grey as a rule."""
    columns, length = draw.choice([96, 128]), draw.choice([2.35, 2.6, 4.1])
    rows = int(columns / 2 * length / 1.1)
    y, x = np.mgrid[0:rows, 0:columns]
    activity = _organs((x - columns / 2) / (columns / 2) * 1.05, y / rows * length, draw)
    rng = np.random.default_rng(draw.randrange(2**31))
    bend = [ndimage.gaussian_filter(rng.normal(size=activity.shape), 9) for _ in range(2)]
    where = [axis + b / np.abs(b).max() * draw.uniform(0, 3.5) for axis, b in zip((y, x), bend)]
    activity = ndimage.map_coordinates(activity, where, order=1, mode="nearest")
    mottle = ndimage.gaussian_filter(rng.normal(size=activity.shape), 1.6)
    activity = activity * (1 + mottle / mottle.std() * draw.uniform(0.05, 0.2))
    noisy = ndimage.gaussian_filter(counted(activity, draw, draw.uniform(100, 500)), draw.uniform(0.4, 0.8))
    return shown(np.clip(noisy * draw.uniform(1.2, 3), 0, 1), draw, 192, ["gray_r", "gray_r", "gray_r", "gray", "hot"])


def _between(mask: np.ndarray) -> np.ndarray:
    """What lies between set pixels both along rows and along columns of each axial slice."""
    spans = [np.maximum.accumulate(mask, axis) & np.flip(np.maximum.accumulate(np.flip(mask, axis), axis), axis) for axis in (0, 1)]
    return spans[0] & spans[1]


def bare_skull(template: Volume) -> Volume:
    """Hounsfield-like values of a bone template in bytes: what is not next to dense bone becomes brain or air."""
    dense = template.data > 200
    dense[:, :, int(dense.shape[2] * 0.78) :] |= template.data[:, :, int(dense.shape[2] * 0.78) :] > 120
    bone = ndimage.binary_dilation(dense, iterations=3)
    parts, _ = ndimage.label(bone)
    bone = parts == np.bincount(parts.ravel())[1:].argmax() + 1
    flat = np.ones((3, 3, 1))
    head = ndimage.binary_dilation(_between(bone & (template.data > 60)), flat, iterations=5)
    head = ndimage.binary_erosion(ndimage.binary_dilation(head, flat, iterations=6), flat, iterations=6, border_value=1)
    values = np.where(head, 20.0, -1000.0)
    return Volume(np.where(bone, np.maximum(values, template.data / 255 * 1500 - 300), values), template.spacing)


def radiograph(volume: Volume, axis: int, draw: random.Random, water: float = -1000) -> np.ndarray:
    """A projection of Hounsfield values (air = `water`) along axis 0 (lateral) or 1 (frontal), as a film shows it."""
    data = volume.data
    for axes in ((0, 1), (1, 2)):
        data = ndimage.rotate(data, draw.uniform(-9, 9), axes=axes, order=1, reshape=False, mode="nearest")
    thick = np.clip(data - water, 0, 2600) / 1000
    thick = thick + draw.uniform(0.3, 2.5) * np.clip(thick - 1.15, 0, None)
    view = thick.sum(axis).T[::-1, ::-1] * volume.spacing[axis] * 0.019
    film = 1 - np.exp(-view * draw.uniform(0.12, 0.3))
    film = film + np.random.default_rng(draw.randrange(2**31)).normal(0, draw.uniform(0, 0.006), film.shape)
    low, high = percentile_window(film, draw.uniform(0, 4), draw.uniform(98, 100))
    return square(windowed(film, low, high), (volume.spacing[2], volume.spacing[1 - axis]))
