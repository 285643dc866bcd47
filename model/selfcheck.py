"""Whether a network's features carry familiarity at all, and the rule for one whose do not."""

import numpy as np

from disturb import HARMFUL
from familiar import Seen
from measures import softmax
from sight import CLEAN, DRAWN
from thresholds import Setting

DRAWN_FLAGGED, HARMFUL_FLAGGED = 0.95, 0.80  # what trained features reach and random ones do not (5 to 70 %)
NEVER = 3.4e38  # a distance beyond every other


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
