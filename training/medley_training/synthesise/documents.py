"""Pages, letters, forms, tables, receipts and slides, printed or scanned: negatives for the recognition network."""
from __future__ import annotations

import random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .wording import font, sentence, word

Paper = tuple[Image.Image, ImageDraw.ImageDraw]


def _paper(draw: random.Random, size: tuple[int, int] | None = None) -> Paper:
    width, height = size or draw.choice([(420, 594), (480, 620), (594, 420), (500, 500)])
    tone = draw.choice([255, 255, 250, 240, 225, 200])
    warm = draw.choice([0, 0, 8, 20])
    image = Image.new("RGB", (width, height), (tone, tone - warm // 2, tone - warm))
    return image, ImageDraw.Draw(image)


def _paragraph(pen: ImageDraw.ImageDraw, draw: random.Random, box: tuple[int, int, int, int], size: int, ink: tuple[int, int, int] = (20, 20, 25)) -> int:
    """Fills a box (left, top, right, bottom) with lines; the y below the last one."""
    left, y, right, bottom = box
    face = font(draw, size)
    while y + size < bottom:
        text = sentence(draw, 25)
        while pen.textlength(text, font=face) > right - left and " " in text:
            text = text.rsplit(" ", 1)[0]
        last = draw.random() < 0.12
        pen.text((left, y), text[: len(text) // 2] if last else text, font=face, fill=ink)
        y += int(size * 1.35) * (2 if last else 1)
    return y


def page(draw: random.Random) -> Image.Image:
    image, pen = _paper(draw)
    w, h = image.size
    columns, size = draw.choice([1, 1, 2, 3]), draw.choice([7, 9, 11, 14])
    top = 30
    if draw.random() < 0.7:
        pen.text((w * 0.12, top), sentence(draw, 5), font=font(draw, size * 2), fill=(10, 10, 10))
        top += size * 4
    gap = (w - 60) // columns
    for column in range(columns):
        left = 30 + column * gap
        _paragraph(pen, draw, (left, top, left + gap - 12, h - 30), size)
    return image


def letter(draw: random.Random) -> Image.Image:
    image, pen = _paper(draw, (420, 594))
    face = font(draw, 10)
    if draw.random() < 0.6:
        colour = tuple(draw.randint(0, 200) for _ in range(3))
        pen.ellipse((30, 24, 66, 60), fill=colour)
        pen.text((74, 30), sentence(draw, 2), font=font(draw, 18), fill=colour)
    for i in range(4):
        pen.text((30, 90 + i * 14), sentence(draw, 3), font=face, fill=(0, 0, 0))
    end = _paragraph(pen, draw, (30, 170, 390, draw.randint(280, 470)), draw.choice([9, 11]))
    points = [(40 + i * 4, end + 30 + draw.randint(-12, 12)) for i in range(24)]
    pen.line(points, fill=(20, 30, 120), width=2)
    return image


def form(draw: random.Random) -> Image.Image:
    image, pen = _paper(draw, (420, 594))
    pen.text((30, 20), sentence(draw, 3), font=font(draw, 18), fill=(0, 0, 0))
    y = 60
    while y < 550:
        pen.text((30, y), sentence(draw, 2) + ":", font=font(draw, 10), fill=(0, 0, 0))
        if draw.random() < 0.3:
            for i in range(draw.randint(2, 5)):
                pen.rectangle((170 + i * 45, y, 181 + i * 45, y + 11), outline=(0, 0, 0))
                if draw.random() < 0.4:
                    pen.line((171 + i * 45, y + 1, 180 + i * 45, y + 10), fill=(20, 30, 140), width=2)
        else:
            pen.rectangle((170, y - 3, 390, y + 16), outline=(90, 90, 90))
            if draw.random() < 0.6:
                pen.text((176, y), sentence(draw, 2), font=font(draw, 11), fill=(20, 30, 140))
        y += draw.choice([24, 28, 34])
    return image


def table(draw: random.Random) -> Image.Image:
    image, pen = _paper(draw)
    w, h = image.size
    rows, columns = draw.randint(5, 28), draw.randint(3, 9)
    cell_w, cell_h = (w - 40) / columns, (h - 60) / rows
    face = font(draw, max(6, min(13, int(cell_h * 0.6))))
    striped, ruled = draw.random() < 0.5, draw.random() < 0.7
    for row in range(rows):
        y = 40 + row * cell_h
        if row == 0 or (striped and row % 2):
            pen.rectangle((20, y, w - 20, y + cell_h), fill=(60, 90, 150) if row == 0 else (225, 230, 238))
        for column in range(columns):
            x = 20 + column * cell_w
            text = word(draw) if column == 0 or row == 0 else f"{draw.uniform(0, 1000):.{draw.randint(0, 2)}f}"
            pen.text((x + 3, y + 2), text, font=face, fill=(255, 255, 255) if row == 0 else (0, 0, 0))
            if ruled:
                pen.rectangle((x, y, x + cell_w, y + cell_h), outline=(120, 120, 120))
    return image


def receipt(draw: random.Random) -> Image.Image:
    image, pen = _paper(draw, (240, draw.randint(380, 640)))
    face, y = font(draw, 12, mono=True), 20
    pen.text((60, y), sentence(draw, 2), font=font(draw, 16), fill=(0, 0, 0))
    while (y := y + 18) < image.height - 60:
        pen.text((16, y + 20), f"{word(draw)[:10]:<14}{draw.uniform(0, 90):8.2f}", font=face, fill=(40, 40, 40))
    return image


def slide(draw: random.Random) -> Image.Image:
    back = tuple(draw.randint(0, 255) for _ in range(3))
    ink = (255, 255, 255) if sum(back) < 380 else (0, 0, 0)
    image = Image.new("RGB", (640, 400), back)
    pen = ImageDraw.Draw(image)
    pen.text((40, 30), sentence(draw, 3), font=font(draw, 38), fill=ink)
    for i in range(draw.randint(2, 6)):
        pen.text((60, 110 + i * 42), "\u2022 " + sentence(draw, draw.randint(2, 6)), font=font(draw, 20), fill=ink)
    return image


def lettering(draw: random.Random) -> Image.Image:
    tone = draw.randint(0, 255)
    image = Image.new("L", (draw.randint(160, 420), draw.randint(120, 420)), tone).convert("RGB")
    pen = ImageDraw.Draw(image)
    ink = (255 - tone,) * 3 if abs(tone - 128) > 40 else (draw.choice([0, 255]),) * 3
    for _ in range(draw.randint(1, 5)):
        size = draw.randint(14, 70)
        pen.text((draw.randint(0, image.width // 2), draw.randint(0, image.height - size)), sentence(draw, draw.randint(1, 3)), font=font(draw, size), fill=ink)
    return image


KINDS = {"page": page, "letter": letter, "form": form, "table": table, "receipt": receipt, "slide": slide, "lettering": lettering}


def scanned(image: Image.Image, draw: random.Random) -> Image.Image:
    """As from a flat-bed scanner or copier: turned, blurred, shaded, noisy, perhaps black and white."""
    paper = image.getpixel((1, 1))
    image = image.rotate(draw.uniform(-4, 4), Image.Resampling.BICUBIC, expand=draw.random() < 0.5, fillcolor=draw.choice([paper, (0, 0, 0), (60, 60, 60)]))
    image = image.filter(ImageFilter.GaussianBlur(draw.uniform(0, 1.2)))
    pixels = np.asarray(image.convert("L") if draw.random() < 0.7 else image).astype(np.float32)
    rng = np.random.default_rng(draw.randrange(2**31))
    shade = np.linspace(1, draw.uniform(0.7, 1), pixels.shape[1]).reshape((1, -1) + (1,) * (pixels.ndim - 2))
    pixels = pixels * shade + rng.normal(0, draw.uniform(0, 12), pixels.shape)
    if draw.random() < 0.2:
        pixels = np.where(pixels > 150, 255, 0)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def document(kind: str, draw: random.Random) -> np.ndarray:
    """One page of a kind, two thirds of them as scanned."""
    image = KINDS[kind](draw)
    if draw.random() < 0.66:
        image = scanned(image, draw)
    return np.asarray(image)
