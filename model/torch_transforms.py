"""The recipe of torchvision's or timm's transform: read from its steps, never guessed. Needs neither torch nor torchvision."""

from dataclasses import dataclass, field

import numpy as np

from recipe import INTERPOLATIONS, Recipe, Refused

TENSORS = {"PILToTensor", "ToImage", "ToImageTensor"}  # from Pillow's picture to a tensor of the same bytes
SCALED = {"ToTensor", "MaybeToTensor", "ConvertImageDtype", "ConvertDtype"}  # to numbers from 0 to 1
HARMLESS = {"RGB", "ToPureTensor", "Identity"}
KNOWN = ", ".join(["Resize", "CenterCrop", "Normalize", "ToDtype", *sorted(TENSORS | SCALED | HARMLESS)])


@dataclass
class State:
    """What the steps so far have made of a picture."""

    fields: dict = field(default_factory=dict)
    tensor: bool = False
    unit: float = 255  # what white is
    real: bool = False  # numbers, no longer bytes


def read(transform: object, labels: list[str]) -> Recipe:
    """The recipe of torchvision's Compose, of one of its weights' `transforms()`, or of what timm's `create_transform` gives."""
    if type(transform).__name__ == "ImageClassification":  # of torchvision's weights
        side, cut = transform.resize_size[0], transform.crop_size[0]
        way = {"resize": "shorter", "size": (side, side), "centre": (cut, cut), "interpolation": named(transform.interpolation)}
        return Recipe(**way, mean=tuple(transform.mean), std=tuple(transform.std), labels=tuple(labels))
    state = State()
    for step in getattr(transform, "transforms", [transform]):
        after(state, step)
    if "size" not in state.fields:
        raise Refused("the transform has no Resize: pictures of any size must become the network's")
    plain = {"mean": (0.0,) * 3, "std": (1 / state.unit,) * 3}
    return Recipe(labels=tuple(labels), **plain | state.fields)


def after(state: State, step: object) -> None:
    name = type(step).__name__
    if "mean" in state.fields and name not in HARMLESS:
        raise Refused(f"the transform {name} comes after Normalize: Haricot normalises last")
    match name:
        case "Resize":
            resized(state, step)
        case "CenterCrop":
            if "centre" in state.fields:
                raise Refused("the transform CenterCrop comes twice: Haricot knows one of them")
            state.fields["centre"] = pair(step.size)
        case "Normalize":
            mean, std = numbers(step.mean), numbers(step.std)
            state.fields |= {"mean": tuple(m / state.unit for m in mean), "std": tuple(s / state.unit for s in std)}
        case "ToDtype":
            if isinstance(step.dtype, dict):
                raise Refused("ToDtype with a type for each kind of input is not known to Haricot: one type is")
            state.tensor, state.real = True, state.real or "float" in str(step.dtype)
            state.unit = 1 if step.scale else state.unit
        case _ if name in TENSORS:
            state.tensor = True
        case _ if name in SCALED:
            state.tensor, state.real, state.unit = True, True, 1
        case _ if name not in HARMLESS:
            raise Refused(f"the transform {name} is not known to Haricot: {KNOWN} are")


def resized(state: State, step: object) -> None:
    if "size" in state.fields or "centre" in state.fields:
        raise Refused("the transform Resize comes twice, or after CenterCrop: Haricot resizes once, and then cuts")
    if getattr(step, "max_size", None):
        raise Refused("Resize with max_size is not known to Haricot")
    way = named(step.interpolation)
    if state.tensor and way == "nearest":
        raise Refused("Resize by nearest of a tensor is not known to Haricot: of a picture it is")
    smooth = not state.tensor or getattr(step, "antialias", True) is not False  # Pillow smooths whatever is said
    side = step.size if isinstance(step.size, int) else step.size[0] if len(step.size) == 1 else None
    state.fields |= {"resize": "shorter", "size": (side, side)} if side else {"resize": "squish", "size": pair(step.size)}
    state.fields |= {"interpolation": way, "antialias": smooth, "exact": not state.real}


def pair(size: object) -> tuple[int, int]:
    sides = [size] if isinstance(size, int) else list(size)
    return int(sides[0]), int(sides[-1])


def named(mode: object) -> str:
    name = str(getattr(mode, "value", mode)).lower()
    if name not in INTERPOLATIONS:
        raise Refused(f"resizing by {name} is not known to Haricot: one of {', '.join(INTERPOLATIONS)}")
    return name


def numbers(values: object) -> tuple[float, ...]:
    return tuple(np.asarray(values, dtype=float).ravel().tolist())
