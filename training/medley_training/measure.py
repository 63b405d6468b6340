"""What the answers on left-out sources are worth: accuracy by class, calibration, rejection. Pure functions of logits and truth."""

from __future__ import annotations

import collections

import numpy as np


def softmax(logits: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    z = logits / temperature
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def even_weights(truth: np.ndarray, sources: np.ndarray) -> np.ndarray:
    """Every class the same in all, and every source of a class by the root of its size."""
    count = collections.Counter(zip(truth, sources))
    by_class: dict[int, float] = collections.defaultdict(float)
    for (label, _), n in count.items():
        by_class[label] += n**0.5
    weight = np.array([count[key] ** -0.5 / by_class[key[0]] for key in zip(truth, sources)])
    return weight / weight.sum()


def best_temperature(logits: np.ndarray, truth: np.ndarray, weight: np.ndarray) -> float:
    """The temperature with the least negative log-likelihood (Guo et al. 2017), by a plain search."""
    tried = np.exp(np.linspace(np.log(0.4), np.log(4), 60))
    loss = [-(weight * np.log(softmax(logits, t)[np.arange(len(truth)), truth] + 1e-12)).sum() for t in tried]
    return float(tried[int(np.argmin(loss))])


def calibration_error(probability: np.ndarray, truth: np.ndarray, weight: np.ndarray, bins: int = 15) -> float:
    """Expected calibration error of the first answer, in equal-width bins."""
    top, right = probability.max(1), probability.argmax(1) == truth
    at = np.minimum((top * bins).astype(int), bins - 1)
    total = 0.0
    for b in range(bins):
        chosen = at == b
        if chosen.any():
            share = weight[chosen].sum()
            total += abs((weight[chosen] * right[chosen]).sum() - (weight[chosen] * top[chosen]).sum()) if share else 0
    return float(total / weight.sum())


def auroc(score: np.ndarray, positive: np.ndarray) -> float:
    order = np.argsort(score, kind="stable")
    rank = np.empty(len(score))
    values, inverse, counts = np.unique(score[order], return_inverse=True, return_counts=True)
    first = np.concatenate([[0], np.cumsum(counts)[:-1]])
    rank[order] = (first + (counts + 1) / 2)[inverse]
    n, m = int(positive.sum()), int((~positive).sum())
    return float((rank[positive].sum() - n * (n + 1) / 2) / (n * m)) if n and m else float("nan")


def by_class(predicted: np.ndarray, truth: np.ndarray, sources: np.ndarray, names: list[str]) -> list[dict[str, object]]:
    """Accuracy of each class over its left-out images and as the mean of its sources."""
    rows = []
    for label, name in enumerate(names):
        chosen = truth == label
        if not chosen.any():
            rows.append({"label": name, "sources": 0, "images": 0, "accuracy": None, "bySource": None})
            continue
        per = {str(s): float((predicted[chosen & (sources == s)] == label).mean()) for s in np.unique(sources[chosen])}
        rows.append(
            {
                "label": name,
                "sources": len(per),
                "images": int(chosen.sum()),
                "accuracy": round(float((predicted[chosen] == label).mean()), 4),
                "bySource": round(float(np.mean(list(per.values()))), 4),
                "worst": {s: round(v, 3) for s, v in sorted(per.items(), key=lambda kv: kv[1])[:6] if v < 0.9},
            }
        )
    return rows
