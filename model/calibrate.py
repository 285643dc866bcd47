"""Temperature, familiarity, thresholds and reference, from pictures that neither the network nor the familiarity had seen.

Pure functions of what was looked at, in folds: each fold's photos are judged by a familiarity fitted on the others'. Everything
is settled twice: with all folds, for what ships, and for each fold from the other folds, for the figures, so that no figure is
judged by what it was fitted on.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
from scipy.optimize import minimize_scalar

from core import Tap
from disturb import HARMFUL, MILD
from graph import Familiarity, Part
from measures import calibration_error, likelihood, softmax, wilson
from scores import length, whitening
from serve import Answer, decide
from sight import CLEAN, DRAWN, ORDINARY, Look

SHRINK = 0.01
# Of a tap; of wider ones the strongest axes count, or the file would carry more covariance than network. Tried on two folds of
# the beans with 144 of 576 axes: strongest 97 % of other leaves and 72 % of ruined pictures, random axes 95 and 76, the most
# varied channels 88 and 68, every fourth 86 and 59, means of four 93 and 64, weakest axes 87 and 59; all 576 98 and 81.
MOST_AXES = 768
REVIEW = 0.985  # of ordinary pictures; spends half of the flags that are allowed: 2 % of clean, 4 % of mildly changed ones
REJECT_TAIL = 1.5  # the reject distance lies this many times as far beyond the median as the review distance does
LOWEST_CONFIDENCE, FEWEST_ACCEPTED = 0.0, 0.2  # a target that leaves fewer accepted is missed, and said to be
DRAWN_FLAGGED, HARMFUL_FLAGGED = 0.95, 0.80  # what trained features reach and random ones do not (5 to 70 %)
NEVER = 3.4e38  # a distance beyond every other
QUALITY = {
    "brightness": {"poor": 0.18, "unusable": 0.08},
    "clipped": {"poor": 0.22, "unusable": 0.60},
    "sharpness": {"poor": 0.17, "unusable": 0.05},
    "shortSide": {"poor": 160, "unusable": 64},
}
OFTEN, SELDOM = 0.05, 0.005  # of ordinary pictures that a level of quality may hit; past it the level gives way
PERCENTILES = np.array([*np.arange(0, 0.95, 0.05), 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.9925, 0.995, 0.9975, 1.0])
EDGES = {
    "score": [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0],
    "confidence": [0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0],
    "brightness": [0, 0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8, 0.9, 1.0],
    "sharpness": [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.8, 1.0, 2.0],
    "clipped": [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0],
    "pixels": [0, 1e4, 5e4, 1e5, 2e5, 4e5, 8e5, 1.6e6, 3.2e6, 6.4e6, 1.28e7, 2.56e7, 5.12e7],
}


@dataclass(frozen=True)
class Seen:
    """What is known of pictures of one kind: logits, distance, quality, size; of which photo, held out in which fold."""

    logits: np.ndarray
    distance: np.ndarray
    quality: np.ndarray
    short: np.ndarray
    area: np.ndarray
    photo: np.ndarray
    fold: np.ndarray

    def chosen(self, which: np.ndarray) -> "Seen":
        return Seen(*(getattr(self, f.name)[which] for f in fields(Seen)))


@dataclass(frozen=True)
class Setting:
    """What turns outputs into answers."""

    temperature: float
    knots: np.ndarray
    thresholds: dict

    @property
    def review_distance(self) -> float:
        return float(np.interp(REVIEW, PERCENTILES, self.knots))


@dataclass(frozen=True)
class Calibration:
    """Everything of the card that is measured, and what the graph needs."""

    shipped: Setting
    settings: list[Setting]
    reference: dict
    figures: dict
    accepted_right: dict
    self_check: dict


def parts(fit: np.ndarray, taps: tuple[Tap, ...]) -> list[Part]:
    """The familiarity fitted on features, without its scale of scores."""
    return [part(f) for f in np.split(fit, np.cumsum([t.channels for t in taps])[:-1], axis=1)]


def part(fit: np.ndarray) -> Part:
    centre, projection = whitening(fit.astype(np.float64), SHRINK, MOST_AXES if fit.shape[1] > MOST_AXES else None)
    lengths = length(centre, projection)(fit)
    return Part(centre, projection, float(lengths.mean()), float(max(lengths.std(), 1e-6)))


def distances(several: list[Part], features: np.ndarray, taps: tuple[Tap, ...]) -> np.ndarray:
    split = np.split(features, np.cumsum([t.channels for t in taps])[:-1], axis=1)
    each = [(length(p.centre, p.projection)(f) - p.shift) / p.scale for f, p in zip(split, several, strict=True)]
    return np.mean(each, axis=0)


def crossed(fits: list[np.ndarray], looks: list[dict[str, Look]], taps: tuple[Tap, ...]) -> dict[str, Seen]:
    """The pictures of every fold, by kind, judged by the familiarity that is fitted without that fold."""
    found: dict[str, list[Seen]] = {}
    for fold, (fit, kinds) in enumerate(zip(fits, looks, strict=True)):
        fitted = parts(fit, taps)
        for kind, look in kinds.items():
            if len(look.photo):
                found.setdefault(kind, []).append(
                    Seen(
                        look.logits,
                        distances(fitted, look.features, taps),
                        look.quality,
                        look.size.min(1),
                        look.size.prod(1),
                        look.photo,
                        np.full(len(look.photo), fold),
                    )
                )
    return {kind: joined(several) for kind, several in found.items()}


def joined(several: list[Seen]) -> Seen:
    return Seen(*(np.concatenate([getattr(s, f.name) for s in several]) for f in fields(Seen)))


def ordinary(seen: dict[str, Seen]) -> Seen:
    return joined([seen[k] for k in ORDINARY if k in seen])


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


def answers(seen: Seen, setting: Setting) -> list[Answer]:
    probabilities = softmax(seen.logits / setting.temperature)
    score = np.interp(seen.distance, setting.knots, PERCENTILES)
    return [
        decide(setting.thresholds, {"probabilities": p, "logits": z, "score": s, "distance": d, "quality": q}, int(n))
        for p, z, s, d, q, n in zip(probabilities, seen.logits, score, seen.distance, seen.quality, seen.short, strict=True)
    ]


def judged(seen: Seen, settings: list[Setting]) -> list[Answer]:
    """Each picture answered by the setting of the folds in which its photo was not held out."""
    out: list[Answer] = [None] * len(seen.fold)  # type: ignore[list-item]
    for fold, setting in enumerate(settings):
        which = np.flatnonzero(seen.fold == fold)
        for i, answer in zip(which, answers(seen.chosen(which), setting), strict=True):
            out[i] = answer
    return out


def calibrated(seen: dict[str, Seen], truth: np.ndarray, labels: list[str], target: float) -> Calibration:
    folds = list(range(int(seen[CLEAN].fold.max()) + 1))
    settings = [settled(seen, truth, [o for o in folds if o != f], target) for f in folds]
    shipped = settled(seen, truth, folds, target)
    check = self_check(seen, settings)
    if not check["passed"]:
        settings = [leaning(s, seen, [o for o in folds if o != f]) for f, s in enumerate(settings)]
        shipped = leaning(shipped, seen, folds)
    clean = judged(seen[CLEAN], settings)
    return Calibration(
        shipped,
        settings,
        reference(seen, settings, labels),
        figures(seen, settings, truth),
        accepted(clean, truth[seen[CLEAN].photo], target),
        check,
    )


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


def self_check(seen: dict[str, Seen], settings: list[Setting]) -> dict:
    """Whether the features tell strange pictures from ordinary ones at all: by distance alone, without quality or confidence."""
    strange = lambda kinds: np.concatenate(
        [seen[k].distance >= np.array([s.review_distance for s in settings])[seen[k].fold] for k in kinds if k in seen]
        or [np.zeros(0, dtype=bool)]
    )
    drawn, harmful = strange([DRAWN]), strange(list(HARMFUL))
    of = lambda hits: round(float(hits.mean()), 4) if len(hits) else 0.0
    return {
        "passed": bool(of(drawn) >= DRAWN_FLAGGED and of(harmful) >= HARMFUL_FLAGGED),
        "drawnUnfamiliar": of(drawn),
        "harmfulUnfamiliar": of(harmful),
        "drawn": len(drawn),
        "harmful": len(harmful),
    }


def leaning(setting: Setting, seen: dict[str, Seen], among: list[int]) -> Setting:
    """Features that carry no familiarity reject nothing, and a person looks at all answers but the surest half of ordinary ones,
    or, where that suffices, all under what 95 % of strange pictures stay."""
    sure = lambda kinds: np.concatenate(
        [
            softmax(s.logits / setting.temperature).max(1)
            for s in [seen[k].chosen(np.isin(seen[k].fold, among)) for k in kinds if k in seen]
        ]
    )
    wanted = min(float(np.quantile(sure([DRAWN, *HARMFUL]), DRAWN_FLAGGED)), float(np.median(sure([CLEAN]))))
    confidence = round(max(setting.thresholds["confidence"], min(wanted, 0.9999)), 4)
    return Setting(setting.temperature, setting.knots, setting.thresholds | {"confidence": confidence, "reject": NEVER})


def histogram(values: np.ndarray, edges: list[float]) -> dict:
    inside = np.clip(values, edges[0], edges[-1])
    return {"edges": edges, "counts": np.histogram(inside, edges)[0].tolist()}


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


def rate(values: list[bool]) -> float:
    return float(np.mean(values)) if len(values) else 0.0


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


def familiar(fit: np.ndarray, taps: tuple[Tap, ...], setting: Setting) -> Familiarity:
    """What goes into the file: fitted on everything, with the scale of scores of what was held out."""
    return Familiarity(parts(fit, taps), setting.knots, PERCENTILES)
