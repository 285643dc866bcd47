"""From the bytes of a picture of any size to what a network takes, as nodes of the graph.

Every step does what the training code's step does on the same picture: fast.ai's Resize and RandomResizedCrop, then
`aug_transforms(size=…)`; torchvision's Resize and CenterCrop, which timm uses too; a plain resize of Keras or of a script.
Resizing works on bytes, as Pillow does: within 0.02 levels of it in the mean at 500 by 500. Real numbers, never rounded, take two
thirds of the time and are within 0.3 (`exact` false, and whatever is not antialiased: there are no bytes in Keras's way).
"""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from nodes import DOUBLE, REAL, WHOLE, Nodes

WAYS = ["squish", "crop", "pad", "shorter"]
PADDINGS = ["reflect", "edge", "constant"]
INTERPOLATIONS = ["bilinear", "bicubic", "nearest"]
LAYOUTS = ["NCHW", "NHWC"]
# a picture this many times as long as wide is cut to that before its shorter side is resized, or it would grow without bound
SLIMMEST = 32
IMAGENET_MEAN, IMAGENET_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


class Refused(SystemExit):
    """Something asked for cannot be done: one sentence, which ends the command with status 1."""


@dataclass(frozen=True)
class Recipe:
    """How a picture becomes the network's input. Sizes are (height, width).

    `resize` brings it to `size`: the whole of it (squish), what fits from its middle (crop), the whole with borders (pad), or
    with its shorter side at size[0] (shorter). Then `centre` is cut from the middle, and `sample` is what fast.ai's
    `aug_transforms(size=…)` or RandomResizedCropGPU makes of that. `mean` and `std` are for values in 0..1.
    """

    resize: str = "squish"
    size: tuple[int, int] = (224, 224)
    centre: tuple[int, int] | None = None
    sample: tuple[int, int] | None = None
    sample_corners: bool = True
    interpolation: str = "bilinear"
    antialias: bool = True
    exact: bool = True
    padding: str = "reflect"
    mean: tuple[float, ...] = IMAGENET_MEAN
    std: tuple[float, ...] = IMAGENET_STD
    layout: str = "NCHW"
    labels: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, value, known in (
            ("resize", self.resize, WAYS),
            ("padding", self.padding, PADDINGS),
            ("interpolation", self.interpolation, INTERPOLATIONS),
            ("layout", self.layout, LAYOUTS),
        ):
            if value not in known:
                raise Refused(f"{name} is {value!r}: one of {', '.join(known)}")
        if len(self.mean) != 3 or len(self.std) != 3 or min(self.std) <= 0:
            raise Refused(f"mean {self.mean} and std {self.std}: three numbers each, std above 0")
        if min(self.size) < 1 or max(self.size) > 4096:
            raise Refused(f"size is {self.size}: 1 to 4096")
        if self.resize == "shorter" and not self.centre:
            raise Refused("resize shorter gives pictures of any shape: it needs a size to cut from the middle")
        if self.centre and (self.centre[0] > self.size[0] or self.centre[1] > self.size[1]):
            raise Refused(f"{self.centre} cannot be cut from the middle of {self.size}")

    @property
    def bytes_size(self) -> tuple[int, int]:
        """The size of the picture while it still is bytes."""
        return self.centre or self.size

    @property
    def given(self) -> tuple[int, int]:
        """What the network takes."""
        return self.sample or self.bytes_size


def read(file: Path) -> Recipe:
    """A recipe.json."""
    try:
        fields = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as unreadable:
        raise Refused(f"{file} is no recipe: {unreadable}") from None
    if strange := set(fields) - set(Recipe.__dataclass_fields__):
        raise Refused(f"{file} has fields {sorted(strange)} that are not known: {sorted(Recipe.__dataclass_fields__)}")
    return Recipe(**{k: tuple(v) if isinstance(v, list) else v for k, v in fields.items()})


def write(recipe: Recipe, file: Path) -> None:
    file.write_text(json.dumps(asdict(recipe), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def with_flags(recipe: Recipe, **flags: object) -> Recipe:
    return replace(recipe, **{k: v for k, v in flags.items() if v is not None})


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


def sides(n: Nodes, box: str) -> tuple[str, str]:
    """Height and width, int64 scalars."""
    shape = n.add("Shape", [box])
    return tuple(n.add("Gather", [shape, n.whole(axis)]) for axis in (2, 3))


def cut(n: Nodes, box: str, starts: list[str], ends: list[str]) -> str:
    axis = n.whole([0])
    start, end = (n.add("Concat", [n.add("Unsqueeze", [v, axis]) for v in both], axis=0) for both in (starts, ends))
    return n.add("Slice", [box, start, end, n.whole([2, 3])])


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


def middle(n: Nodes, box: str, size: tuple[int, int]) -> str:
    """torchvision's CenterCrop: half of an odd remainder is rounded to even, as Python rounds."""
    starts = []
    for length, wanted in zip(sides(n, box), size, strict=True):
        half = n.add("Mul", [n.cast(n.add("Sub", [length, n.whole(wanted)]), DOUBLE), n.double(0.5)])
        starts.append(n.cast(n.add("Round", [half]), WHOLE))
    return cut(n, box, starts, [n.add("Add", [s, n.whole(w)]) for s, w in zip(starts, size, strict=True)])


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
