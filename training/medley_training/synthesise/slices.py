"""Training pictures cut from the corpus' volumes and single pictures in several planes, places and windows."""
from __future__ import annotations

import random
import re
from pathlib import Path

import numpy as np
from PIL import Image

from .catalogue import PICTURES, VOLUMES, PictureEntry, VolumeEntry
from .drawing import Album, Labels, cut, percentile_window, square, windowed
from .reading import Picture, Volume, read_metaimage, read_nifti, read_picture, read_series

# Hounsfield windows (low, high) as in everyday reading; "odd" ones are drawn.
HOUNSFIELD = {
    "soft": (-160, 240), "lung": (-1350, 150), "bone": (-450, 1050), "brain": (0, 80),
    "full": (-1024, 3071), "vessel": (60, 500), "bytes": (0, 255),
}


def window_for(name: str, values: np.ndarray, draw: random.Random, own: tuple[float, float] | None = None) -> tuple[float, float]:
    """Low and high ends of a named window for these values, jittered a little."""
    if name == "own" and own:
        return own[0] - own[1] / 2, own[0] + own[1] / 2
    if name == "odd":
        middle, width = draw.uniform(-200, 300), draw.choice([150, 600, 1000, 2000])
        return middle - width / 2, middle + width / 2
    if name in HOUNSFIELD:
        low, high = HOUNSFIELD[name]
        shift = draw.uniform(-0.08, 0.08) * (high - low)
        return low + shift, high + shift + draw.uniform(-0.1, 0.1) * (high - low)
    inside = values[values > np.percentile(values, 20)] if name in ("nm", "inverse", "mra") else values
    top = {"nm": draw.uniform(97, 99.9), "inverse": draw.uniform(97, 99.9), "mra": draw.uniform(99.3, 99.95)}.get(name, draw.uniform(97.5, 100))
    return percentile_window(inside if inside.size > 9 else values, draw.uniform(0, 2), top)


def _read_volume(corpus: Path, entry: VolumeEntry) -> Volume | None:
    paths = sorted(corpus.glob(entry.path))
    if not paths:
        return None
    if paths[0].suffix == ".dcm":
        return read_series(paths)
    return read_metaimage(paths[0]) if paths[0].suffix in (".mha", ".mhd") else read_nifti(paths[0])


def _slab(volume: Volume, plane: str, at: float, thickness: float) -> tuple[np.ndarray, tuple[float, float]]:
    if not thickness:
        return cut(volume, plane, at)
    places = np.clip(np.linspace(at - thickness / 2, at + thickness / 2, 60), 0, 1)
    cuts = [cut(volume, plane, float(place)) for place in places]
    return np.max([values for values, _ in cuts], axis=0), cuts[0][1]


def _stored_turn(pixels: np.ndarray, draw: random.Random) -> np.ndarray:
    """One of the ways in which software that ignores orientation shows a slice."""
    turned = np.rot90(pixels, draw.randrange(4))
    return turned[:, ::-1] if draw.random() < 0.5 else turned


def cut_volume(album: Album, corpus: Path, entry: VolumeEntry, draw: random.Random) -> None:
    """Up to `entry.limit` slices of one volume; a quarter of them turned as stored."""
    volume = _read_volume(corpus, entry)
    if volume is None:
        return
    suite = entry.path.split("/")[0]
    per_plane = max(1, entry.limit // len(entry.planes))
    for plane in entry.planes:
        for step in range(per_plane):
            low, high = entry.span
            at = low + (high - low) * (step + draw.random() * 0.6) / per_plane
            values, spacing = _slab(volume, plane, at, entry.slab * draw.uniform(0.15, 1))
            name = entry.windows[step % len(entry.windows)]
            reference = volume.data if draw.random() < 0.5 else values
            low_end, high_end = window_for(name, reference, draw)
            grey = square(windowed(values, low_end, high_end), spacing)
            if grey.std() < 8:
                continue
            if draw.random() < 0.25:
                grey = _stored_turn(grey, draw)
            album.add(grey, Labels(f"corpus_{suite}_{entry.name}", entry.modality, entry.anatomy, plane, entry.name))


def _read_any(path: Path) -> Picture | None:
    if path.suffix in (".png", ".jpg"):
        return Picture(np.asarray(Image.open(path)))
    if path.suffix in (".gz", ".mha", ".mhd"):
        volume = read_metaimage(path) if path.suffix != ".gz" else read_nifti(path)
        return Picture(cut(volume, "axial", 0.5)[0])
    return read_picture(path)


def show_picture(album: Album, corpus: Path, entry: PictureEntry, draw: random.Random) -> None:
    """Every window of one picture; of a loop up to six frames."""
    picture = _read_any(corpus / entry.path)
    if picture is None:
        return
    suite, stem = entry.path.split("/")[0], re.sub(r"\W+", "-", Path(entry.path).stem)[:32]
    labels = Labels(f"corpus_{suite}_{stem}", entry.modality, entry.anatomy, entry.plane, stem)
    frames = picture.frames[:: max(1, len(picture.frames) // 6)] or [picture.data]
    for frame in frames:
        if frame.ndim == 3 or frame.dtype == np.uint8:
            album.add(frame, labels)
            continue
        for name in entry.windows if len(frames) == 1 else entry.windows[:2]:
            low, high = window_for(name, frame, draw, picture.window)
            grey = windowed(frame, low, high, picture.inverted != (name == "inverse"))
            if grey.std() > 4:
                album.add(square(grey, picture.spacing), labels)


def make(album: Album, corpus: Path, _images: Path | None, seed: int) -> None:
    """All slices and pictures of the corpus."""
    draw = random.Random(seed)
    for volume in VOLUMES:
        cut_volume(album, corpus, volume, draw)
    for picture in PICTURES:
        show_picture(album, corpus, picture, draw)
