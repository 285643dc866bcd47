"""The card's figures, and the reference that the drift report compares with: on held-out photos, judged by the other folds."""

from collections.abc import Callable

import numpy as np

from disturb import HARMFUL, MILD
from familiar import Seen, ordinary
from measures import calibration_error, likelihood, wilson
from serve import Answer
from sight import CLEAN, DRAWN, ORDINARY
from thresholds import Setting, judged

EDGES = {
    "score": [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0],
    "confidence": [0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0],
    "brightness": [0, 0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8, 0.9, 1.0],
    "sharpness": [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.8, 1.0, 2.0],
    "clipped": [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0],
    "pixels": [0, 1e4, 5e4, 1e5, 2e5, 4e5, 8e5, 1.6e6, 3.2e6, 6.4e6, 1.28e7, 2.56e7, 5.12e7],
}


def figures(seen: dict[str, Seen], settings: list[Setting], truth: np.ndarray) -> dict:
    """The card's figures, on held-out photos."""
    clean = judged(seen[CLEAN], settings)
    own = truth[seen[CLEAN].photo]
    right = np.array([a.label for a in clean]) == own
    probabilities = np.stack([a.probabilities for a in clean])
    mild = {k: judged(seen[k], settings) for k in MILD if k in seen}
    every_mild = [a for v in mild.values() for a in v]
    harmful = {k: judged(seen[k], settings) for k in HARMFUL if k in seen}
    wrong = {
        k: rate([a.decision == "accept" and a.label != truth[p] for a, p in zip(v, seen[k].photo, strict=True)])
        for k, v in harmful.items()
    }
    share: Callable[[list[Answer], str], float] = lambda given, what: rate([a.decision == what for a in given])
    out = {
        "photos": len(clean),
        "accuracyShipped": rate(right),
        "ece": calibration_error(probabilities.max(1), right),
        "nll": likelihood(probabilities, own),
        "flaggedClean": rate([a.flagged for a in clean]),
        "flaggedMild": rate([a.flagged for a in every_mild]),
        "flaggedMildWorst": max((rate([a.flagged for a in v]) for v in mild.values()), default=0.0),
        "acceptClean": share(clean, "accept"),
        "acceptMild": share(every_mild, "accept"),
        "wrongAcceptedHarmful": rate(list(wrong.values())),
        "wrongAcceptedHarmfulWorst": max(wrong.values(), default=0.0),
    }
    outside = {k: s for k, s in seen.items() if k not in ORDINARY and k not in HARMFUL}
    for kind, name in {"leaves": "flaggedOtherLeaves", "things": "flaggedThings", DRAWN: "flaggedDrawn"}.items():
        if kind in outside:
            out[name] = rate([a.flagged for a in judged(outside[kind], settings)])
    return {k: round(v, 5) for k, v in out.items()}


def rate(values: list[bool]) -> float:
    return float(np.mean(values)) if len(values) else 0.0


def accepted(clean: list[Answer], truth: np.ndarray, target: float) -> dict:
    """What came of the target on photos whose threshold other photos chose.

    `reached` is false where even the interval lies below.
    """
    kept = [a.label == t for a, t in zip(clean, truth, strict=True) if a.decision == "accept"]
    low, high = wilson(sum(kept), len(kept)) if kept else (0.0, 0.0)
    return {
        "target": target,
        "right": round(float(np.mean(kept)), 4) if kept else 0.0,
        "low": round(low, 4),
        "high": round(high, 4),
        "accepted": round(len(kept) / len(clean), 4),
        "photos": len(clean),
        "reached": bool(kept) and high >= target,
    }


def reference(seen: dict[str, Seen], settings: list[Setting], labels: list[str]) -> dict:
    """Fixed-bin counts of ordinary held-out pictures, clean and mildly changed, for the drift report to compare with."""
    usual = ordinary(seen)
    given = judged(usual, settings)
    decisions = [a.decision for a in given]
    values = {
        "score": np.array([a.score for a in given]),
        "confidence": np.array([a.confidence for a in given]),
        "brightness": usual.quality[:, 0],
        "clipped": usual.quality[:, 1],
        "sharpness": usual.quality[:, 2],
        "pixels": usual.area.astype(float),
    }
    return (
        {"pictures": len(given), "flagged": sum(a.flagged for a in given)}
        | {k: histogram(values[k], EDGES[k]) for k in EDGES}
        | {
            "label": {"labels": labels, "counts": np.bincount([a.label for a in given], minlength=len(labels)).tolist()},
            "decision": {d: decisions.count(d) for d in ("accept", "review", "reject")},
        }
    )


def histogram(values: np.ndarray, edges: list[float]) -> dict:
    inside = np.clip(values, edges[0], edges[-1])
    return {"edges": edges, "counts": np.histogram(inside, edges)[0].tolist()}
