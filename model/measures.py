"""Figures of merit, as pure functions."""

import numpy as np


def softmax(logits: np.ndarray) -> np.ndarray:
    e = np.exp(logits - logits.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def likelihood(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """Mean negative log-likelihood, in nats."""
    return float(-np.log(np.maximum(probabilities[np.arange(len(labels)), labels], 1e-12)).mean())


def calibration_error(confidence: np.ndarray, right: np.ndarray, bins: int = 15) -> float:
    """Expected calibration error over bins of equal mass."""
    order = np.argsort(confidence, kind="stable")
    gaps = [len(b) * abs(confidence[b].mean() - right[b].mean()) for b in np.array_split(order, bins) if len(b)]
    return float(sum(gaps) / len(confidence))


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927)."""
    share, root = hits / of, z * z / of
    middle = (share + root / 2) / (1 + root)
    half = z * np.sqrt(share * (1 - share) / of + root / of / 4) / (1 + root)
    return float(max(0, middle - half)), float(min(1, middle + half))


def shown(hits: int, of: int) -> str:
    """A share as text: `97.26 % (96.2 to 98.0; 1135 of 1167)`."""
    low, high = wilson(hits, of)
    return f"{100 * hits / of:.2f} % ({100 * low:.1f} to {100 * high:.1f}; {hits} of {of})"
