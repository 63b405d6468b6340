"""Screens: windows, terminals, code, chats, web pages, dashboards, file lists: negatives for the recognition network."""
from __future__ import annotations

import random

import numpy as np
from PIL import Image, ImageDraw

from .wording import font, sentence, word

Colour = tuple[int, int, int]


def _colour(draw: random.Random, low: int = 0, high: int = 255) -> Colour:
    return (draw.randint(low, high), draw.randint(low, high), draw.randint(low, high))


def _theme(draw: random.Random) -> tuple[Colour, Colour, Colour]:
    """Background, panel and ink colours."""
    if draw.random() < 0.45:
        return (24, 26, 32), (40, 44, 54), (220, 224, 230)
    return (245, 246, 248), (255, 255, 255), (30, 34, 40)


def _title_bar(pen: ImageDraw.ImageDraw, draw: random.Random, width: int, panel: Colour, ink: Colour) -> None:
    pen.rectangle((0, 0, width, 22), fill=panel)
    for i, colour in enumerate([(236, 95, 88), (240, 190, 70), (98, 197, 84)]):
        pen.ellipse((8 + i * 16, 6, 18 + i * 16, 16), fill=colour)
    pen.text((width // 2 - 40, 4), sentence(draw, 2), font=font(draw, 11), fill=ink)


def terminal(draw: random.Random) -> Image.Image:
    back, ink = draw.choice([((0, 0, 0), (210, 210, 210)), ((0, 20, 0), (60, 230, 90)), ((48, 10, 36), (240, 240, 240)), ((255, 255, 255), (0, 0, 0))])
    image = Image.new("RGB", (draw.randint(360, 640), draw.randint(260, 420)), back)
    pen, size = ImageDraw.Draw(image), draw.choice([9, 11, 14])
    face = font(draw, size, mono=True)
    for y in range(6, image.height - size, int(size * 1.3)):
        if draw.random() < 0.85:
            pen.text((6, y), draw.choice(["$ ", "> ", "", "  ", "[ok] "]) + sentence(draw, draw.randint(1, 9)), font=face, fill=ink if draw.random() < 0.8 else _colour(draw, 90))
    return image


def code(draw: random.Random) -> Image.Image:
    back, panel, ink = _theme(draw)
    image = Image.new("RGB", (640, draw.randint(300, 480)), back)
    pen, size = ImageDraw.Draw(image), draw.choice([10, 12])
    face, depth = font(draw, size, mono=True), 0
    side = draw.choice([0, 120])
    pen.rectangle((0, 0, side, image.height), fill=panel)
    for line, y in enumerate(range(8, image.height - size, int(size * 1.4))):
        pen.text((side + 4, y), f"{line + 1:>3}", font=face, fill=(120, 125, 135))
        x = side + 40 + depth * 24
        for _ in range(draw.randint(0, 6)):
            text = draw.choice([word(draw), "= ", "(", ") {", "return", "if", f"{draw.randint(0, 99)}", f'"{word(draw)}"'])
            pen.text((x, y), text, font=face, fill=ink if draw.random() < 0.5 else draw.choice([(198, 120, 221), (97, 175, 239), (152, 195, 121), (209, 154, 102)]))
            x += int(pen.textlength(text + " ", font=face))
        depth = max(0, min(5, depth + draw.choice([-1, 0, 0, 1])))
    return image


def chat(draw: random.Random) -> Image.Image:
    back, panel, ink = _theme(draw)
    image = Image.new("RGB", (draw.choice([260, 320]), draw.choice([480, 560])), back)
    pen, y = ImageDraw.Draw(image), 34
    _title_bar(pen, draw, image.width, panel, ink)
    mine = _colour(draw, 60, 220)
    while y < image.height - 60:
        lines, right = draw.randint(1, 4), draw.random() < 0.5
        width, height = draw.randint(90, 190), lines * 15 + 14
        left = image.width - width - 10 if right else 10
        pen.rounded_rectangle((left, y, left + width, y + height), 10, fill=mine if right else panel)
        for i in range(lines):
            pen.text((left + 8, y + 7 + i * 15), sentence(draw, max(1, width // 45)), font=font(draw, 11), fill=(255, 255, 255) if right else ink)
        y += height + 10
    return image


def web(draw: random.Random) -> Image.Image:
    back, panel, ink = _theme(draw)
    image = Image.new("RGB", (640, draw.randint(360, 640)), back)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 640, 44), fill=_colour(draw))
    for i in range(5):
        pen.text((200 + i * 80, 14), word(draw), font=font(draw, 13), fill=(255, 255, 255))
    pen.text((30, 60), sentence(draw, 4), font=font(draw, 28), fill=ink)
    columns = draw.randint(1, 4)
    for row in range(draw.randint(1, 3)):
        for column in range(columns):
            left, top, width = 20 + column * 610 // columns, 110 + row * 170, 590 // columns
            pen.rounded_rectangle((left, top, left + width, top + 160), 6, fill=panel, outline=(190, 195, 200))
            pen.rectangle((left + 8, top + 8, left + width - 8, top + 80), fill=_colour(draw, 80))
            for i in range(4):
                pen.text((left + 8, top + 88 + i * 16), sentence(draw, max(1, width // 60)), font=font(draw, 11), fill=ink)
    return image


def dialog(draw: random.Random) -> Image.Image:
    image = Image.new("RGB", (480, 340), _colour(draw))
    back, panel, ink = _theme(draw)
    pen = ImageDraw.Draw(image)
    for _ in range(draw.randint(1, 3)):
        left, top, width, height = draw.randint(0, 160), draw.randint(0, 120), draw.randint(200, 300), draw.randint(140, 200)
        pen.rectangle((left, top, left + width, top + height), fill=back, outline=(110, 110, 110))
        pen.rectangle((left, top, left + width, top + 20), fill=_colour(draw))
        pen.text((left + 6, top + 4), sentence(draw, 3), font=font(draw, 11), fill=(255, 255, 255))
        for i in range(4):
            pen.text((left + 14, top + 34 + i * 18), sentence(draw, draw.randint(2, 6)), font=font(draw, 11), fill=ink)
        for i in range(2):
            pen.rounded_rectangle((left + width - 80 * (i + 1), top + height - 32, left + width - 80 * i - 12, top + height - 10), 4, fill=panel, outline=(120, 120, 120))
            pen.text((left + width - 80 * (i + 1) + 14, top + height - 28), word(draw)[:6], font=font(draw, 11), fill=ink)
    return image


def dashboard(draw: random.Random) -> Image.Image:
    back, panel, ink = _theme(draw)
    image = Image.new("RGB", (640, 400), back)
    pen = ImageDraw.Draw(image)
    for row in range(2):
        for column in range(3):
            left, top = 12 + column * 210, 12 + row * 196
            pen.rounded_rectangle((left, top, left + 198, top + 184), 8, fill=panel, outline=(130, 135, 140))
            pen.text((left + 10, top + 8), sentence(draw, 2), font=font(draw, 12), fill=ink)
            colour, kind = _colour(draw, 60, 230), draw.randrange(4)
            if kind == 0:
                pen.text((left + 20, top + 60), str(draw.randint(1, 99999)), font=font(draw, 40), fill=colour)
            elif kind == 1:
                pen.line([(left + 12 + i * 12, top + 100 + draw.randint(-50, 60)) for i in range(15)], fill=colour, width=3)
            elif kind == 2:
                for i in range(9):
                    pen.rectangle((left + 14 + i * 20, top + draw.randint(40, 150), left + 28 + i * 20, top + 172), fill=colour)
            else:
                pen.arc((left + 40, top + 40, left + 160, top + 160), draw.randint(0, 90), draw.randint(120, 350), fill=colour, width=22)
    return image


def files(draw: random.Random) -> Image.Image:
    back, panel, ink = _theme(draw)
    image = Image.new("RGB", (600, 400), back)
    pen = ImageDraw.Draw(image)
    _title_bar(pen, draw, 600, panel, ink)
    pen.rectangle((0, 22, 130, 400), fill=panel)
    for i in range(12):
        pen.text((20, 36 + i * 26), sentence(draw, 1), font=font(draw, 12), fill=ink)
    colour, icons = _colour(draw, 60, 230), draw.random() < 0.5
    for i in range(24 if icons else 15):
        if icons:
            x, y = 150 + i % 6 * 74, 36 + i // 6 * 90
            pen.rounded_rectangle((x, y, x + 46, y + 44), 5, fill=colour)
            pen.text((x, y + 50), word(draw)[:8], font=font(draw, 11), fill=ink)
        else:
            y = 34 + i * 24
            pen.rectangle((142, y, 156, y + 14), fill=colour)
            pen.text((166, y), f"{word(draw)}.{draw.choice(['txt', 'pdf', 'py', 'zip'])}", font=font(draw, 12), fill=ink)
            pen.text((430, y), f"{draw.randint(1, 900)} KB", font=font(draw, 12), fill=ink)
    return image


KINDS = {"terminal": terminal, "code": code, "chat": chat, "web": web, "dialog": dialog, "dashboard": dashboard, "files": files}


def screen(kind: str, draw: random.Random) -> np.ndarray:
    """One screen of a kind."""
    return np.asarray(KINDS[kind](draw))
