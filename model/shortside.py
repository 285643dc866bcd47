"""How far pictures may be reduced before the graph without changing what is answered: `shortSideKept`."""

from pathlib import Path

import numpy as np
import onnxruntime

from measures import softmax
from recipe import Recipe
from sight import Look, plain
from smaller import moved

REDUCED_PHOTOS, FEWEST_REDUCED = 200, 30  # big ones, for how far a picture may be reduced
REDUCTIONS = (2, 3, 4.6)  # times the network's size that are tried, the smallest first: 448, 672 and 1,030 for 224
REDUCED_MOVES = 0.01  # of a probability, at most


def kept(
    model: onnxruntime.InferenceSession, files: list[Path], clean: Look, recipe: Recipe, temperature: float
) -> int | None:
    """The smallest short side to which pictures may be reduced before the graph without changing what was answered; None where no
    reduction is harmless or too few photos are big enough to tell.
    """
    for times in REDUCTIONS:
        side = int(times * max(recipe.given))
        big = np.flatnonzero(clean.size.min(1) >= 2 * side)[:REDUCED_PHOTOS]
        if len(big) < FEWEST_REDUCED:
            continue
        whole = softmax(clean.logits[big] / temperature)
        less = softmax(plain(model, [files[i] for i in big], f"reduced to {side}", side).logits / temperature)
        labels, furthest = moved(whole, less)
        print(
            f"  reduced to {side} pixels: {100 * labels:.1f} % of {len(big)} labels change, probabilities by {furthest:.4f}"
        )
        if labels == 0 and furthest <= REDUCED_MOVES:
            return side
    return None
