"""fast.ai's second resize, of batches: torch's grid_sample and interpolation by areas, as one matrix an axis."""

import numpy as np

from recipe import Recipe


def sampling(old: int, new: int, recipe: Recipe) -> np.ndarray:
    """fast.ai's grid_sample along one axis, as a matrix [new, old]: means over areas first where it more than halves."""
    shrink = min(a / b for a, b in zip(recipe.bytes_size, recipe.sample, strict=True)) / 2
    first = areas(old, int(old * (1 / shrink))) if shrink > 1 else np.eye(old)
    side = len(first)
    at = np.linspace(-1, 1, new) if recipe.sample_corners else (2 * np.arange(new) + 1) / new - 1
    at = (at + 1) / 2 * (side - 1) if recipe.sample_corners else ((at + 1) * side - 1) / 2
    at = np.clip(at, 0, side - 1)
    low = np.minimum(np.floor(at).astype(int), max(side - 2, 0))
    second = np.zeros((new, side))
    second[np.arange(new), low] += 1 - (at - low)
    second[np.arange(new), np.minimum(low + 1, side - 1)] += at - low
    return second @ first


def areas(old: int, new: int) -> np.ndarray:
    """torch's interpolation by `area`: each of the new is the mean of those that it touches."""
    out = np.zeros((new, old))
    for i in range(new):
        first, last = i * old // new, -(-(i + 1) * old // new)
        out[i, first:last] = 1 / (last - first)
    return out
