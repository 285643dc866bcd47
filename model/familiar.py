"""How far pictures lie from what a network has seen: Mahalanobis distances in its taps, fitted on some folds, told on others.

Pure functions of what was looked at. Each fold's photos are judged by a familiarity that was fitted on the others'.
"""

from dataclasses import dataclass, fields

import numpy as np

from graph import Part
from scores import length, whitening
from sight import ORDINARY, Look
from taps import Tap

SHRINK = 0.01
# Of a tap; of wider ones the strongest axes count, or the file would carry more covariance than network. Tried on two folds of
# the beans with 144 of 576 axes: strongest 97 % of other leaves and 72 % of ruined pictures, random axes 95 and 76, the most
# varied channels 88 and 68, every fourth 86 and 59, means of four 93 and 64, weakest axes 87 and 59; all 576 98 and 81.
MOST_AXES = 768


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
