"""The recognition network: one trunk, one linear head per question, logits out. Feature statistics are mixed while training."""

from __future__ import annotations

import torch
from torch import nn

from .classes import QUESTIONS
from .trunk import Trunk


def mix_style(x: torch.Tensor) -> torch.Tensor:
    """Means and deviations of feature maps mixed between pictures of a batch (MixStyle, Zhou et al. 2021)."""
    mean, std = x.mean((2, 3), keepdim=True), x.std((2, 3), keepdim=True) + 1e-5
    other = torch.randperm(len(x))
    share = torch.distributions.Beta(0.2, 0.2).sample((len(x), 1, 1, 1))
    mean_, std_ = mean.detach(), std.detach()
    mixed_mean = share * mean_ + (1 - share) * mean_[other]
    mixed_std = share * std_ + (1 - share) * std_[other]
    return (x - mean) / std * mixed_std + mixed_mean


class Recogniser(nn.Module):
    """`[N,3,S,S]` in −1…1 → logits of each question, in the order of QUESTIONS."""

    def __init__(self, frozen: int = 0):
        super().__init__()
        self.trunk = Trunk()
        self.frozen = frozen
        self.drop = nn.Dropout(0.25)
        self.heads = nn.ModuleList(nn.Linear(1280, len(classes)) for classes in QUESTIONS.values())

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, ...]:
        trunk = self.trunk
        with torch.set_grad_enabled(self.training and self.frozen == 0 and torch.is_grad_enabled()):
            x = nn.functional.relu6(trunk.stem(x))
        for i, block in enumerate(trunk.blocks):
            with torch.set_grad_enabled(self.training and i >= self.frozen and torch.is_grad_enabled()):
                x = block(x)
            if self.training and i in (2, 5) and torch.rand(()) < 0.35:
                x = mix_style(x)
        x = nn.functional.relu6(trunk.head(x))
        # flatten, not a squeeze: the exported graph keeps a plain GlobalAveragePool.
        x = self.drop(nn.functional.adaptive_avg_pool2d(x, 1).flatten(1))
        return tuple(head(x) for head in self.heads)
