"""Photographs put together, framed, tinted or made grey: negatives for the recognition network."""
from __future__ import annotations

import random
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from .wording import font, sentence


def _photo(photos: list[Path], draw: random.Random) -> Image.Image:
    return Image.open(draw.choice(photos)).convert("RGB")


def _fit(image: Image.Image, size: tuple[int, int], draw: random.Random) -> Image.Image:
    return ImageOps.fit(image, size, centering=(draw.random(), draw.random()))


def collage(photos: list[Path], draw: random.Random) -> Image.Image:
    rows, columns, gap = draw.randint(1, 3), draw.randint(2, 3), draw.choice([0, 3, 8])
    cell = (192 // columns, draw.choice([150, 192]) // rows)
    sheet = Image.new("RGB", (cell[0] * columns, cell[1] * rows), draw.choice([(0, 0, 0), (255, 255, 255)]))
    for row in range(rows):
        for column in range(columns):
            sheet.paste(_fit(_photo(photos, draw), (cell[0] - gap, cell[1] - gap), draw), (column * cell[0], row * cell[1]))
    return sheet if draw.random() < 0.6 else sheet.convert("L")


def grey(photos: list[Path], draw: random.Random) -> Image.Image:
    image = _fit(_photo(photos, draw), (192, draw.choice([128, 144, 192])), draw).convert("L")
    image = ImageOps.autocontrast(image) if draw.random() < 0.5 else image
    return ImageOps.invert(image) if draw.random() < 0.25 else image.filter(ImageFilter.GaussianBlur(draw.choice([0, 0, 1, 2])))


def tinted(photos: list[Path], draw: random.Random) -> Image.Image:
    image = _fit(_photo(photos, draw), (192, 144), draw)
    pixels = np.asarray(image).astype(np.float32)
    if draw.random() < 0.5:
        pixels = pixels.mean(2, keepdims=True) * np.array([draw.uniform(0.3, 1.2) for _ in range(3)])
    else:
        pixels = pixels[..., draw.sample(range(3), 3)] * np.array([draw.uniform(0.5, 1.3) for _ in range(3)])
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def framed(photos: list[Path], draw: random.Random) -> Image.Image:
    """A photograph on black or white with a caption, or cut to a disc, as exports show real pictures too."""
    back = draw.choice([0, 0, 255])
    sheet = Image.new("RGB", (192, 192), (back,) * 3)
    photo = _fit(_photo(photos, draw), (draw.randint(100, 170), draw.randint(100, 160)), draw)
    if draw.random() < 0.5:
        mask = Image.new("L", photo.size, 0)
        ImageDraw.Draw(mask).ellipse((0, 0, photo.width - 1, photo.height - 1), fill=255)
        sheet.paste(photo, ((192 - photo.width) // 2, 10), mask)
    else:
        sheet.paste(photo, ((192 - photo.width) // 2, 10))
    ImageDraw.Draw(sheet).text((10, 172), sentence(draw, 3), font=font(draw, 12), fill=(255 - back,) * 3)
    return sheet if draw.random() < 0.5 else sheet.convert("L")


def crop(photos: list[Path], draw: random.Random) -> Image.Image:
    """A small part, enlarged: texture without a thing in it."""
    photo = _photo(photos, draw)
    side = draw.randint(28, max(29, min(photo.size) // 2))
    left, top = draw.randint(0, photo.width - side), draw.randint(0, photo.height - side)
    image = photo.crop((left, top, left + side, top + side)).resize((128, 128), Image.Resampling.BICUBIC)
    return image if draw.random() < 0.5 else image.convert("L")


KINDS = {"collage": collage, "greyphoto": grey, "tinted": tinted, "framed": framed, "crop": crop}


def composite(kind: str, photos: list[Path], draw: random.Random) -> np.ndarray:
    """One composite of a kind."""
    return np.asarray(KINDS[kind](photos, draw))
