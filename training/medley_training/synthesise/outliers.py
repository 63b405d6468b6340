"""All NOT-MEDICAL pictures: so many of each generator, a fifth of the coloured ones in grey too."""
from __future__ import annotations

import random
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from . import composites, diagrams, documents, patterns, plots, screens
from .drawing import LONGEST, Album, Labels

COUNTS = {"plots": 30, "documents": 36, "screens": 28, "diagrams": 32, "patterns": 24, "composites": 120}


def _keep(album: Album, name: str, pixels: np.ndarray, draw: random.Random) -> None:
    image = Image.fromarray(np.ascontiguousarray(pixels))
    longest = draw.choice([64, 96, 128, LONGEST, LONGEST])
    if max(image.size) > longest:
        image.thumbnail((longest, longest), draw.choice([Image.Resampling.BOX] * 4 + [Image.Resampling.BICUBIC] * 2 + [Image.Resampling.NEAREST]))
    if draw.random() < 0.2:
        image = image.convert("L")
    if draw.random() < 0.1:
        image = image.filter(ImageFilter.GaussianBlur(draw.uniform(0.5, 1.5)))
    if np.asarray(image).std() < 4:
        return
    album.add(np.asarray(image), Labels(f"synth_{name}", "NOT-MEDICAL", "", "", name))


def make(album: Album, _corpus: Path, images: Path | None, seed: int) -> None:
    """Draws every generator; composites only where the ImageNet samples are there."""
    draw = random.Random(seed)
    families = [("plots", plots.KINDS, plots.plot), ("documents", documents.KINDS, documents.document), ("screens", screens.KINDS, screens.screen),
                ("diagrams", diagrams.KINDS, diagrams.diagram), ("patterns", patterns.KINDS, patterns.pattern)]
    for family, kinds, generate in families:
        for kind in kinds:
            for _ in range(COUNTS[family]):
                _keep(album, f"{family}_{kind}", generate(kind, draw), draw)
    pictures = sorted((images / "imagenet1k").glob("*.*")) if images else []
    for kind in composites.KINDS if pictures else ():
        for _ in range(COUNTS["composites"]):
            _keep(album, f"photos_{kind}", composites.composite(kind, pictures, draw), draw)
