"""Synthetic planar scintigrams and heart SPECT: organ shapes, collimator blur, counting noise, hot or inverse colours.

Bone scans are bent copies of one open whole-body scan. Shapes and uptake are by eye, not by kinetics.
"""
from __future__ import annotations

import random

import numpy as np
from matplotlib import colormaps
from PIL import Image
from scipy import ndimage

COLOURS = ["gray", "gray", "gray", "gray_r", "gray_r", "hot", "inferno", "gist_heat", "jet", "nipy_spectral", "gnuplot2"]


def _rng(draw: random.Random) -> np.random.Generator:
    return np.random.default_rng(draw.randrange(2**31))


def _grid(rows: int, columns: int) -> tuple[np.ndarray, np.ndarray]:
    """x and y in units of the half width, y down, origin in the middle."""
    y, x = np.mgrid[0:rows, 0:columns]
    return (x - columns / 2 + 0.5) / (columns / 2), (y - rows / 2 + 0.5) / (columns / 2)


def blob(x: np.ndarray, y: np.ndarray, place: tuple[float, float], size: tuple[float, float], turn: float = 0.0, edge: float = 0.15) -> np.ndarray:
    """A soft ellipse in 0…1."""
    c, s = np.cos(turn), np.sin(turn)
    u, v = (x - place[0]) * c + (y - place[1]) * s, -(x - place[0]) * s + (y - place[1]) * c
    return 1 / (1 + np.exp((np.hypot(u / size[0], v / size[1]) - 1) / edge))


def counted(activity: np.ndarray, draw: random.Random, counts: float) -> np.ndarray:
    """Poisson counts with `counts` expected at the hottest pixel, in 0…1."""
    top = max(float(activity.max()), 1e-6)
    return _rng(draw).poisson(np.clip(activity, 0, None) / top * counts) / counts


def shown(unit: np.ndarray, draw: random.Random, longest: int = 192, colours: list[str] | None = None) -> np.ndarray:
    """Window, zoom (blocky or smooth) and colour map: grey bytes for grey maps, else RGB."""
    top = np.percentile(unit, draw.uniform(98.5, 99.95))
    unit = np.clip(unit / max(float(top), 1e-6), 0, 1) ** draw.choice([1, 1, 0.7, 0.5])
    scale = longest / max(unit.shape)
    image = Image.fromarray((unit * 255).astype(np.uint8))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    image = image.resize(size, draw.choice([Image.Resampling.BICUBIC, Image.Resampling.BILINEAR, Image.Resampling.NEAREST]))
    name = draw.choice(colours or COLOURS)
    grey = np.asarray(image)
    if name == "gray":
        return grey
    return 255 - grey if name == "gray_r" else (colormaps[name](grey)[..., :3] * 255).astype(np.uint8)


def thyroid(draw: random.Random) -> np.ndarray:
    """Two lobes, now and then a hot or cold nodule, faint salivary glands."""
    size = draw.choice([64, 128])
    x, y = _grid(size, size)
    zoom, activity = draw.uniform(0.55, 1.3), np.full((size, size), 0.03)
    for side in (-1, 1):
        lobe = blob(x, y, (side * 0.22 * zoom, draw.uniform(-0.05, 0.05)), (0.13 * zoom * draw.uniform(0.8, 1.2), 0.36 * zoom * draw.uniform(0.8, 1.15)), side * draw.uniform(0.1, 0.35))
        activity += lobe * draw.uniform(0.7, 1)
    activity += blob(x, y, (0, 0.16 * zoom), (0.16 * zoom, 0.07 * zoom)) * draw.uniform(0.1, 0.5)
    if draw.random() < 0.4:
        place = (draw.choice([-0.22, 0.22]) * zoom, draw.uniform(-0.15, 0.15))
        nodule = blob(x, y, place, (0.09 * zoom, 0.1 * zoom))
        activity = activity + nodule * 1.2 if draw.random() < 0.5 else activity * (1 - 0.8 * nodule)
    if draw.random() < 0.5:
        for side in (-1, 1):
            activity += blob(x, y, (side * 0.45, -0.8), (0.12, 0.1)) * draw.uniform(0.05, 0.4)
    activity = ndimage.gaussian_filter(activity, size * draw.uniform(0.012, 0.03))
    return shown(counted(activity, draw, draw.uniform(12, 120)), draw, draw.choice([96, 128, 192]))


def kidneys(draw: random.Random) -> np.ndarray:
    """Both kidneys from behind; early blood pool and liver or late pelvis and bladder."""
    size = draw.choice([64, 128])
    x, y = _grid(size, size)
    activity = np.full((size, size), draw.uniform(0.03, 0.12)) * blob(x, y, (0, 0), (0.9, 1.4), 0, 0.1)
    late = draw.random() < 0.4
    for side in (-1, 1):
        strength, place, zoom = draw.uniform(0.35, 1), (side * draw.uniform(0.35, 0.45), draw.uniform(-0.2, 0.1)), draw.uniform(0.85, 1.15)
        kidney = blob(x, y, place, (0.17 * zoom, 0.3 * zoom), -side * draw.uniform(0.1, 0.35), 0.12)
        hilum = blob(x, y, (place[0] - side * 0.13, place[1] + 0.02), (0.09, 0.13))
        activity += kidney * strength * (1 - draw.uniform(0.3, 0.8) * hilum)
        if late:
            activity += blob(x, y, (place[0] - side * 0.08, place[1] + 0.04), (0.07, 0.12)) * draw.uniform(0.2, 1.2)
    if late:
        activity += blob(x, y, (0, 0.85), (0.2, 0.15)) * draw.uniform(0.3, 1.6)
    else:
        activity += blob(x, y, (0.5, -0.6), (0.4, 0.3)) * draw.uniform(0, 0.3) + blob(x, y, (-0.45, -0.55), (0.18, 0.22)) * draw.uniform(0, 0.3)
        activity += blob(x, y, (0, -1), (0.3, 0.3)) * draw.uniform(0, 0.4)
    activity = ndimage.gaussian_filter(activity, size * draw.uniform(0.014, 0.03))
    return shown(counted(activity, draw, draw.uniform(10, 150)), draw, draw.choice([96, 128, 192]))


def lungs(draw: random.Random) -> np.ndarray:
    """Perfusion: two lungs with wedge defects."""
    size = draw.choice([64, 128])
    x, y = _grid(size, size)
    activity = np.zeros((size, size))
    for side in (-1, 1):
        lung = blob(x, y, (side * 0.4, 0.05), (0.3 * draw.uniform(0.9, 1.1), 0.68), side * 0.12, 0.06) * (0.7 + 0.3 * (y + 0.7))
        activity += lung * draw.uniform(0.8, 1) * (1 / (1 + np.exp((y - 0.55 - 0.15 * np.abs(x)) / 0.04)))
    activity *= 1 - 0.85 * blob(x, y, (0.12, 0.3), (0.24, 0.3))
    for _ in range(draw.choice([0, 0, 2, 4])):
        activity *= 1 - draw.uniform(0.5, 0.95) * blob(x, y, (draw.choice([-1, 1]) * draw.uniform(0.3, 0.65), draw.uniform(-0.5, 0.6)), (draw.uniform(0.08, 0.16), draw.uniform(0.1, 0.2)))
    activity = ndimage.gaussian_filter(activity + 0.02, size * draw.uniform(0.012, 0.025))
    return shown(counted(activity, draw, draw.uniform(12, 90)), draw, draw.choice([96, 128, 192]))


def _heart_cut(draw: random.Random, size: int, kind: str, defect: tuple[float, float]) -> np.ndarray:
    x, y = _grid(size, size)
    radius, angle = np.hypot(x, y * draw.uniform(0.9, 1.1)), np.arctan2(y, x)
    weak = 1 - defect[1] * np.exp(-((np.angle(np.exp(1j * (angle - defect[0]))) / 0.6) ** 2))
    if kind == "short":
        wall = np.exp(-(((radius - 0.42) / 0.13) ** 2)) * weak
    else:
        v = y + 0.1
        tube = np.exp(-(((np.abs(x) - 0.4) / 0.13) ** 2)) * (v > 0) / (1 + np.exp((v - 0.7) / 0.06))
        wall = (np.where(v <= 0, np.exp(-(((np.hypot(x, v) - 0.4) / 0.13) ** 2)), 0) + tube) * weak
        if kind == "side":
            wall = wall.T[:, ::-1]
    return wall + draw.uniform(0.03, 0.15) + blob(x, y, (draw.uniform(-0.9, 0.9), 0.95), (0.3, 0.25)) * draw.uniform(0, 0.5)


def heart(draw: random.Random) -> np.ndarray:
    """Myocardial perfusion: one cut or rows of cuts through the left ventricle."""
    size, defect = 40, (draw.uniform(-3, 3), draw.choice([0, 0, 0.4, 0.8]))
    kinds = ["short", "side", "long"]
    rows, columns = draw.choice([(1, 1), (1, 1), (2, 4), (4, 6), (3, 5)])
    strips = []
    for row in range(rows):
        kind = kinds[row % 3] if rows > 1 else draw.choice(kinds)
        cuts = [ndimage.gaussian_filter(_heart_cut(draw, size, kind, defect), draw.uniform(1, 1.8)) for _ in range(columns)]
        strips.append(np.hstack([counted(c, draw, 60) for c in cuts]))
    activity = ndimage.gaussian_filter(np.vstack(strips), draw.uniform(0.3, 1))
    return shown(activity, draw, draw.choice([96, 128, 192]), ["gray", "gray_r", "hot", "inferno", "jet", "nipy_spectral", "gist_heat", "gnuplot2"])


def bone_scan(scan: np.ndarray, draw: random.Random, part: bool) -> np.ndarray:
    """A bent, re-counted copy of a whole-body bone scan (rows, columns), alone or beside another; `part`: not all of it."""
    rng, unit = _rng(draw), scan / scan.max()
    rows, columns = unit.shape
    views = []
    for _ in range(draw.choice([1, 2, 2])):
        y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
        bend_y = ndimage.gaussian_filter(rng.normal(size=unit.shape), (60, 40), mode="nearest")
        bend_x = ndimage.gaussian_filter(rng.normal(size=unit.shape), (60, 20), mode="nearest")
        y += bend_y / np.abs(bend_y).max() * draw.uniform(0, 14)
        x = (x - columns / 2) / draw.uniform(0.85, 1.2) + columns / 2 + bend_x / np.abs(bend_x).max() * draw.uniform(0, 6)
        view = ndimage.map_coordinates(unit, [y, x], order=1, mode="constant")
        for _ in range(draw.choice([0, 0, 1, 5])):
            row, column = rng.integers(rows // 12, rows // 2), rng.integers(columns // 3, 2 * columns // 3)
            spot = np.exp(-(((y - row) / 7) ** 2) - ((x - column) / 5) ** 2)
            view = view + spot * draw.uniform(0.3, 0.9) * (ndimage.gaussian_filter(view, 6) > 0.03)
        views.append(view[:, ::-1] if draw.random() < 0.5 else view)
    body = np.hstack(views)
    if part:
        top = draw.randint(0, rows // 2)
        body = body[top : top + rows // draw.choice([2, 3])]
    factor = draw.choice([2, 4])
    body = body[: body.shape[0] // factor * factor, : body.shape[1] // factor * factor]
    body = body.reshape(body.shape[0] // factor, factor, -1, factor).mean((1, 3))
    return shown(counted(body, draw, draw.uniform(25, 250)), draw, 192, ["gray", "gray", "gray_r", "gray_r", "gray_r", "hot", "inferno"])
