"""Everything of a card that is measured, and what the graph needs, from pictures that were held out in folds.

It is settled twice: with all folds, for what ships, and for each fold from the other folds, for the figures, so that no figure is
judged by what it was fitted on.
"""

from dataclasses import dataclass

import numpy as np

from familiar import Seen, parts
from figures import accepted, figures, reference
from graph import Familiarity
from selfcheck import leaning, self_check
from sight import CLEAN
from taps import Tap
from thresholds import PERCENTILES, Setting, judged, settled


@dataclass(frozen=True)
class Calibration:
    """Everything of the card that is measured, and what the graph needs."""

    shipped: Setting
    settings: list[Setting]
    reference: dict
    figures: dict
    accepted_right: dict
    self_check: dict


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


def familiar(fit: np.ndarray, taps: tuple[Tap, ...], setting: Setting) -> Familiarity:
    """What goes into the file: fitted on everything, with the scale of scores of what was held out."""
    return Familiarity(parts(fit, taps), setting.knots, PERCENTILES)
