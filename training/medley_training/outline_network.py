"""The outlining networks: logits of masks and of presence, one channel a task, from a shared trunk (outline) or a small U-Net (vessels)."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F

from .trunk import Trunk

# Blocks of the trunk after which its features are taken, and their channels: at a 4th, 8th, 16th and 32nd of the input.
TAKEN = {2: 24, 5: 32, 12: 96, 15: 160}


def conv(cin: int, cout: int, kernel: int = 3) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(cin, cout, kernel, padding=kernel // 2, bias=False), nn.BatchNorm2d(cout), nn.ReLU(inplace=True))


def twice(x: torch.Tensor) -> torch.Tensor:
    return F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)


class Outliner(nn.Module):
    """`[N,3,S,S]` in −1…1 → mask logits `[N,tasks,S/4,S/4]`, presence logits `[N,tasks]`. A feature pyramid (Lin et al. 2017) on MobileNetV2."""

    def __init__(self, tasks: int, frozen: int = 4):
        super().__init__()
        self.trunk = Trunk()
        self.trunk.blocks = self.trunk.blocks[: max(TAKEN) + 1]
        del self.trunk.head
        self.frozen = frozen
        self.deep, self.context = conv(160, 128, 1), nn.Linear(128, 128)
        self.side16, self.side8, self.side4 = conv(96, 128, 1), conv(32, 96, 1), conv(24, 64, 1)
        self.up16, self.up8, self.up4, self.last = conv(128, 96), conv(96, 64), conv(64, 64), conv(64, 64)
        self.masks = nn.Conv2d(64, tasks, 1)
        self.drop = nn.Dropout(0.2)
        self.presence = nn.Linear(96 + 96 + 128, tasks)
        nn.init.constant_(self.masks.bias, -2.5)

    def features(self, x: torch.Tensor) -> list[torch.Tensor]:
        taken = []
        with torch.set_grad_enabled(self.training and self.frozen == 0 and torch.is_grad_enabled()):
            x = F.relu6(self.trunk.stem(x))
        for i, block in enumerate(self.trunk.blocks):
            with torch.set_grad_enabled(self.training and i >= self.frozen and torch.is_grad_enabled()):
                x = block(x)
            if i in TAKEN:
                taken.append(x)
        return taken

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        x4, x8, x16, x32 = self.features(x)
        deep = self.deep(x32)
        context = self.context(deep.mean((2, 3)))
        deep = deep + context[:, :, None, None]
        y = self.up16(twice(deep) + self.side16(x16))
        whole = torch.cat([y.mean((2, 3)), y.amax((2, 3)), context], 1)
        y = self.up8(twice(y) + self.side8(x8))
        y = self.last(self.up4(twice(y) + self.side4(x4)))
        return self.masks(y), self.presence(self.drop(whole))


# Side of the neighbourhood by which brightness and contrast are evened, in pixels.
NEAR = 16


def evened(x: torch.Tensor) -> torch.Tensor:
    """Without slow changes of brightness and contrast: lamps, cameras and eyes differ in these."""
    spread = lambda y: F.interpolate(F.avg_pool2d(F.avg_pool2d(y, NEAR), 3, 1, 1, count_include_pad=False), scale_factor=NEAR, mode="bilinear", align_corners=False)
    rest = x - spread(x)
    return rest / (spread(rest * rest) + 0.0025).sqrt()


class VesselNet(nn.Module):
    """`[N,3,S,S]` in −1…1 → mask logits `[N,tasks,S,S]`, presence logits `[N,tasks]`. A U-Net (Ronneberger et al. 2015) whose sides are added.

    It sees the picture as it is and evened.
    """

    def __init__(self, tasks: int, widths: tuple[int, ...] = (16, 32, 64, 96)):
        super().__init__()
        self.down = nn.ModuleList(nn.Sequential(conv(cin, cout), conv(cout, cout)) for cin, cout in zip((6, *widths), widths))
        self.narrow = nn.ModuleList(conv(deep, wide, 1) for wide, deep in zip(widths, widths[1:]))
        self.up = nn.ModuleList(conv(width, width) for width in widths[:-1])
        self.masks = nn.Conv2d(widths[0], tasks, 1)
        self.presence = nn.Linear(2 * widths[-1], tasks)
        nn.init.constant_(self.masks.bias, -2.0)

    def deep(self, x: torch.Tensor) -> list[torch.Tensor]:
        taken = []
        x = torch.cat([x, 0.5 * evened(x)], 1)
        for i, level in enumerate(self.down):
            x = level(x if i == 0 else F.max_pool2d(x, 2))
            taken.append(x)
        return taken

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        taken = self.deep(x)
        y = taken[-1]
        whole = torch.cat([y.mean((2, 3)), y.amax((2, 3))], 1)
        for narrow, up, side in zip(reversed(self.narrow), reversed(self.up), reversed(taken[:-1])):
            y = up(twice(narrow(y)) + side)
        return self.masks(y), self.presence(whole)
