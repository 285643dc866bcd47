"""Temperature, scale of scores and thresholds, from pictures that neither the network nor its familiarity had seen."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar

from familiar import Seen, ordinary
from measures import likelihood, softmax
from serve import Answer, decide
from sight import CLEAN

REVIEW = 0.985  # of ordinary pictures; spends half of the flags that are allowed: 2 % of clean, 4 % of mildly changed ones
REJECT_TAIL = 1.5  # the reject distance lies this many times as far beyond the median as the review distance does
LOWEST_CONFIDENCE, FEWEST_ACCEPTED = 0.0, 0.2  # a target that leaves fewer accepted is missed, and said to be
QUALITY = {
    "brightness": {"poor": 0.18, "unusable": 0.08},
    "clipped": {"poor": 0.22, "unusable": 0.60},
    "sharpness": {"poor": 0.17, "unusable": 0.05},
    "shortSide": {"poor": 160, "unusable": 64},
}
OFTEN, SELDOM = 0.05, 0.005  # of ordinary pictures that a level of quality may hit; past it the level gives way
PERCENTILES = np.array([*np.arange(0, 0.95, 0.05), 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.9925, 0.995, 0.9975, 1.0])


@dataclass(frozen=True)
class Setting:
    """What turns outputs into answers."""

    temperature: float
    knots: np.ndarray
    thresholds: dict

    @property
    def review_distance(self) -> float:
        return float(np.interp(REVIEW, PERCENTILES, self.knots))


def settled(seen: dict[str, Seen], truth: np.ndarray, among: list[int], target: float) -> Setting:
    """Everything that is calibrated, from the folds given."""
    clean = seen[CLEAN].chosen(np.isin(seen[CLEAN].fold, among))
    usual = ordinary(seen)
    warm, scale = temperature(clean, truth), knots(usual, among)
    probabilities = softmax(clean.logits / warm)
    confidence = confidence_for(target, probabilities.max(1), probabilities.argmax(1) == truth[clean.photo])
    median, review = np.interp([0.5, REVIEW], PERCENTILES, scale)
    reject = median + REJECT_TAIL * (review - median)
    return Setting(
        warm,
        scale,
        {
            "confidence": round(confidence, 4),
            "review": REVIEW,
            "reject": round(float(reject), 3),
            "quality": levels(usual.chosen(np.isin(usual.fold, among))),
        },
    )


def temperature(clean: Seen, truth: np.ndarray) -> float:
    """The one that makes the held-out clean photos most likely."""
    found = minimize_scalar(
        lambda t: likelihood(softmax(clean.logits / np.exp(t)), truth[clean.photo]), bounds=(-4, 4), method="bounded"
    )
    return float(np.exp(found.x))


def knots(usual: Seen, among: list[int]) -> np.ndarray:
    """The distance at every percentile of the reference: the mean over folds of each fold's own quantile. Rising."""
    each = [np.quantile(usual.distance[usual.fold == fold], PERCENTILES) for fold in among]
    mean = np.mean(each, axis=0)
    mean[-1] = np.max(each)
    for i in range(1, len(mean)):
        mean[i] = max(mean[i], mean[i - 1] + 1e-4)
    return mean


def confidence_for(target: float, confidence: np.ndarray, right: np.ndarray) -> float:
    """The lowest confidence from which on that share of answers is right; where none is, the highest that accepts
    FEWEST_ACCEPTED.
    """
    order = np.argsort(-confidence, kind="stable")
    good = np.cumsum(right[order]) / np.arange(1, len(order) + 1) >= target
    fewest = max(1, int(FEWEST_ACCEPTED * len(order)))
    accepted = np.flatnonzero(good)
    count = accepted[-1] + 1 if len(accepted) and accepted[-1] + 1 >= fewest else fewest
    if count == len(order):
        return LOWEST_CONFIDENCE
    return float(confidence[order[count - 1]])


def levels(usual: Seen) -> dict:
    """The levels of quality.

    One that would often hit ordinary pictures (a plant photographed on black) gives way to what they are.
    """
    measured = {
        "brightness": usual.quality[:, 0],
        "clipped": usual.quality[:, 1],
        "sharpness": usual.quality[:, 2],
        "shortSide": usual.short.astype(float),
    }
    found = {}
    for name, given in QUALITY.items():
        worse = np.sort(-measured[name] if name == "clipped" else measured[name])
        sign = -1 if name == "clipped" else 1
        poor = sign * min(sign * given["poor"], float(np.quantile(worse, OFTEN)))
        unusable = sign * min(sign * given["unusable"], float(np.quantile(worse, SELDOM)), sign * poor)
        found[name] = {"poor": rounded(name, poor), "unusable": rounded(name, unusable)}
    return found


def rounded(name: str, level: float) -> float:
    return int(level) if name == "shortSide" else round(level, 4)


def judged(seen: Seen, settings: list[Setting]) -> list[Answer]:
    """Each picture answered by the setting of the folds in which its photo was not held out."""
    out: list[Answer] = [None] * len(seen.fold)  # type: ignore[list-item]
    for fold, setting in enumerate(settings):
        which = np.flatnonzero(seen.fold == fold)
        for i, answer in zip(which, answers(seen.chosen(which), setting), strict=True):
            out[i] = answer
    return out


def answers(seen: Seen, setting: Setting) -> list[Answer]:
    probabilities = softmax(seen.logits / setting.temperature)
    score = np.interp(seen.distance, setting.knots, PERCENTILES)
    return [
        decide(setting.thresholds, {"probabilities": p, "logits": z, "score": s, "distance": d, "quality": q}, int(n))
        for p, z, s, d, q, n in zip(probabilities, seen.logits, score, seen.distance, seen.quality, seen.short, strict=True)
    ]
