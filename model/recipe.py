"""How a picture becomes a network's input, as it travels beside the network: recipe.json."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

WAYS = ["squish", "crop", "pad", "shorter"]
PADDINGS = ["reflect", "edge", "constant"]
INTERPOLATIONS = ["bilinear", "bicubic", "nearest"]
LAYOUTS = ["NCHW", "NHWC"]
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
