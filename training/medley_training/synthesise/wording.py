"""Made-up words, sentences and fonts for pages, plots and screens; no real text."""
from __future__ import annotations

import random
from functools import lru_cache

from matplotlib import font_manager
from PIL import ImageFont

_PARTS = "ta re mi lo sen pra ver ko nal din est um or al ge ter in vo cu bra lin pos mar te no sa he wi con de ri ma".split()


def word(draw: random.Random) -> str:
    """A pronounceable nothing."""
    return "".join(draw.choice(_PARTS) for _ in range(draw.randint(1, 4)))


def sentence(draw: random.Random, count: int) -> str:
    """`count` words, the first with a capital, now and then with figures between."""
    words = [word(draw) if draw.random() < 0.93 else str(draw.randint(0, 2030)) for _ in range(count)]
    return " ".join(words).capitalize()


@lru_cache
def font_files() -> list[str]:
    """Latin text fonts of this computer, at least the plotting library's own."""
    files = sorted(f for f in font_manager.findSystemFonts() if any(n in f for n in ("Liberation", "DejaVuSans", "DejaVuSerif")))
    return files or [font_manager.findfont("DejaVu Sans")]


@lru_cache(maxsize=400)
def _load(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


def font(draw: random.Random, size: int, mono: bool = False) -> ImageFont.FreeTypeFont:
    """A font at `size` pixels, fixed-width if `mono`."""
    files = [f for f in font_files() if "Mono" in f] if mono else font_files()
    return _load(draw.choice(files or font_files()), size)
