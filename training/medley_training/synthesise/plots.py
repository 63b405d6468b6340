"""Plots as they come out of notebooks and papers: negatives for the recognition network."""
from __future__ import annotations

import random
from collections.abc import Callable

import matplotlib
import numpy as np

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.axes import Axes  # noqa: E402

from .wording import sentence, word  # noqa: E402

MAPS = ["viridis", "plasma", "gray", "Blues", "hot", "coolwarm", "jet", "magma", "YlGnBu", "Greys", "RdBu", "cividis"]


def _numbers(draw: random.Random) -> np.random.Generator:
    return np.random.default_rng(draw.randrange(2**31))


def _curve(rng: np.random.Generator, x: np.ndarray) -> np.ndarray:
    kind = rng.integers(5)
    noise = rng.normal(0, rng.choice([0, 0.02, 0.1]), x.size)
    if kind == 0:
        return np.exp(-x * rng.uniform(0.5, 6)) + noise
    if kind == 1:
        return 1 - np.exp(-x * rng.uniform(1, 8)) + noise
    if kind == 2:
        return np.sin(x * rng.uniform(3, 40) + rng.uniform(0, 6)) * rng.uniform(0.3, 1) + noise
    if kind == 3:
        return np.cumsum(rng.normal(0, 0.05, x.size))
    return rng.uniform(-1, 1) * x**2 + rng.uniform(-1, 1) * x + noise


def line(axes: Axes, draw: random.Random) -> None:
    rng = _numbers(draw)
    x = np.linspace(0, 1, draw.choice([12, 40, 200]))
    for _ in range(draw.randint(1, 6)):
        axes.plot(x * draw.choice([1, 10, 100]), _curve(rng, x), draw.choice(["-", "--", "-o", "-x", ":", "-s"]), markersize=3, linewidth=draw.uniform(0.6, 2.5), label=word(draw))


def bars(axes: Axes, draw: random.Random) -> None:
    rng, count = _numbers(draw), draw.randint(3, 14)
    groups = draw.randint(1, 3)
    for group in range(groups):
        place = np.arange(count) + group * 0.8 / groups
        heights = rng.uniform(0.1, 1, count)
        if draw.random() < 0.35:
            axes.barh(place, heights, 0.8 / groups, label=word(draw))
        else:
            axes.bar(place, heights, 0.8 / groups, label=word(draw))


def scatter(axes: Axes, draw: random.Random) -> None:
    rng = _numbers(draw)
    for _ in range(draw.randint(1, 5)):
        points = rng.normal(rng.uniform(-3, 3, 2), rng.uniform(0.2, 1.2, 2), (draw.choice([15, 60, 400]), 2))
        axes.scatter(points[:, 0], points[:, 1], s=draw.choice([2, 8, 25]), alpha=draw.uniform(0.4, 1), marker=draw.choice("o^sx+"), label=word(draw))


def heat(axes: Axes, draw: random.Random) -> None:
    rng = _numbers(draw)
    table = rng.normal(size=(draw.randint(4, 24), draw.randint(4, 24)))
    image = axes.imshow(table, cmap=draw.choice(MAPS), aspect=draw.choice(["auto", "equal"]))
    if draw.random() < 0.6:
        plt.colorbar(image, ax=axes)


def confusion(axes: Axes, draw: random.Random) -> None:
    rng, size = _numbers(draw), draw.randint(2, 9)
    table = rng.integers(0, 12, (size, size)) + np.diag(rng.integers(30, 200, size))
    axes.imshow(table, cmap=draw.choice(["Blues", "Greens", "gray_r", "Oranges", "viridis", "Purples"]))
    for row in range(size):
        for column in range(size):
            axes.text(column, row, str(table[row, column]), ha="center", va="center", fontsize=7, color="white" if table[row, column] > table.max() / 2 else "black")
    names = [word(draw) for _ in range(size)]
    axes.set_xticks(range(size), names, rotation=draw.choice([0, 45, 90]), fontsize=6)
    axes.set_yticks(range(size), names, fontsize=6)


def roc(axes: Axes, draw: random.Random) -> None:
    x = np.linspace(0, 1, 60)
    for _ in range(draw.randint(1, 6)):
        axes.plot(x, x ** draw.uniform(0.05, 0.8), drawstyle=draw.choice(["default", "steps-post"]), label=f"{word(draw)} (AUC = {draw.uniform(0.6, 1):.2f})")
    axes.plot([0, 1], [0, 1], "k--", linewidth=0.8)


def histogram(axes: Axes, draw: random.Random) -> None:
    rng = _numbers(draw)
    for _ in range(draw.randint(1, 3)):
        axes.hist(rng.normal(rng.uniform(-2, 2), rng.uniform(0.5, 2), 900), bins=draw.choice([10, 30, 80]), alpha=0.7, label=word(draw))


def pie(axes: Axes, draw: random.Random) -> None:
    count = draw.randint(2, 8)
    axes.pie(_numbers(draw).uniform(0.1, 1, count), labels=[word(draw) for _ in range(count)], textprops={"fontsize": 7}, wedgeprops={"width": draw.choice([1, 0.4])})


def boxes(axes: Axes, draw: random.Random) -> None:
    rng = _numbers(draw)
    samples = [rng.normal(rng.uniform(-1, 1), rng.uniform(0.3, 1), 80) for _ in range(draw.randint(2, 9))]
    (axes.violinplot if draw.random() < 0.4 else axes.boxplot)(samples)


def contour(axes: Axes, draw: random.Random) -> None:
    x, y = np.meshgrid(np.linspace(-2, 2, 50), np.linspace(-2, 2, 50))
    z = sum(draw.uniform(-1, 1) * np.exp(-((x - draw.uniform(-2, 2)) ** 2 + (y - draw.uniform(-2, 2)) ** 2) * draw.uniform(0.5, 3)) for _ in range(5))
    (axes.contourf if draw.random() < 0.5 else axes.contour)(x, y, z, levels=draw.randint(5, 14), cmap=draw.choice(MAPS))


def area(axes: Axes, draw: random.Random) -> None:
    rng, x = _numbers(draw), np.linspace(0, 1, 50)
    axes.stackplot(x, [np.abs(_curve(rng, x)) + 0.1 for _ in range(draw.randint(2, 6))])


def quiver(axes: Axes, draw: random.Random) -> None:
    x, y = np.meshgrid(np.linspace(-2, 2, 14), np.linspace(-2, 2, 14))
    a, b = draw.uniform(-2, 2), draw.uniform(-2, 2)
    axes.quiver(x, y, np.sin(a * y), np.cos(b * x))


KINDS: dict[str, Callable[[Axes, random.Random], None]] = {
    "line": line, "bars": bars, "scatter": scatter, "heat": heat, "confusion": confusion, "roc": roc,
    "histogram": histogram, "pie": pie, "boxes": boxes, "contour": contour, "area": area, "quiver": quiver,
}


def _dress(axes: Axes, draw: random.Random) -> None:
    if draw.random() < 0.7:
        axes.set_title(sentence(draw, draw.randint(1, 5)), fontsize=draw.choice([8, 10, 13]))
    if draw.random() < 0.6:
        axes.set_xlabel(sentence(draw, draw.randint(1, 3)), fontsize=8)
        axes.set_ylabel(sentence(draw, draw.randint(1, 2)), fontsize=8)
    if draw.random() < 0.3:
        axes.grid(True)
    if draw.random() < 0.15:
        axes.axis("off")
    if axes.get_legend_handles_labels()[0] and draw.random() < 0.7:
        axes.legend(fontsize=6)


def plot(kind: str, draw: random.Random) -> np.ndarray:
    """One figure of a kind (or a grid of two to four of them) as RGB bytes."""
    styles = ["default", "ggplot", "dark_background", "bmh", "grayscale", "fivethirtyeight", "seaborn-v0_8-whitegrid", "classic"]
    style = draw.choice([s for s in styles if s == "default" or s in plt.style.available])
    with plt.style.context(style):
        rows, columns = draw.choice([(1, 1), (1, 1), (1, 1), (1, 2), (2, 1), (2, 2)])
        figure, grid = plt.subplots(rows, columns, figsize=(draw.uniform(3, 7), draw.uniform(2.6, 5)), dpi=60, squeeze=False)
        for axes in grid.flat:
            KINDS[kind](axes, draw)
            _dress(axes, draw)
        if draw.random() < 0.5:
            figure.tight_layout()
        figure.canvas.draw()
        pixels = np.asarray(figure.canvas.buffer_rgba())[..., :3].copy()
        plt.close(figure)
    return pixels
