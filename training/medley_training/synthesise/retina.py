"""Synthetic OCT B-scans: layers, foveal pit, drusen, fluid, vessel shadows, speckle.

Layer order and reflectivity after Staurenghi et al., Ophthalmology 2014 (IN-OCT lexicon); not a simulation of optics.
"""
from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
from PIL import Image
from scipy import ndimage

ROWS, COLUMNS = 248, 256
# (thickness far from the fovea in rows, share kept at the foveal centre, reflectivity): inner limiting membrane down to Bruch's membrane.
LAYERS = ((9, 0.15, 0.72), (16, 0.1, 0.5), (10, 0.15, 0.3), (6, 0.3, 0.48), (20, 1.35, 0.24), (2, 1, 0.42), (4, 1, 0.3), (4, 1, 0.85), (3, 1, 0.4), (6, 1, 0.95))


@dataclass
class Scene:
    """Boundaries (layers + 1, columns) in rows from the top, and the reflectivity picture."""

    edges: np.ndarray
    light: np.ndarray


def _smooth(rng: np.random.Generator, sigma: float, size: float) -> np.ndarray:
    wave = ndimage.gaussian_filter1d(rng.normal(size=COLUMNS + 80), sigma)[40:-40]
    return wave / (np.abs(wave).max() + 1e-6) * size


def _boundaries(draw: random.Random, rng: np.random.Generator) -> np.ndarray:
    x = np.arange(COLUMNS)
    scale = draw.uniform(0.65, 1.15)
    pit = np.zeros(COLUMNS)
    if draw.random() < 0.75:
        centre, width = draw.uniform(0.3, 0.7) * COLUMNS, draw.uniform(14, 32)
        pit = np.exp(-(((x - centre) / width) ** 2)) * draw.uniform(0.6, 1)
    heights = [thick * scale * (1 + _smooth(rng, 40, 0.12)) * (1 - pit + pit * keep) for thick, keep, _ in LAYERS]
    bottom = draw.uniform(0.5, 0.72) * ROWS + (x - COLUMNS / 2) * draw.uniform(-0.22, 0.22) + ((x - COLUMNS / 2) / COLUMNS) ** 2 * draw.uniform(-30, 40)
    bottom = bottom + _smooth(rng, 30, draw.uniform(0, 4))
    edges = [bottom]
    for height in reversed(heights):
        edges.append(edges[-1] - height)
    return np.array(edges[::-1])


def _drusen(edges: np.ndarray, draw: random.Random) -> None:
    """Bumps below the pigment epithelium, or one large detachment; layers above give way."""
    x = np.arange(COLUMNS)
    detachment = draw.random() < 0.3
    for _ in range(1 if detachment else draw.randint(2, 10)):
        height, width = (draw.uniform(12, 34), draw.uniform(14, 34)) if detachment else (draw.uniform(3, 9), draw.uniform(4, 10))
        bump = height * np.exp(-(((x - draw.uniform(20, COLUMNS - 20)) / width) ** 2))
        for layer in range(len(LAYERS) + 1):
            edges[layer] -= bump * (1 if layer >= 5 else 0.35 + 0.13 * layer)
    if edges.min() < 6:
        edges += 6 - edges.min()


def _paint(edges: np.ndarray, draw: random.Random, rng: np.random.Generator) -> np.ndarray:
    y = np.arange(ROWS)[:, None]
    light = np.full((ROWS, COLUMNS), draw.uniform(0.02, 0.1))
    for layer, (_, _, bright) in enumerate(LAYERS):
        inside = np.clip(y - edges[layer] + 0.5, 0, 1) * np.clip(edges[layer + 1] - y + 0.5, 0, 1)
        light = light * (1 - inside) + inside * bright * draw.uniform(0.85, 1.1)
    depth = y - edges[-1]
    choroid = draw.uniform(25, 60)
    texture = ndimage.gaussian_filter(rng.normal(size=light.shape), (3, 7))
    texture /= texture.std()
    fall = np.exp(-np.clip(depth, 0, None) / choroid)
    below = depth > 0
    return np.where(below, 0.04 + fall * draw.uniform(0.35, 0.6) * (1 + 0.22 * texture), light)


def _fluid(scene: Scene, draw: random.Random) -> None:
    """Dark cysts in the inner and outer nuclear layers."""
    y, x = np.mgrid[0:ROWS, 0:COLUMNS]
    centre = draw.uniform(0.35, 0.65) * COLUMNS
    for _ in range(draw.randint(2, 8)):
        column = int(np.clip(draw.gauss(centre, 26), 5, COLUMNS - 6))
        row = draw.uniform(scene.edges[2, column], scene.edges[5, column])
        size = draw.uniform(4, 13)
        hole = np.clip(1.6 - np.hypot((x - column) / size, (y - row) / (size * draw.uniform(0.5, 1))) * 1.3, 0, 1)
        scene.light *= 1 - hole * 0.85


def _shadows(scene: Scene, draw: random.Random) -> None:
    for _ in range(draw.randint(0, 5)):
        column, width = draw.randint(5, COLUMNS - 6), draw.uniform(1.5, 4.5)
        across = np.exp(-(((np.arange(COLUMNS) - column) / width) ** 2))
        y = np.arange(ROWS)[:, None]
        below = np.clip((y - scene.edges[1, column] - 4) / 6, 0, 1)
        scene.light *= 1 - draw.uniform(0.15, 0.55) * across * below
        vessel = np.exp(-(((np.arange(COLUMNS) - column) / (width + 1)) ** 2) - ((y - scene.edges[1, column]) / 3.5) ** 2)
        scene.light += 0.25 * vessel


def _camera(light: np.ndarray, draw: random.Random, rng: np.random.Generator) -> np.ndarray:
    """Speckle of a few averaged frames, detector noise, log compression and the device's window."""
    frames = draw.choice([1, 2, 4, 8, 30])
    grain = rng.gamma(frames * 1.5, 1 / (frames * 1.5), light.shape)
    grain = ndimage.gaussian_filter(grain, (draw.uniform(0.2, 0.7), draw.uniform(0.2, 1)))
    floor = np.abs(rng.normal(draw.uniform(0.02, 0.1), draw.uniform(0.02, 0.09) / np.sqrt(frames) + 0.01, light.shape))
    unit = ndimage.gaussian_filter(light, 0.6) ** draw.uniform(1, 1.7) * grain + floor
    unit = np.log1p(unit * draw.choice([2, 6, 15])) if draw.random() < 0.7 else unit
    low, high = np.percentile(unit, [draw.uniform(1, 30), draw.uniform(99, 99.9)])
    return np.clip((unit - low) / (high - low), 0, 1)


def retina(draw: random.Random) -> np.ndarray:
    """One grey B-scan as bytes, its longer side 96 to 192."""
    rng = np.random.default_rng(draw.randrange(2**31))
    edges = _boundaries(draw, rng)
    if draw.random() < 0.45:
        _drusen(edges, draw)
    scene = Scene(edges, np.zeros(0))
    scene.light = _paint(edges, draw, rng)
    if draw.random() < 0.35:
        _fluid(scene, draw)
    _shadows(scene, draw)
    if draw.random() < 0.2:
        y = np.arange(ROWS)[:, None]
        line = edges[0] - draw.uniform(4, 20) + _smooth(rng, 25, 6)
        scene.light += 0.25 * np.exp(-((y - line) ** 2) / 1.5)
    unit = _camera(np.clip(scene.light, 0, 1.2), draw, rng)
    pixels = (unit * 255).astype(np.uint8)
    top, bottom = draw.randint(0, 40), draw.randint(0, 50)
    pixels = pixels[top : ROWS - bottom]
    if draw.random() < 0.12:
        pixels = 255 - pixels
    side = draw.choice([96, 128, 160, 192])
    return np.asarray(Image.fromarray(pixels).resize((side, int(side * draw.choice([0.5, 0.66, 0.8, 1]))), Image.Resampling.BOX))
