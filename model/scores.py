"""Scores of strangeness, as pure functions of logits or features. Larger is always stranger."""

from collections.abc import Callable

import numpy as np

Scorer = Callable[[np.ndarray], np.ndarray]


def unconfidence(logits: np.ndarray) -> np.ndarray:
    """One minus the largest softmax probability (Hendrycks and Gimpel, 2017)."""
    e = np.exp(logits - logits.max(1, keepdims=True))
    return 1 - (e / e.sum(1, keepdims=True)).max(1)


def energy(logits: np.ndarray) -> np.ndarray:
    """Minus the log of the sum of exponentials (Liu et al., 2020)."""
    top = logits.max(1)
    return -(top + np.log(np.exp(logits - top[:, None]).sum(1)))


def neighbour(fit: np.ndarray, k: int = 10) -> Scorer:
    """Distance to the k-th nearest of the fitted features, all of length one (Sun et al., 2022)."""
    unit = fit / np.linalg.norm(fit, axis=1, keepdims=True)

    def score(x: np.ndarray) -> np.ndarray:
        similarity = (x / np.linalg.norm(x, axis=1, keepdims=True)) @ unit.T
        return np.sqrt(np.maximum(0, 2 - 2 * np.partition(similarity, -k, axis=1)[:, -k]))

    return score


def axes(fit: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Centre, principal axes (columns, the strongest first) and the variance along each."""
    centre = fit.mean(0)
    variances, directions = np.linalg.eigh(np.cov(fit.T))
    return centre, directions[:, ::-1], np.maximum(variances[::-1], 0)


def whitening(fit: np.ndarray, shrink: float, rank: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Centre and projection whose output's length is the Mahalanobis distance.

    The variances are shrunk towards their mean by `shrink`; with a rank only that many of the strongest axes count.
    """
    centre, directions, variances = axes(fit)
    variances = (1 - shrink) * variances + shrink * variances.mean()
    return centre, (directions / np.sqrt(variances))[:, :rank]


def leftover(fit: np.ndarray, explained: float) -> tuple[np.ndarray, np.ndarray]:
    """Centre and projection on what the strongest axes, which hold that share of the variance, leave."""
    centre, directions, variances = axes(fit)
    rank = int(np.searchsorted(np.cumsum(variances) / variances.sum(), explained)) + 1
    return centre, directions[:, rank:]


def length(centre: np.ndarray, projection: np.ndarray) -> Scorer:
    return lambda x: np.linalg.norm((x - centre) @ projection, axis=1)


def auroc(inside: np.ndarray, outside: np.ndarray) -> float:
    """The share of pairs in which the outside one is stranger; ties count half."""
    order = np.searchsorted(np.sort(inside), outside, "left") + np.searchsorted(np.sort(inside), outside, "right")
    return float(order.mean() / 2 / len(inside))
