"""Windows, square pixels, plane cuts and the written picture; not a generator itself."""
from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from .reading import Volume

LONGEST = 192
FIELDS = ["file", "source_id", "modality", "anatomy", "plane", "group"]


@dataclass
class Labels:
    """One manifest row without its file; '' means unknown."""

    source_id: str
    modality: str
    anatomy: str = ""
    plane: str = ""
    group: str = ""


def windowed(values: np.ndarray, low: float, high: float, inverted: bool = False) -> np.ndarray:
    """Grey bytes of `values` between low and high."""
    unit = np.clip((values.astype(np.float32) - low) / max(high - low, 1e-6), 0, 1)
    return ((1 - unit if inverted else unit) * 255 + 0.5).astype(np.uint8)


def percentile_window(values: np.ndarray, low: float = 1, high: float = 99) -> tuple[float, float]:
    """The window between two percentiles (0…100) of the values."""
    bottom, top = np.percentile(values, [low, high])
    return float(bottom), float(top if top > bottom else bottom + 1)


def cut(volume: Volume, plane: str, at: float) -> tuple[np.ndarray, tuple[float, float]]:
    """The slice at the fraction `at` of a plane, as looked at by a radiologist; spacing (row, column) in mm."""
    x, y, z = volume.spacing
    data = volume.data
    axis = {"sagittal": 0, "coronal": 1, "axial": 2}[plane]
    index = int(round(at * (data.shape[axis] - 1)))
    if plane == "axial":
        return data[::-1, ::-1, index].T, (y, x)
    if plane == "coronal":
        return data[::-1, index, ::-1].T, (z, x)
    return data[index, ::-1, ::-1].T, (z, y)


def square(grey: np.ndarray, spacing: tuple[float, float], longest: int = LONGEST) -> np.ndarray:
    """The picture with square pixels; its longer side at most `longest`."""
    if not 0.125 <= spacing[0] / max(spacing[1], 1e-9) <= 8:
        spacing = (1.0, 1.0)
    rows, columns = grey.shape[0] * spacing[0], grey.shape[1] * spacing[1]
    scale = min(longest / max(rows, columns), 1 / min(spacing))
    size = (max(1, round(columns * scale)), max(1, round(rows * scale)))
    return np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.BILINEAR if scale * min(spacing) > 0.99 else Image.Resampling.BOX))


class Album:
    """Writes pictures below a folder and their rows to manifest.csv; several commands may add to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: list[dict[str, str]] = []

    def add(self, pixels: np.ndarray, labels: Labels) -> None:
        """Keeps one picture: uint8 (rows, columns) or (rows, columns, 3)."""
        image = Image.fromarray(np.ascontiguousarray(pixels))
        if max(image.size) > LONGEST:
            image.thumbnail((LONGEST, LONGEST), Image.Resampling.BOX)
        count = sum(row["source_id"] == labels.source_id for row in self.rows)
        name = f"images/{labels.source_id}/{count:04d}.png"
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(".part")
        image.save(fresh, "PNG")
        fresh.replace(target)
        self.rows.append({"file": name, **vars(labels)})

    def write(self) -> None:
        """Writes manifest.csv: rows of other sources already there stay, those of these sources are replaced."""
        path = self.folder / "manifest.csv"
        mine = {row["source_id"] for row in self.rows}
        kept = []
        if path.exists():
            with path.open(newline="") as stream:
                kept = [row for row in csv.DictReader(stream) if row["source_id"] not in mine]
        fresh = path.with_suffix(".part")
        with fresh.open("w", newline="") as stream:
            writer = csv.DictWriter(stream, FIELDS)
            writer.writeheader()
            writer.writerows(kept + self.rows)
        fresh.replace(path)
