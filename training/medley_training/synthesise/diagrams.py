"""Flow charts, codes, icons, maps, floor plans and cartoons: negatives for the recognition network."""
from __future__ import annotations

import random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .wording import font, sentence, word

Colour = tuple[int, int, int]


def _colour(draw: random.Random, low: int = 0, high: int = 255) -> Colour:
    return (draw.randint(low, high), draw.randint(low, high), draw.randint(low, high))


def _canvas(draw: random.Random, width: int, height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (width, height), draw.choice([(255, 255, 255), (255, 255, 255), (248, 244, 232), (20, 22, 28), _colour(draw, 180)]))
    return image, ImageDraw.Draw(image)


def flow(draw: random.Random) -> Image.Image:
    image, pen = _canvas(draw, 480, draw.choice([320, 480]))
    dark = sum(image.getpixel((0, 0))) < 300
    line, fill = ((230, 230, 230) if dark else (30, 30, 30)), _colour(draw, 150)
    spots = []
    for row in range(draw.randint(2, 5)):
        for column in range(draw.randint(1, 4)):
            spots.append((20 + column * 118, 16 + row * 92))
    for a, b in zip(spots, spots[1:]):
        bend = draw.random() < 0.5
        points = [(a[0] + 45, a[1] + 24), (b[0] + 45, a[1] + 24), (b[0] + 45, b[1] + 24)] if bend else [(a[0] + 45, a[1] + 24), (b[0] + 45, b[1] + 24)]
        pen.line(points, fill=line, width=2)
    for x, y in spots:
        kind = draw.randrange(4)
        if kind == 0:
            pen.polygon([(x + 45, y - 8), (x + 96, y + 24), (x + 45, y + 56), (x - 6, y + 24)], fill=fill, outline=line)
        elif kind == 1:
            pen.ellipse((x, y, x + 90, y + 48), fill=fill, outline=line)
        else:
            pen.rounded_rectangle((x, y, x + 90, y + 48), draw.choice([0, 8, 20]), fill=fill, outline=line, width=2)
        pen.text((x + 12, y + 16), word(draw)[:9], font=font(draw, 12), fill=(0, 0, 0))
    return image


def quick_response(draw: random.Random) -> Image.Image:
    """Looks like a QR code (finder squares, timing, random modules); it says nothing."""
    size = draw.choice([21, 25, 29, 33, 41])
    modules = np.array([[draw.random() < 0.5 for _ in range(size)] for _ in range(size)])
    finder = np.ones((7, 7), bool)
    finder[1:6, 1:6] = False
    finder[2:5, 2:5] = True
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        modules[max(0, top - 1) : top + 8, max(0, left - 1) : left + 8] = False
        modules[top : top + 7, left : left + 7] = finder
    modules[6, 8 : size - 8] = modules[8 : size - 8, 6] = np.arange(size - 16) % 2 == 0
    grey = np.where(np.pad(modules, draw.choice([1, 4])), 0, 255).astype(np.uint8)
    scale = draw.randint(4, 8)
    image = Image.fromarray(grey).resize((grey.shape[1] * scale,) * 2, Image.Resampling.NEAREST).convert("RGB")
    return image.rotate(draw.choice([0, 0, draw.uniform(-20, 20)]), fillcolor=(200, 200, 200), expand=True)


def bars(draw: random.Random) -> Image.Image:
    image = Image.new("RGB", (draw.randint(220, 420), draw.randint(100, 220)), (255, 255, 255))
    pen, x = ImageDraw.Draw(image), 20
    while x < image.width - 24:
        width = draw.choice([2, 2, 4, 6])
        pen.rectangle((x, 14, x + width - 1, image.height - 34), fill=(0, 0, 0))
        x += width + draw.choice([2, 2, 4, 6])
    pen.text((40, image.height - 28), " ".join(str(draw.randint(0, 9)) for _ in range(13)), font=font(draw, 16), fill=(0, 0, 0))
    return image


def icon(draw: random.Random) -> Image.Image:
    image, pen = _canvas(draw, 200, 200)
    for _ in range(draw.randint(1, 4)):
        colour, kind = _colour(draw), draw.randrange(5)
        a, b = sorted(draw.sample(range(15, 185), 2))
        c, d = sorted(draw.sample(range(15, 185), 2))
        if b - a < 30 or d - c < 30:
            continue
        if kind == 0:
            pen.ellipse((a, c, b, d), fill=colour)
        elif kind == 1:
            pen.rounded_rectangle((a, c, b, d), 18, fill=colour)
        elif kind == 2:
            pen.polygon([(a, d), ((a + b) // 2, c), (b, d)], fill=colour)
        elif kind == 3:
            pen.arc((a, c, b, d), draw.randint(0, 180), draw.randint(200, 360), fill=colour, width=14)
        else:
            angles = [np.pi * i / 5 for i in range(10)]
            pen.polygon([(100 + (80 if i % 2 else 34) * np.sin(t), 100 + (80 if i % 2 else 34) * np.cos(t)) for i, t in enumerate(angles)], fill=colour)
    if draw.random() < 0.5:
        pen.text((30, 70), word(draw).capitalize(), font=font(draw, draw.randint(26, 54)), fill=_colour(draw))
    return image


def street_map(draw: random.Random) -> Image.Image:
    image = Image.new("RGB", (400, 320), draw.choice([(242, 239, 233), (230, 232, 236), (35, 38, 46)]))
    pen = ImageDraw.Draw(image)
    for _ in range(draw.randint(2, 6)):
        centre = (draw.randint(0, 400), draw.randint(0, 320))
        pen.polygon([(centre[0] + draw.randint(-80, 80), centre[1] + draw.randint(-60, 60)) for _ in range(6)], fill=draw.choice([(170, 211, 223), (200, 225, 170), (220, 214, 200)]))
    for _ in range(draw.randint(8, 22)):
        x, y = draw.randint(0, 400), draw.randint(0, 320)
        points = [(x, y)]
        for _ in range(draw.randint(2, 6)):
            x, y = x + draw.randint(-120, 120), y + draw.randint(-100, 100)
            points.append((x, y))
        pen.line(points, fill=draw.choice([(255, 255, 255), (250, 210, 120), (230, 140, 130), (150, 150, 150)]), width=draw.choice([2, 4, 7]), joint="curve")
    for _ in range(draw.randint(3, 10)):
        pen.text((draw.randint(0, 340), draw.randint(0, 300)), word(draw).capitalize(), font=font(draw, draw.choice([9, 12, 15])), fill=(80, 80, 90))
    return image


def floor_plan(draw: random.Random) -> Image.Image:
    blue = draw.random() < 0.3
    back, ink = ((20, 60, 130), (235, 240, 255)) if blue else ((255, 255, 255), (20, 20, 20))
    image = Image.new("RGB", (420, 320), back)
    pen = ImageDraw.Draw(image)

    def rooms(left: int, top: int, right: int, bottom: int, depth: int) -> None:
        pen.rectangle((left, top, right, bottom), outline=ink, width=3)
        if depth == 0 or right - left < 90 or bottom - top < 90:
            pen.text((left + 10, top + 10), word(draw), font=font(draw, 11), fill=ink)
            pen.arc((left - 24, bottom - 26, left + 26, bottom + 24), 270, 360, fill=ink)
        elif right - left > bottom - top:
            middle = draw.randint(left + 40, right - 40)
            rooms(left, top, middle, bottom, depth - 1)
            rooms(middle, top, right, bottom, depth - 1)
        else:
            middle = draw.randint(top + 40, bottom - 40)
            rooms(left, top, right, middle, depth - 1)
            rooms(left, middle, right, bottom, depth - 1)

    rooms(20, 20, 400, 300, draw.randint(2, 5))
    return image


def cartoon(draw: random.Random) -> Image.Image:
    image = Image.new("RGB", (360, 280), _colour(draw, 130))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, draw.randint(150, 220), 360, 280), fill=_colour(draw, 60, 200))
    for _ in range(draw.randint(2, 6)):
        x, y, r, colour = draw.randint(20, 320), draw.randint(60, 220), draw.randint(18, 60), _colour(draw)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=colour, outline=(0, 0, 0), width=3)
        if draw.random() < 0.7:
            for side in (-1, 1):
                ex = x + side * r // 3
                pen.ellipse((ex - r // 5, y - r // 3, ex + r // 5, y + r // 8), fill=(255, 255, 255), outline=(0, 0, 0))
                pen.ellipse((ex - r // 12, y - r // 6, ex + r // 12, y), fill=(0, 0, 0))
            pen.arc((x - r // 2, y - r // 4, x + r // 2, y + r // 2), 20, 160, fill=(0, 0, 0), width=3)
    if draw.random() < 0.4:
        pen.text((20, 10), sentence(draw, 3), font=font(draw, 22), fill=(0, 0, 0))
    return image.filter(ImageFilter.SMOOTH)


KINDS = {"flow": flow, "qr": quick_response, "barcode": bars, "icon": icon, "map": street_map, "plan": floor_plan, "cartoon": cartoon}


def diagram(kind: str, draw: random.Random) -> np.ndarray:
    """One drawing of a kind."""
    return np.asarray(KINDS[kind](draw))
