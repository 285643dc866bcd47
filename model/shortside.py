"""How far pictures may be reduced before the graph without changing what is answered: `shortSideKept`."""

import onnxruntime

import pictures
import sight
import smaller
from measures import softmax
from pictures import Folder
from recipe import Recipe

REDUCED_PHOTOS, FEWEST_REDUCED = 200, 30  # big ones, for how far a picture may be reduced
REDUCTIONS = (2, 3, 4.6)  # times the network's size that are tried, the smallest first: 448, 672 and 1,030 for 224
REDUCED_MOVES = 0.01  # of a probability, at most


def kept(model: onnxruntime.InferenceSession, folder: Folder, recipe: Recipe, temperature: float) -> int | None:
    """The smallest short side to which pictures may be reduced before the graph without changing what is answered; None where no
    reduction is harmless or too few photos are big enough to tell."""
    sizes = [pictures.read(f, 64).short_side for f in folder.files]
    for times in REDUCTIONS:
        side = int(times * max(recipe.given))
        big = [f for f, s in zip(folder.files, sizes, strict=True) if s >= 2 * side][:REDUCED_PHOTOS]
        if len(big) < FEWEST_REDUCED:
            continue
        whole, reduced = (
            softmax(sight.plain(model, big, f"reduced to {less or 'nothing'}", less).logits / temperature)
            for less in (None, side)
        )
        labels, furthest = smaller.moved(whole, reduced)
        print(
            f"  reduced to {side} pixels: {100 * labels:.1f} % of {len(big)} labels change, probabilities by {furthest:.4f}"
        )
        if labels == 0 and furthest <= REDUCED_MOVES:
            return side
    return None
