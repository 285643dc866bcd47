"""Temperature, familiarity, thresholds and reference, from pictures that the models which answered had not seen.

Everything is a function of the out-of-fold answers of the fold models. Twice: once with all folds, for what ships, and
once for each fold from the *other* folds, for the figures, so that no figure is judged by what it was fitted on.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
import torch
from scipy.optimize import minimize_scalar

from disturb import CHECKING, HARMFUL, MILD
from features import averaged, stage
from graph import Familiarity
from measures import calibration_error, likelihood, softmax
from photos import BUILD, DATA, LABELS
from renders import CLEAN, KINDS, rows, sizes
from scores import length, whitening
from serve import Answer, decide
from train import SEEDS, folds

STAGES = [4, 5, 6]  # by compare.py: 4 sees other leaves best, 6 other things, and none of them needs the last layer
SHRINK = 0.01
REVIEW = 0.985  # spends about half of the flags that the goals allow: 2 % of clean, 4 % of mildly changed leaves
UNSURE_SHARE = 0.035  # of held-out clean leaves that fall below the confidence threshold; see results/answered.csv
REJECT_TAIL = 1.5  # the reject distance lies this many times as far beyond the median as the review distance does
QUALITY = {
    "brightness": {"poor": 0.18, "unusable": 0.08},
    "clipped": {"poor": 0.22, "unusable": 0.60},
    "sharpness": {"poor": 0.17, "unusable": 0.05},
    "shortSide": {"poor": 160, "unusable": 64},
}
PERCENTILES = np.array([*np.arange(0, 0.95, 0.05), 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.9925, 0.995, 0.9975, 1.0])
EDGES = {
    "score": [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0],
    "confidence": [0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0],
    "brightness": [0, 0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8, 0.9, 1.0],
    "sharpness": [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.8, 1.0, 2.0],
    "clipped": [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0],
    "pixels": [0, 1e4, 5e4, 1e5, 2e5, 4e5, 8e5, 1.6e6, 3.2e6, 6.4e6, 1.28e7, 2.56e7, 5.12e7],
}
ORDINARY = [CLEAN, *MILD]


@dataclass(frozen=True)
class Seen:
    """What fold models say of pictures of one kind: logits, distance, quality, size; which photo, held out where."""

    logits: np.ndarray
    distance: np.ndarray
    quality: np.ndarray
    short: np.ndarray
    area: np.ndarray
    photo: np.ndarray
    fold: np.ndarray


def parts(fit: np.ndarray) -> Familiarity:
    """The familiarity fitted on training features, without its scale of scores."""
    fitted = [whitening(stage(fit, s), SHRINK) for s in STAGES]
    lengths = [length(c, p)(stage(fit, s)) for s, (c, p) in zip(STAGES, fitted, strict=True)]
    return Familiarity(STAGES, [c for c, _ in fitted], [p for _, p in fitted], [float(v.mean()) for v in lengths],
                       [float(v.std()) for v in lengths], np.empty(0), np.empty(0))


def distances(f: Familiarity, features: np.ndarray) -> np.ndarray:
    lengths = [length(c, p)(stage(features, s)) for s, c, p in zip(f.stages, f.centres, f.projections, strict=True)]
    return np.mean([(v - shift) / scale for v, shift, scale in zip(lengths, f.shifts, f.scales, strict=True)], axis=0)


def read(names: list[str]) -> tuple[dict[str, Seen], dict[str, list[np.ndarray]]]:
    """Held-out pictures by kind, over all folds; and for outside pictures each fold's logits and distances."""
    held: dict[str, list[Seen]] = {k: [] for k in KINDS}
    outside: dict[str, list] = {}
    for fold, name in enumerate(names):
        kept = np.load(BUILD / f"features-{name}.npz")
        familiarity = parts(kept["fit"])
        for kind in KINDS:
            photo = kept[f"{kind}/photos"]
            shape = sizes(kind)[np.searchsorted(rows(kind), photo)]
            held[kind].append(Seen(kept[f"{kind}/logits"], distances(familiarity, kept[f"{kind}/features"]),
                                   kept[f"{kind}/quality"], shape.min(1), shape.prod(1), photo,
                                   np.full(len(photo), fold)))
        for kind in ("leaves", "things", "drawn"):
            if f"{kind}/logits" in kept:
                d = distances(familiarity, kept[f"{kind}/features"])
                n = len(d)
                short = np.full(n, 500)
                outside.setdefault(kind, []).append(Seen(kept[f"{kind}/logits"], d, kept[f"{kind}/quality"], short,
                                                         short**2, np.arange(n), np.full(n, fold)))
    return {k: joined(v) for k, v in held.items()}, {k: joined(v) for k, v in outside.items()}


def joined(several: list[Seen]) -> Seen:
    names = Seen.__dataclass_fields__
    return Seen(**{n: np.concatenate([getattr(s, n) for s in several]) for n in names})


def chosen(seen: Seen, which: np.ndarray) -> Seen:
    return Seen(**{n: getattr(seen, n)[which] for n in Seen.__dataclass_fields__})


def temperature(clean: Seen, labels: np.ndarray) -> float:
    """The one that makes the held-out clean leaves most likely."""
    truth = labels[clean.photo]
    found = minimize_scalar(lambda t: likelihood(softmax(clean.logits / np.exp(t)), truth), bounds=(-2, 2), method="bounded")
    return float(np.exp(found.x))


def knots(held: dict[str, Seen], among: list[int]) -> np.ndarray:
    """The distance at every percentile of the reference: the mean over folds of each fold's own quantile."""
    each = []
    for fold in among:
        reference = np.concatenate([held[k].distance[held[k].fold == fold] for k in ORDINARY])
        each.append(np.quantile(reference, PERCENTILES))
    mean = np.mean(each, axis=0)
    mean[-1] = np.max(each)
    return mean


@dataclass(frozen=True)
class Setting:
    """What turns outputs into answers."""

    temperature: float
    knots: np.ndarray
    thresholds: dict

    @property
    def review_distance(self) -> float:
        return float(np.interp(REVIEW, PERCENTILES, self.knots))


def settled(held: dict[str, Seen], labels: np.ndarray, among: list[int]) -> Setting:
    """Everything that is calibrated, from the folds given."""
    clean = chosen(held[CLEAN], np.isin(held[CLEAN].fold, among))
    warm = temperature(clean, labels)
    scale = knots(held, among)
    confidence = np.quantile(softmax(clean.logits / warm).max(1), UNSURE_SHARE)
    median, review = np.interp([0.5, REVIEW], PERCENTILES, scale)
    reject = median + REJECT_TAIL * (review - median)
    thresholds = {"confidence": round(float(confidence), 3), "review": REVIEW, "reject": round(float(reject), 3),
                  "quality": QUALITY}
    return Setting(warm, scale, thresholds)


def answers(seen: Seen, setting: Setting) -> list[Answer]:
    probabilities = softmax(seen.logits / setting.temperature)
    score = np.interp(seen.distance, setting.knots, PERCENTILES)
    return [decide(setting.thresholds, {"probabilities": p, "logits": z, "score": s, "distance": d, "quality": q}, int(n))
            for p, z, s, d, q, n in zip(probabilities, seen.logits, score, seen.distance, seen.quality, seen.short, strict=True)]


def judged(seen: Seen, settings: list[Setting]) -> list[Answer]:
    """Each picture answered by the setting of the folds in which its photo was not held out."""
    out: list[Answer] = [None] * len(seen.fold)  # type: ignore[list-item]
    for fold, setting in enumerate(settings):
        which = np.flatnonzero(seen.fold == fold)
        for i, answer in zip(which, answers(chosen(seen, which), setting), strict=True):
            out[i] = answer
    return out


def histogram(values: np.ndarray, edges: list[float]) -> dict:
    inside = np.clip(values, edges[0], edges[-1])
    return {"edges": edges, "counts": np.histogram(inside, edges)[0].tolist()}


def reference(held: dict[str, Seen], settings: list[Setting]) -> dict:
    """Fixed-bin counts of the held-out leaves, clean and mildly changed, for the drift report to compare with."""
    seen = joined([held[k] for k in ORDINARY])
    given = judged(seen, settings)
    labels = np.array([a.label for a in given])
    decisions = [a.decision for a in given]
    values = {"score": np.array([a.score for a in given]), "confidence": np.array([a.confidence for a in given]),
              "brightness": seen.quality[:, 0], "clipped": seen.quality[:, 1], "sharpness": seen.quality[:, 2],
              "pixels": seen.area.astype(float)}
    return {"pictures": len(given), "flagged": sum(a.flagged for a in given)} | {
        k: histogram(values[k], EDGES[k]) for k in EDGES} | {
        "label": {"labels": LABELS, "counts": np.bincount(labels, minlength=len(LABELS)).tolist()},
        "decision": {d: decisions.count(d) for d in ("accept", "review", "reject")}}


def rate(values: list[bool]) -> float:
    return float(np.mean(values))


def figures(held: dict[str, Seen], outside: dict[str, Seen], settings: list[Setting], labels: np.ndarray) -> dict:
    """The card's figures, out of fold."""
    clean = judged(held[CLEAN], settings)
    truth = labels[held[CLEAN].photo]
    right = np.array([a.label for a in clean]) == truth
    probabilities = np.stack([a.probabilities for a in clean])
    mild = {k: judged(held[k], settings) for k in MILD}
    harmful = {k: judged(held[k], settings) for k in HARMFUL}
    every_mild = [a for v in mild.values() for a in v]
    wrong = {k: rate([a.decision == "accept" and a.label != labels[p] for a, p in zip(v, held[k].photo, strict=True)])
             for k, v in harmful.items()}
    alone = np.load(BUILD / "logits-seeds.npy") if (BUILD / "logits-seeds.npy").exists() else None
    out = {} if alone is None else {"accuracy": float(np.mean([(z.argmax(1) == labels).mean() for z in alone]))}
    out |= {
        "accuracyShipped": float(right.mean()),
        "ece": calibration_error(probabilities.max(1), right),
        "nll": likelihood(probabilities, truth),
        "flaggedClean": rate([a.flagged for a in clean]),
        "flaggedMild": rate([a.flagged for a in every_mild]),
        "flaggedMildWorst": max(rate([a.flagged for a in v]) for v in mild.values()),
        "acceptClean": rate([a.decision == "accept" for a in clean]),
        "acceptMild": rate([a.decision == "accept" for a in every_mild]),
        "wrongAcceptedHarmful": float(np.mean(list(wrong.values()))),
        "wrongAcceptedHarmfulWorst": max(wrong.values()),
    }
    for kind, seen in outside.items():
        name = {"leaves": "flaggedOtherLeaves", "things": "flaggedThings", "drawn": "flaggedDrawn"}[kind]
        out[name] = rate([a.flagged for a in judged(seen, settings)])
    return {k: round(v, 5) for k, v in out.items()}


def data_hash() -> str:
    """sha256 over one line a photo: its path and the sha256 of its bytes."""
    lines = [f"{f} {hashlib.sha256((DATA / f).read_bytes()).hexdigest()}\n" for f in folds()[0]]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def main() -> None:
    _, labels, fold = folds()
    several = list(range(fold.max() + 1))
    held, outside = read([f"fold{f}" for f in several])
    settings = [settled(held, labels, [o for o in several if o != f]) for f in several]
    shipped = settled(held, labels, several)
    familiarity = parts(np.load(BUILD / "features-all.npz")["fit"])
    final = Familiarity(familiarity.stages, familiarity.centres, familiarity.projections, familiarity.shifts,
                        familiarity.scales, shipped.knots, PERCENTILES)
    found = figures(held, outside, settings, labels)
    calibration = {
        "temperature": shipped.temperature, "thresholds": shipped.thresholds, "reference": reference(held, settings),
        "figures": found,
        "trainingData": {"name": "AI-Lab-Makerere/beans", "pictures": len(labels), "sha256": data_hash()},
    }
    weights = averaged([f"seed{s}-all" for s in SEEDS]).state_dict()
    torch.save({"weights": weights, "familiarity": final, "calibration": calibration}, BUILD / "calibration.pt")
    print(f"temperature {shipped.temperature:.3f}, thresholds {shipped.thresholds}")
    for name, value in found.items():
        print(f"{name:28s} {value:.4f}")
    for kind in [*MILD, *HARMFUL, *CHECKING]:
        given = judged(held[kind], settings)
        print(f"{kind:28s} flagged {rate([a.flagged for a in given]):.4f}")


if __name__ == "__main__":
    main()
