"""Synthetic X-ray angiograms: dark contrast-filled vessel trees on soft projections, native or subtracted.

The backgrounds are drawn or cut from blurred chest radiographs; the cerebral trees are drawn or projected from open vessel volumes.
"""
from __future__ import annotations

import random
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw
from scipy import ndimage

from .reading import Volume

SIZE, FINE = 192, 2
"""Pixels with more vessel than this along their ray are marked. Pixels."""
THICK = 0.8


class Tree:
    """A branching tube drawn as thickness in pixels; grows by turning smoothly and shedding thinner branches."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.image = Image.new("L", (SIZE * FINE, SIZE * FINE), 0)
        self.pen = ImageDraw.Draw(self.image)

    def tube(self, points: list[tuple[float, float]], widths: list[float]) -> None:
        """Adds a tube along points (x, y) with its widths in pixels."""
        for (x, y), width in zip(points, widths):
            r = width * FINE / 2
            self.pen.ellipse((x * FINE - r, y * FINE - r, x * FINE + r, y * FINE + r), fill=min(255, int(width * 24) + 30))

    def grow(self, x: float, y: float, angle: float, width: float, length: float, depth: int, bend: float = 0.0) -> None:
        """One vessel from (x, y) on, with up to `depth` generations of branches."""
        draw, points, widths = self.draw, [], []
        turn = draw.gauss(0, 0.006) + bend
        first, next_branch = angle, draw.uniform(8, 22)
        for step in range(int(length * 2)):
            turn = turn * 0.97 + draw.gauss(0, 0.0032) + bend * 0.03 - 0.0002 * (angle - first)
            angle += turn
            x, y = x + 0.5 * np.cos(angle), y + 0.5 * np.sin(angle)
            left = 1 - step / (length * 2)
            points.append((x, y))
            widths.append(max(0.55, width * (0.35 + 0.65 * left)))
            if depth > 0 and step / 2 > next_branch:
                next_branch += draw.uniform(9, 26)
                side = draw.choice([-1, 1])
                self.grow(x, y, angle + side * draw.uniform(0.4, 1.1), widths[-1] * draw.uniform(0.45, 0.75), length * left * draw.uniform(0.4, 0.9), depth - 1, -side * draw.uniform(0, 0.012))
        self.tube(points, widths)

    def thickness(self) -> np.ndarray:
        """The tube thickness, roughly in pixels, (SIZE, SIZE)."""
        small = self.image.resize((SIZE, SIZE), Image.Resampling.BOX)
        return ndimage.gaussian_filter(np.asarray(small).astype(np.float32) / 24, 0.5)


def _rng(draw: random.Random) -> np.random.Generator:
    return np.random.default_rng(draw.randrange(2**31))


def soft_chest(draw: random.Random, radiographs: list[Path]) -> np.ndarray:
    """A background in 0…1: heart, spine, diaphragm and ribs out of focus."""
    y, x = np.mgrid[0:1:SIZE * 1j, 0:1:SIZE * 1j]
    if radiographs and draw.random() < 0.5:
        image = Image.open(draw.choice(radiographs)).convert("L")
        side = int(min(image.size) * draw.uniform(0.35, 0.6))
        left, top = (int(image.width - side) // 2 + draw.randint(-10, 10), int((image.height - side) * draw.uniform(0.4, 0.8)))
        part = np.asarray(image.crop((left, top, left + side, top + side)).resize((SIZE, SIZE), Image.Resampling.BICUBIC)) / 255
        ground = 1 - ndimage.gaussian_filter(part, draw.uniform(2, 6))
        ground = (ground - ground.mean()) * draw.uniform(0.4, 1) + 0.6
    else:
        ground = 0.6 + draw.uniform(-0.3, 0.3) * (x - 0.5) + draw.uniform(-0.3, 0.3) * (y - 0.5)
        for _ in range(draw.randint(1, 3)):
            cx, cy, r = draw.uniform(-0.2, 1.2), draw.uniform(0.2, 1.4), draw.uniform(0.3, 0.8)
            edge = draw.uniform(0.02, 0.12)
            ground -= draw.uniform(0.08, 0.25) / (1 + np.exp((np.hypot((x - cx) * draw.uniform(0.8, 1.2), y - cy) - r) / edge))
        for _ in range(draw.randint(0, 7)):
            curve = y - draw.uniform(-0.1, 1.1) - draw.uniform(-0.5, 0.5) * (x - 0.5) - draw.uniform(-0.5, 0.5) * (x - 0.5) ** 2
            ground -= draw.uniform(0.01, 0.045) * np.exp(-((curve / draw.uniform(0.01, 0.035)) ** 2))
        if draw.random() < 0.5:
            ground -= draw.uniform(0.05, 0.15) * np.exp(-(((x - draw.uniform(0.1, 0.9) - 0.1 * y) / 0.09) ** 2))
    texture = ndimage.gaussian_filter(_rng(draw).normal(size=(SIZE, SIZE)), draw.uniform(2, 6))
    return ground + texture / texture.std() * draw.uniform(0.005, 0.02)


def _catheter(tree: Tree, tip: tuple[float, float]) -> list[tuple[float, float]]:
    """A gentle curve from the top or right edge to the tip."""
    draw = tree.draw
    start = (draw.uniform(0.2, 0.9) * SIZE, -4.0)
    middle = (tip[0] + draw.uniform(-45, 45), draw.uniform(0.1, 0.6) * tip[1])
    times = np.linspace(0, 1, 260)
    return [((1 - t) ** 2 * start[0] + 2 * t * (1 - t) * middle[0] + t * t * tip[0], (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * middle[1] + t * t * tip[1]) for t in times]


def _expose(unit: np.ndarray, draw: random.Random) -> np.ndarray:
    """Quantum noise, a little blur or edge enhancement, and grey bytes."""
    rng = _rng(draw)
    noise = ndimage.gaussian_filter(rng.normal(size=unit.shape), draw.uniform(0, 0.8))
    unit = unit + noise * draw.uniform(0.004, 0.03)
    if draw.random() < 0.4:
        unit = unit + draw.uniform(0.3, 1) * (unit - ndimage.gaussian_filter(unit, 2))
    low, high = np.percentile(unit, [draw.uniform(0, 1.5), draw.uniform(98.5, 100)])
    spread = draw.uniform(0.75, 1)
    return (np.clip(draw.uniform(0, 1 - spread) + (unit - low) / (high - low) * spread, 0, 1) * 255).astype(np.uint8)


def _shutter(grey: np.ndarray, draw: random.Random) -> np.ndarray:
    """No shutter, a round intensifier field, cut corners or straight collimation."""
    y, x = np.mgrid[0:SIZE, 0:SIZE] - SIZE / 2 + 0.5
    kind, black = draw.choice(["none", "none", "round", "corners", "collimated"]), draw.choice([0, 0, 0, 12, 255])
    half = SIZE / 2
    if kind == "round":
        return np.where(np.hypot(x, y) < half - draw.randint(0, 6), grey, black).astype(np.uint8)
    if kind == "corners":
        edge = half - draw.randint(2, 10)
        return np.where((np.abs(x) < edge) & (np.abs(y) < edge) & (np.abs(x) + np.abs(y) < edge * draw.uniform(1.55, 1.85)), grey, black).astype(np.uint8)
    if kind == "collimated":
        left, top = draw.randint(0, 24), draw.randint(0, 24)
        mask = np.zeros(grey.shape)
        mask[top : SIZE - draw.randint(1, 24), left : SIZE - draw.randint(1, 24)] = 1
        mask = ndimage.gaussian_filter(mask, draw.uniform(0.5, 2.5))
        return (grey * mask + black * (1 - mask)).astype(np.uint8)
    return grey


def _shuttered(grey: np.ndarray, vessels: np.ndarray, draw: random.Random) -> tuple[np.ndarray, np.ndarray]:
    """The picture behind its shutter, and the vessels that it leaves to be seen."""
    state = draw.getstate()
    seen = np.abs(_shutter(np.full(grey.shape, 128, np.uint8), draw).astype(int) - 128) < 40
    draw.setstate(state)
    return _shutter(grey, draw), vessels & seen


def coronary(draw: random.Random, radiographs: list[Path]) -> np.ndarray:
    """A left or right coronary artery filled through a catheter."""
    return coronary_pair(draw, radiographs)[0]


def coronary_pair(draw: random.Random, radiographs: list[Path]) -> tuple[np.ndarray, np.ndarray]:
    """The picture, and where its vessels are, catheter and shutter left out."""
    tree, vessels = Tree(draw), Tree(draw)
    tip = (draw.uniform(0.3, 0.65) * SIZE, draw.uniform(0.18, 0.42) * SIZE)
    catheter = _catheter(tree, tip)
    tree.tube(catheter, [draw.uniform(2, 3.2)] * len(catheter))
    before = np.asarray(tree.image).copy()
    width = draw.uniform(3, 6)
    if draw.random() < 0.35:
        side = draw.choice([-1, 1])
        tree.grow(*tip, np.pi / 2 + side * draw.uniform(0.5, 1.2), width, draw.uniform(150, 230), 2, -side * draw.uniform(0.004, 0.009))
    else:
        for angle in (draw.uniform(-0.2, 0.5), draw.uniform(0.8, 1.5), draw.uniform(1.4, 2.2))[: draw.randint(2, 3)]:
            tree.grow(*tip, angle, width * draw.uniform(0.6, 0.95), draw.uniform(90, 170), 2, draw.uniform(-0.002, 0.006))
    vessels.image.paste(Image.fromarray(np.where(np.asarray(tree.image) != before, np.asarray(tree.image), 0).astype(np.uint8)))
    ground = soft_chest(draw, radiographs)
    absorbed = np.exp(-tree.thickness() * draw.uniform(0.05, 0.15))
    pair = _shuttered(_expose(ground * absorbed, draw), vessels.thickness() > THICK, draw)
    return (pair[0][:, ::-1], pair[1][:, ::-1]) if draw.random() < 0.3 else pair


def _skull(draw: random.Random) -> np.ndarray:
    """A soft skull in 0…1, for the ghost that a moved head leaves after subtraction."""
    y, x = np.mgrid[-1:1:SIZE * 1j, -1:1:SIZE * 1j]
    radius = np.hypot((x - draw.uniform(-0.3, 0.3)) / draw.uniform(0.8, 1.1), (y - draw.uniform(0, 0.3)) / draw.uniform(0.8, 1.1))
    rim = np.exp(-(((radius - 0.95) / draw.uniform(0.06, 0.14)) ** 2))
    base = ndimage.gaussian_filter(_rng(draw).normal(size=(SIZE, SIZE)), 5) / (1 + np.exp((draw.uniform(0.1, 0.5) - y) / 0.12))
    return rim + base * 5


def _subtracted(thickness: np.ndarray, draw: random.Random) -> np.ndarray:
    """Dark vessels on an even ground with a ghost of bone and, late, a blush of tissue."""
    ghost = _skull(draw) if draw.random() < 0.5 else np.zeros((SIZE, SIZE))
    ghost = (ghost - ndimage.shift(ghost, (draw.uniform(-1.5, 1.5), draw.uniform(-1.5, 1.5)), mode="nearest")) * draw.uniform(0.1, 0.6)
    blush = ndimage.gaussian_filter(thickness, 14) * draw.uniform(0, 0.1)
    unit = draw.uniform(0.7, 0.95) - blush + ghost
    return unit * np.exp(-thickness * draw.uniform(0.08, 0.2))


def cerebral(draw: random.Random) -> np.ndarray:
    """An internal carotid or vertebral run, mostly subtracted."""
    return cerebral_pair(draw)[0]


def cerebral_pair(draw: random.Random) -> tuple[np.ndarray, np.ndarray]:
    """The picture, and where its vessels are."""
    tree = Tree(draw)
    x, y = draw.uniform(0.4, 0.6) * SIZE, draw.uniform(0.55, 0.75) * SIZE
    siphon = [(x + 9 * np.sin(t * 5 + draw.uniform(0, 0.1)), SIZE - (SIZE - y) * t) for t in np.linspace(-0.05, 1, 160)]
    tree.tube(siphon, [draw.uniform(4.5, 5.5)] * len(siphon))
    x, y = siphon[-1]
    side = draw.choice([-1, 1])
    tree.grow(x, y, -np.pi / 2 + side * draw.uniform(0.7, 1.2), draw.uniform(3.5, 5), draw.uniform(90, 130), 4, side * -0.004)
    tree.grow(x, y, -np.pi / 2 - side * draw.uniform(0.1, 0.4), draw.uniform(2.5, 3.5), draw.uniform(90, 140), 4, side * 0.006)
    if draw.random() < 0.6:
        tree.grow(x, y, -np.pi / 2 + side * draw.uniform(0.2, 0.6), draw.uniform(2, 3.2), draw.uniform(80, 130), 4, side * 0.003)
    unit = _subtracted(tree.thickness(), draw)
    return _shuttered(_expose(unit, draw), tree.thickness() > THICK, draw)


def projected(vessels: Volume, draw: random.Random) -> np.ndarray:
    """A vessel volume looked through from a drawn direction, subtracted."""
    data = np.clip(vessels.data, 0, np.percentile(vessels.data, 99.95)).astype(np.float32)
    factors = [s / max(vessels.spacing) for s in vessels.spacing]
    data = ndimage.zoom(data, [f * 0.8 for f in factors], order=1)
    data = ndimage.rotate(data, draw.uniform(-40, 40) + draw.choice([0, 90]), axes=(0, 1), order=1, reshape=True)
    data = ndimage.rotate(data, draw.uniform(-20, 20), axes=(1, 2), order=1, reshape=True)
    lowest, highest = sorted(draw.sample(range(0, 101, 10), 2)) if draw.random() < 0.3 else (0, 100)
    if highest - lowest >= 60:
        data = data[:, data.shape[1] * lowest // 100 : data.shape[1] * highest // 100]
    view = data.sum(1).T[::-1]
    view = view / max(np.percentile(view, 99.7), 1e-6) * draw.uniform(3, 7)
    image = Image.fromarray(view.astype(np.float32))
    scale = SIZE / max(image.size) * draw.uniform(0.95, 1.35)
    image = image.resize((int(image.width * scale), int(image.height * scale)), Image.Resampling.BILINEAR)
    sheet = Image.new("F", (SIZE, SIZE), 0.0)
    sheet.paste(image, ((SIZE - image.width) // 2, (SIZE - image.height) // 2))
    return _shutter(_expose(_subtracted(np.asarray(sheet), draw), draw), draw)
