"""Augmentation on whole batches: what other hospitals, exporters and screens do to a picture, so that it can't be a shortcut.

Works on float RGB in 0…1, `[N,3,H,W]`; every random choice comes from the generator that is handed in.
"""

from __future__ import annotations

import io

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont
from torch.nn import functional as F

WORDS = "L R RCC LMLO A P H F SUPINE PORTABLE AP PA 10 20 30 40 cm mm kV mA FR 25Hz GAIN MI 0.9 TIs W:400 L:40 ID 48213 #7 Im: 12/96 1.5T TE 90 zoom".split()


class Augment:
    """`size` is the edge of what comes out; `strength` 0…1 scales every distortion."""

    def __init__(self, size: int, rng: np.random.Generator, strength: float = 1.0):
        self.size, self.rng, self.strength = size, rng, strength

    def __call__(self, images: np.ndarray, turn: torch.Tensor, slices: torch.Tensor) -> torch.Tensor:
        """`images` uint8 `[N,H,W,3]`. Per image: `turn`, whether its kind is met in any orientation; `slices`, whether it is cut from a volume (met in quarter turns)."""
        x = self._tones(images)
        x = self._place(x, turn, slices)
        x = self._resolution(x)
        x = self._noise(x)
        return self._marks(x)

    def _draw(self, n: int, p: float) -> torch.Tensor:
        return torch.from_numpy(self.rng.random(n) < p * self.strength)

    def _tones(self, images: np.ndarray) -> torch.Tensor:
        """Window and level, gamma, inversion, a grey floor, colour balance: one table of 256 values a channel. Grey stays grey, but for faint casts."""
        rng, s, n = self.rng, self.strength, len(images)
        out = np.empty((n, 3, *images.shape[1:3]), np.float32)
        ramp = np.linspace(0, 1, 256, dtype=np.float32)
        for i, image in enumerate(images):
            grey = np.abs(image[..., :1].astype(np.int16) - image).max() < 6
            table = ramp
            if rng.random() < 0.55 * s:
                low, high = rng.uniform(-0.25, 0.3), rng.uniform(0.6, 1.35)
                table = ((table - low) / (high - low)).clip(0, 1)
            if rng.random() < 0.6 * s:
                table = table ** np.exp(rng.uniform(-0.6, 0.6))
            if grey and rng.random() < 0.08 * s:
                table = 1 - table
            if rng.random() < 0.15 * s:
                # Exports through a screen or a printer have no black.
                floor = rng.uniform(0, 0.3)
                table = floor + table * (1 - floor)
            # Scans and photographs of film have faint casts; cameras differ in balance.
            cast = rng.random() < (0.06 if grey else 0.6) * s
            gains = rng.uniform(0.85, 1.1, 3) if grey else rng.uniform(0.75, 1.25, 3)
            for c in range(3):
                gained = (table * gains[c]).clip(0, 1) if cast else table
                out[i, c] = gained.astype(np.float32)[image[..., c]]
            if not grey and rng.random() < 0.5 * s:
                mean = out[i].mean(0, keepdims=True)
                out[i] = (mean + (out[i] - mean) * rng.uniform(0.4, 1.4)).clip(0, 1)
        return torch.from_numpy(out)

    def _place(self, x: torch.Tensor, turn: torch.Tensor, slices: torch.Tensor) -> torch.Tensor:
        return self._moved(x, self._moves(turn, slices))

    def _moves(self, turn: torch.Tensor, slices: torch.Tensor) -> torch.Tensor:
        """`[N,2,3]`: crop, border, aspect, rotation, mirror; quarter turns for pictures that are met in any orientation."""
        n, rng, s = len(turn), self.rng, self.strength
        angle = rng.normal(0, 9, n) * s + np.where(rng.random(n) < np.where(slices.numpy(), 0.25, 0.08) * s, rng.integers(1, 4, n) * 90, 0)
        angle = np.where(turn.numpy() & (rng.random(n) < 0.6), rng.uniform(0, 360, n), angle)
        zoom = np.exp(rng.uniform(-0.45, 0.22, n) * s)
        aspect = np.exp(rng.normal(0, 0.16, n) * s)
        flip = np.where(rng.random(n) < 0.4, -1.0, 1.0)
        upside = np.where(rng.random(n) < np.where(turn.numpy(), 0.5, 0.12 * s), -1.0, 1.0)
        cos, sin = np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))
        theta = np.zeros((n, 2, 3), np.float32)
        theta[:, 0, 0], theta[:, 0, 1] = zoom * aspect * cos * flip, -zoom * sin * flip
        theta[:, 1, 0], theta[:, 1, 1] = zoom / aspect * sin * upside, zoom / aspect * cos * upside
        room = np.maximum(1 - zoom, 0.06)[:, None]
        theta[:, :, 2] = rng.uniform(-1, 1, (n, 2)) * room * s
        return torch.from_numpy(theta)

    def _moved(self, x: torch.Tensor, theta: torch.Tensor) -> torch.Tensor:
        """Outside of the picture: black, or its own corner colour."""
        n = len(x)
        grid = F.affine_grid(theta, [n, 3, self.size, self.size], align_corners=False)
        corner = x[:, :, :3, :3].mean((2, 3), keepdim=True) * self._draw(n, 0.6).view(n, 1, 1, 1)
        return F.grid_sample(x - corner, grid, padding_mode="zeros", align_corners=False) + corner

    def _resolution(self, x: torch.Tensor) -> torch.Tensor:
        """Few pixels enlarged, or blurred; each on a part of the batch."""
        order = self.rng.permutation(len(x))
        share = int(len(x) * 0.3 * self.strength)
        for part, mode in ((order[:share], "nearest"), (order[share : 2 * share], "bilinear")):
            for chunk in np.array_split(part, 3):
                if not len(chunk):
                    continue
                small = int(self.size * self.rng.uniform(0.3 if mode == "bilinear" else 0.45, 0.9))
                shrunk = F.interpolate(x[chunk], size=(small, small), mode="area")
                x[chunk] = F.interpolate(shrunk, size=(self.size, self.size), mode=mode, **({"align_corners": False} if mode == "bilinear" else {}))
        return x

    def _noise(self, x: torch.Tensor) -> torch.Tensor:
        n = len(x)
        for i in np.flatnonzero(self._draw(n, 0.3).numpy()):
            grain = self.rng.standard_normal(x.shape[2:], dtype=np.float32) * self.rng.uniform(0, 0.07)
            x[i] = (x[i] + torch.from_numpy(grain)).clamp(0, 1)
        for i in np.flatnonzero(self._draw(n, 0.15).numpy()):
            raw = (x[i].permute(1, 2, 0).numpy() * 255).astype(np.uint8)
            file = io.BytesIO()
            Image.fromarray(raw).save(file, "JPEG", quality=int(self.rng.integers(12, 70)))
            x[i] = torch.from_numpy(np.asarray(Image.open(file), np.float32) / 255).permute(2, 0, 1)
        return x

    def _marks(self, x: torch.Tensor) -> torch.Tensor:
        """Burned-in text, rulers, frames, boxes and round or octagonal masks."""
        rng, size = self.rng, self.size
        for i in np.flatnonzero(self._draw(len(x), 0.22).numpy()):
            picture = Image.fromarray((x[i].permute(1, 2, 0).numpy() * 255).astype(np.uint8))
            draw = ImageDraw.Draw(picture)
            shade = int(rng.choice([255, 230, 255, 0]))
            ink = (shade,) * 3 if rng.random() < 0.85 else tuple(int(v) for v in rng.integers(0, 256, 3))
            kind = rng.random()
            if kind < 0.5:
                for _ in range(int(rng.integers(1, 6))):
                    at = (int(rng.choice([2, rng.integers(0, size), size * 0.75])), int(rng.choice([2, rng.integers(0, size), size - 14])))
                    draw.text(at, " ".join(rng.choice(WORDS, int(rng.integers(1, 4)))), fill=ink, font=ImageFont.load_default())
            elif kind < 0.7:
                edge = int(rng.choice([3, size - 4]))
                for k in range(4, size, int(rng.integers(5, 14))):
                    draw.line([(edge, k), (edge + int(rng.integers(2, 6)), k)], fill=ink)
            elif kind < 0.9:
                width = int(rng.integers(1, size // 10))
                draw.rectangle([0, 0, size - 1, size - 1], outline=ink if rng.random() < 0.5 else (0, 0, 0), width=width)
            else:
                cover = Image.new("L", (size, size), 0)
                pad = int(rng.integers(0, size // 12))
                ImageDraw.Draw(cover).ellipse([pad - 6, pad - 6, size - pad + 5, size - pad + 5], fill=255)
                picture = Image.composite(picture, Image.new("RGB", (size, size)), cover)
            x[i] = torch.from_numpy(np.asarray(picture, np.float32) / 255).permute(2, 0, 1)
        return x
