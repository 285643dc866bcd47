"""From the bytes of a picture of any size to what a network takes, as nodes of the graph.

Every step does what the training code's step does on the same picture: fast.ai's Resize and RandomResizedCrop, then
`aug_transforms(size=…)`; torchvision's Resize and CenterCrop, which timm uses too; a plain resize of Keras or of a script.
Resizing works on bytes, as Pillow does: within 0.02 levels of it in the mean at 500 by 500. Real numbers, never rounded, take two
thirds of the time and are within 0.3 (`exact` false, and whatever is not antialiased: there are no bytes in Keras's way).
"""

import numpy as np

from nodes import DOUBLE, REAL, WHOLE, Nodes
from recipe import Recipe
from sampling import sampling

# a picture this many times as long as wide is cut to that before its shorter side is resized, or it would grow without bound
SLIMMEST = 32


def picture(n: Nodes, recipe: Recipe, image: str = "image") -> str:
    """Nodes from `image`, uint8 [height, width, 3], to whole levels 0..255, float32 [1, 3, height, width], at the recipe's
    bytes_size.
    """
    box = n.add("Unsqueeze", [n.add("Transpose", [image], perm=[2, 0, 1]), n.whole([0])])
    if recipe.resize in ("crop", "pad"):
        box = fitted(n, box, recipe)
    if recipe.resize == "shorter":
        box, sizes = shorter(n, box, recipe.size[0])
    else:
        sizes = n.whole([1, 3, *recipe.size])
    box = resized(n, box, sizes, recipe)
    return middle(n, box, recipe.centre) if recipe.centre else box


def fitted(n: Nodes, box: str, recipe: Recipe) -> str:
    """fast.ai's crop or pad, before it resizes: the largest box of the target's shape inside, or the smallest around, the
    picture.
    """
    lengths = sides(n, box)
    ratios = [n.add("Div", [n.cast(v, DOUBLE), n.double(s)]) for v, s in zip(lengths, recipe.size, strict=True)]
    by = n.add("Min" if recipe.resize == "crop" else "Max", ratios)
    starts, ends, before, after = [], [], [], []
    for length, side in zip(lengths, recipe.size, strict=True):
        whole = n.cast(n.add("Mul", [by, n.double(side)]), WHOLE)
        wanted = n.add("Max", [whole, n.whole(1)])
        room = n.cast(n.add("Sub", [length, wanted]), DOUBLE)
        first = n.cast(n.add("Mul", [room, n.double(0.5)]), WHOLE)
        last = n.add("Add", [first, wanted])
        starts.append(n.add("Max", [first, n.whole(0)]))
        ends.append(n.add("Min", [last, length]))
        before.append(n.add("Max", [n.add("Neg", [first]), n.whole(0)]))
        after.append(n.add("Max", [n.add("Sub", [last, length]), n.whole(0)]))
    box = cut(n, box, starts, ends)
    return box if recipe.resize == "crop" else padded(n, box, before, after, recipe.padding)


def padded(n: Nodes, box: str, before: list[str], after: list[str], padding: str) -> str:
    """By index and not by Pad, because Pad cannot reflect further than the picture is wide, and numpy goes on."""
    if padding == "constant":
        axis = n.whole([0])
        none = n.whole([0, 0])
        flat = [n.add("Unsqueeze", [v, axis]) for v in (*before, *after)]
        pads = n.add("Concat", [none, *flat[:2], none, *flat[2:]], axis=0)
        return n.add("Pad", [box, pads, n.constant(np.uint8(0))], mode="constant")
    for axis, length in zip((2, 3), sides(n, box), strict=True):
        first, last = n.add("Neg", [before[axis - 2]]), n.add("Add", [length, after[axis - 2]])
        place = n.add("Range", [first, last, n.whole(1)])
        end = n.add("Sub", [length, n.whole(1)])
        if padding == "edge":
            place = n.add("Min", [n.add("Max", [place, n.whole(0)]), end])
        else:
            period = n.add("Max", [n.add("Mul", [end, n.whole(2)]), n.whole(1)])
            turned = n.add("Mod", [place, period])
            place = n.add("Sub", [end, n.add("Abs", [n.add("Sub", [end, turned])])])
        box = n.add("Gather", [box, place], axis=axis)
    return box


def shorter(n: Nodes, box: str, side: int) -> tuple[str, str]:
    """torchvision's Resize(side): the picture, cut where it is too slim, and the sizes that it is to have."""
    starts, ends, most = [], [], n.add("Mul", [n.add("Min", list(sides(n, box))), n.whole(SLIMMEST)])
    for length in sides(n, box):
        wanted = n.add("Min", [length, most])
        starts.append(n.add("Div", [n.add("Sub", [length, wanted]), n.whole(2)]))
        ends.append(n.add("Add", [starts[-1], wanted]))
    box = cut(n, box, starts, ends)
    lengths = sides(n, box)
    short = n.cast(n.add("Min", list(lengths)), DOUBLE)
    parts = [n.cast(n.add("Div", [n.cast(n.add("Mul", [v, n.whole(side)]), DOUBLE), short]), WHOLE) for v in lengths]
    return box, n.add("Concat", [n.whole([1, 3]), *[n.add("Unsqueeze", [p, n.whole([0])]) for p in parts]], axis=0)


def resized(n: Nodes, box: str, sizes: str, recipe: Recipe) -> str:
    smooth = recipe.antialias and recipe.interpolation != "nearest"
    ways = {
        "bilinear": {"mode": "linear"},
        "nearest": {"mode": "nearest", "nearest_mode": "round_prefer_ceil"},
        # -0.5 is Pillow's, and torch's with antialiasing; without, torch and OpenCV take -0.75
        "bicubic": {"mode": "cubic", "cubic_coeff_a": -0.5 if smooth else -0.75},
    }
    exact = recipe.interpolation == "nearest" or (smooth and recipe.exact)
    source = box if exact else n.cast(box, REAL)
    way = ways[recipe.interpolation]
    out = n.add("Resize", [source, "", "", sizes], coordinate_transformation_mode="half_pixel", antialias=int(smooth), **way)
    return n.cast(out, REAL) if exact else out


def middle(n: Nodes, box: str, size: tuple[int, int]) -> str:
    """torchvision's CenterCrop: half of an odd remainder is rounded to even, as Python rounds."""
    starts = []
    for length, wanted in zip(sides(n, box), size, strict=True):
        half = n.add("Mul", [n.cast(n.add("Sub", [length, n.whole(wanted)]), DOUBLE), n.double(0.5)])
        starts.append(n.cast(n.add("Round", [half]), WHOLE))
    return cut(n, box, starts, [n.add("Add", [s, n.whole(w)]) for s, w in zip(starts, size, strict=True)])


def cut(n: Nodes, box: str, starts: list[str], ends: list[str]) -> str:
    axis = n.whole([0])
    start, end = (n.add("Concat", [n.add("Unsqueeze", [v, axis]) for v in both], axis=0) for both in (starts, ends))
    return n.add("Slice", [box, start, end, n.whole([2, 3])])


def sides(n: Nodes, box: str) -> tuple[str, str]:
    """Height and width, int64 scalars."""
    shape = n.add("Shape", [box])
    return tuple(n.add("Gather", [shape, n.whole(axis)]) for axis in (2, 3))


def normalised(n: Nodes, recipe: Recipe, box: str) -> str:
    """Nodes from `picture`'s levels to the network's input, in its layout."""
    x = box
    if recipe.sample:
        rows, columns = (sampling(a, b, recipe) for a, b in zip(recipe.bytes_size, recipe.sample, strict=True))
        x = n.add("MatMul", [n.add("MatMul", [n.real(rows), x]), n.real(columns.T)])
    factor = 1 / (255 * np.array(recipe.std))
    offset = -np.array(recipe.mean) / np.array(recipe.std)
    if len(set(factor)) == len(set(offset)) == 1:
        factor, offset = factor[:1], offset[:1]
    x = n.add("Mul", [x, n.real(factor.reshape(1, -1, 1, 1))])
    x = n.add("Add", [x, n.real(offset.reshape(1, -1, 1, 1))])
    return x if recipe.layout == "NCHW" else n.add("Transpose", [x], perm=[0, 2, 3, 1])
