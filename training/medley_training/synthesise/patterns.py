"""Noise, gradients, test patterns, textures, fractals and skies: negatives for the recognition network."""
from __future__ import annotations

import io
import random

import numpy as np
from PIL import Image
from scipy import ndimage

SIZE = 192


def _rng(draw: random.Random) -> np.random.Generator:
    return np.random.default_rng(draw.randrange(2**31))


def _bytes(unit: np.ndarray) -> np.ndarray:
    return (np.clip(unit, 0, 1) * 255).astype(np.uint8)


def _tint(unit: np.ndarray, draw: random.Random) -> np.ndarray:
    """Grey, or between two random colours."""
    if draw.random() < 0.5:
        return _bytes(unit)
    a, b = (np.array([draw.random() for _ in range(3)]) for _ in range(2))
    return _bytes(a + unit[..., None] * (b - a))


def cloud(draw: random.Random, octaves: int = 5) -> np.ndarray:
    """Value noise in 0…1 summed over octaves."""
    rng, total = _rng(draw), np.zeros((SIZE, SIZE))
    first = draw.choice([2, 4, 8])
    for octave in range(octaves):
        coarse = rng.random((first * 2**octave + 2,) * 2)
        zoomed = ndimage.zoom(coarse, SIZE / (first * 2**octave), order=1)[:SIZE, :SIZE]
        total += zoomed / 2**octave
    return (total - total.min()) / np.ptp(total)


def gradient(draw: random.Random) -> np.ndarray:
    y, x = np.mgrid[0:1:SIZE * 1j, 0:1:SIZE * 1j]
    angle = draw.uniform(0, 6.3)
    ramp = np.hypot(x - draw.random(), y - draw.random()) if draw.random() < 0.4 else x * np.cos(angle) + y * np.sin(angle)
    ramp = (ramp - ramp.min()) / np.ptp(ramp)
    return _tint(np.floor(ramp * 8) / 8 if draw.random() < 0.25 else ramp, draw)


def noise(draw: random.Random) -> np.ndarray:
    rng = _rng(draw)
    shape = (SIZE, SIZE, 3) if draw.random() < 0.4 else (SIZE, SIZE)
    kind = draw.randrange(4)
    if kind == 0:
        return _bytes(rng.random(shape))
    if kind == 1:
        return _bytes(rng.normal(draw.uniform(0.2, 0.8), draw.uniform(0.05, 0.3), shape))
    if kind == 2:
        return _bytes((rng.random(shape) < draw.uniform(0.02, 0.5)).astype(float))
    block = draw.choice([2, 4, 8, 16])
    return _bytes(np.repeat(np.repeat(rng.random((SIZE // block, SIZE // block)), block, 0), block, 1))


def clouds(draw: random.Random) -> np.ndarray:
    return _tint(cloud(draw, draw.randint(2, 6)), draw)


def broken(draw: random.Random) -> np.ndarray:
    """A JPEG with bytes overwritten, as transmission errors leave it."""
    rng, image = _rng(draw), Image.fromarray(_tint(cloud(draw), draw)).convert("RGB")
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=draw.randint(15, 80))
    data = bytearray(stream.getvalue())
    for _ in range(draw.randint(4, 30)):
        data[int(rng.integers(700, len(data) - 2))] = int(rng.integers(0, 250))
    try:
        return np.asarray(Image.open(io.BytesIO(bytes(data))).convert("RGB"))
    except (OSError, SyntaxError):
        return np.asarray(image)


def checks(draw: random.Random) -> np.ndarray:
    step = draw.choice([4, 8, 12, 16, 24, 48])
    y, x = np.mgrid[0:SIZE, 0:SIZE]
    kind = draw.randrange(4)
    if kind == 0:
        unit = ((x // step + y // step) % 2).astype(float)
    elif kind == 1:
        unit = ((x % step < 2) | (y % step < 2)).astype(float)
    elif kind == 2:
        unit = (np.sin(x * 2 * np.pi / step + y * draw.uniform(-1, 1)) + 1) / 2
    else:
        unit = (np.sin(np.hypot(x - SIZE / 2, y - SIZE / 2) ** draw.choice([1, 1.4]) * 2 * np.pi / step) + 1) / 2
    return _tint(unit, draw)


def test_bars(draw: random.Random) -> np.ndarray:
    colours = np.array([[192, 192, 192], [192, 192, 0], [0, 192, 192], [0, 192, 0], [192, 0, 192], [192, 0, 0], [0, 0, 192]], np.uint8)
    width = draw.choice([27, 24])
    top = np.repeat(colours[None], 128, 0).repeat(width, 1)
    middle = np.repeat(colours[None, ::-1], 16, 0).repeat(width, 1)
    ramp = np.linspace(0, 255, top.shape[1]).astype(np.uint8)
    bottom = np.repeat(np.repeat(ramp[None, :, None], 48, 0), 3, 2)
    pixels = np.vstack([top, middle, bottom])
    if draw.random() < 0.3:
        pixels = np.rot90(pixels)
    return pixels if draw.random() < 0.7 else pixels.mean(2).astype(np.uint8)


def grey_chart(draw: random.Random) -> np.ndarray:
    """Steps, corner squares and line pairs, like a monitor test chart."""
    pixels = np.full((SIZE, SIZE), draw.choice([60, 128, 160]), np.uint8)
    count = draw.choice([8, 11, 16])
    for i in range(count):
        turn = 2 * np.pi * i / count
        y, x = int(96 + 52 * np.sin(turn)), int(96 + 52 * np.cos(turn))
        pixels[y - 11 : y + 11, x - 11 : x + 11] = i * 255 // (count - 1)
    for corner in ((8, 8), (8, 152), (152, 8), (152, 152)):
        pitch = draw.choice([2, 4, 6])
        block = np.tile((np.arange(32) // (pitch // 2) % 2 * 255).astype(np.uint8), (32, 1))
        pixels[corner[0] : corner[0] + 32, corner[1] : corner[1] + 32] = block if draw.random() < 0.5 else block.T
    pixels[::48] = pixels[:, ::48] = draw.choice([0, 255])
    return pixels


def fractal(draw: random.Random) -> np.ndarray:
    span = draw.choice([1.5, 0.4, 0.1])
    centre = complex(draw.uniform(-1.3, 0.2), draw.uniform(-0.6, 0.6))
    y, x = np.mgrid[-span:span:SIZE * 1j, -span:span:SIZE * 1j]
    julia = draw.random() < 0.5
    z = x + 1j * y if julia else np.zeros((SIZE, SIZE), complex)
    c = np.full_like(z, complex(draw.uniform(-0.8, 0.3), draw.uniform(0.1, 0.8))) if julia else centre + x + 1j * y
    steps = np.zeros((SIZE, SIZE))
    for _ in range(60):
        z = np.where(np.abs(z) < 4, z * z + c, z)
        steps += np.abs(z) < 4
    return _tint((steps / 60) ** draw.uniform(0.4, 1), draw)


def wood(draw: random.Random) -> np.ndarray:
    y, x = np.mgrid[0:1:SIZE * 1j, 0:1:SIZE * 1j]
    rings = np.sin((x * draw.uniform(4, 12) + cloud(draw, 3) * draw.uniform(0.5, 3) + y * draw.uniform(0, 2)) * 2 * np.pi)
    unit = (rings * 0.5 + 0.5) * 0.6 + cloud(draw, 6) * 0.4
    return _bytes(np.array([0.35, 0.2, 0.1]) + unit[..., None] * np.array([0.45, 0.35, 0.22])) if draw.random() < 0.7 else _bytes(unit)


def tiles(draw: random.Random) -> np.ndarray:
    rng, count = _rng(draw), draw.randint(12, 160)
    seeds = rng.uniform(0, SIZE, (count, 2))
    y, x = np.mgrid[0:SIZE, 0:SIZE]
    distance = np.sqrt(((np.stack([y, x], -1)[:, :, None, :] - seeds) ** 2).sum(-1))
    nearest = distance.argsort(-1)[..., :2]
    edge = np.take_along_axis(distance, nearest, -1)
    colours = rng.random((count, 3)) if draw.random() < 0.6 else np.repeat(rng.random((count, 1)), 3, 1)
    pixels = colours[nearest[..., 0]]
    pixels[edge[..., 1] - edge[..., 0] < draw.choice([0, 2, 4])] = draw.choice([0, 1])
    return _bytes(pixels)


def bricks(draw: random.Random) -> np.ndarray:
    height, width = draw.choice([12, 16, 24]), draw.choice([32, 48])
    y, x = np.mgrid[0:SIZE, 0:SIZE]
    shifted = x + (y // height % 2) * width // 2
    tone = _rng(draw).uniform(0.7, 1, (40, 40))[y // height % 40, shifted // width % 40] * (0.8 + 0.2 * cloud(draw))
    colour = np.array([draw.uniform(0.4, 0.9), draw.uniform(0.2, 0.6), draw.uniform(0.1, 0.5)])
    pixels = tone[..., None] * colour
    pixels[(y % height < 2) | (shifted % width < 2)] = 0.75
    return _bytes(pixels)


def sky(draw: random.Random) -> np.ndarray:
    rng, pixels = _rng(draw), np.zeros((SIZE, SIZE))
    count = draw.randint(60, 500)
    pixels[rng.integers(0, SIZE, count), rng.integers(0, SIZE, count)] = rng.power(0.4, count) * 6
    pixels = ndimage.gaussian_filter(pixels, draw.uniform(0.4, 0.9)) + cloud(draw) ** 3 * draw.uniform(0, 0.3) + rng.normal(0, 0.01, pixels.shape)
    return _bytes(pixels[..., None] * np.array([1, 0.95, draw.uniform(0.9, 1.2)])) if draw.random() < 0.5 else _bytes(pixels)


def stripes(draw: random.Random) -> np.ndarray:
    rng = _rng(draw)
    lanes = np.repeat(rng.random((draw.choice([6, 12, 24]), 3)), draw.choice([8, 16, 32]), 0)[:SIZE]
    pixels = np.repeat(lanes[None], SIZE, 0)
    return _bytes(np.rot90(pixels) if draw.random() < 0.5 else pixels)


KINDS = {
    "gradient": gradient, "noise": noise, "clouds": clouds, "broken": broken, "checks": checks, "bars": test_bars, "chart": grey_chart,
    "fractal": fractal, "wood": wood, "tiles": tiles, "bricks": bricks, "sky": sky, "stripes": stripes,
}


def pattern(kind: str, draw: random.Random) -> np.ndarray:
    """One pattern of a kind."""
    return KINDS[kind](draw)
