"""Writes what adopt.py takes from a fast.ai learner: core.onnx, recipe.json and valid.txt.

In the notebook, before or instead of `learn.export()`, because an export does not hold which photos it was validated on:

    from from_fastai import out
    out(learn, "leaf")

The preprocessing is read from the learner's own transforms, never guessed: one that is not known is refused by name.
"""

from dataclasses import replace
from pathlib import Path

from recipe import Recipe, Refused

KNOWN_ITEMS = "Resize, RandomResizedCrop, ToTensor"
KNOWN_BATCHES = "IntToFloatTensor, aug_transforms, RandomResizedCropGPU, Normalize"


def out(learn: object, folder: str | Path) -> Path:
    """Writes the three files into the folder."""
    from from_torch import written

    return written(learn.model, recipe(learn), Path(folder), valid_photos(learn))


def recipe(learn: object) -> Recipe:
    """How the learner's validation photos become the network's input."""
    labels = learn.dls.vocab
    if not len(labels) or not all(isinstance(label, str) for label in labels):
        raise Refused("the learner has no vocabulary of names: one label a picture (CategoryBlock) is what Haricot answers")
    if "BCE" in type(getattr(learn.loss_func, "func", learn.loss_func)).__name__:
        raise Refused("the learner was trained on several labels a picture (BCE loss), and Haricot answers one of many")
    if (kind := type(learn.dls.valid.dataset.tls[0].tfms[0]).__name__) and "BW" in str(learn.dls.valid.dataset.tls[0].tfms[0]):
        raise Refused(f"the learner reads pictures in grey ({kind}): three channels are needed")
    found = Recipe(labels=tuple(labels), mean=(0.0, 0.0, 0.0), std=(1.0, 1.0, 1.0), size=(1, 1))
    for step in serving(learn.dls.valid.after_item):
        found = after_item(found, step)
    if found.size == (1, 1):
        raise Refused(f"the learner's item_tfms bring pictures to no size: one of {KNOWN_ITEMS} is needed")
    for step in serving(learn.dls.valid.after_batch):
        found = after_batch(found, step)
    return found


def serving(pipeline: object) -> list[object]:
    """The steps of a pipeline that run at validation."""
    return [step for step in pipeline.fs if getattr(step, "split_idx", None) != 0]


def turned(size: tuple[int, int]) -> tuple[int, int]:
    """fast.ai keeps an item's size as (width, height)."""
    return int(size[1]), int(size[0])


def pillow(mode: object) -> str:
    names = {0: "nearest", 2: "bilinear", 3: "bicubic"}
    if int(mode) not in names:
        raise Refused(f"resizing by Pillow's mode {mode} is not known to Haricot: nearest, bilinear or bicubic")
    return names[int(mode)]


def after_item(found: Recipe, step: object) -> Recipe:
    name = type(step).__name__
    if name == "ToTensor":
        return found
    if found.size != (1, 1):
        raise Refused(f"the item transform {name} comes after another that sets the size: Haricot knows one of them")
    if name == "Resize":
        padding = {"zeros": "constant", "border": "edge", "reflection": "reflect"}[str(step.pad_mode)]
        return replace(found, resize=str(step.method), size=turned(step.size), padding=padding, interpolation=pillow(step.mode))
    if name == "RandomResizedCrop":  # the whole picture a little larger, and the middle of that
        import math

        cut = turned(step.size)
        extra = math.ceil(max(cut) * step.val_xtra / 8) * 8
        size = cut[0] + extra, cut[1] + extra
        return replace(found, resize="squish", size=size, centre=cut if extra else None, interpolation=pillow(step.mode))
    raise Refused(f"the item transform {name} is not known to Haricot: {KNOWN_ITEMS} are")


def after_batch(found: Recipe, step: object) -> Recipe:
    kinds = {kind.__name__ for kind in type(step).__mro__}
    name = type(step).__name__
    if name == "IntToFloatTensor":
        if step.div != 255:
            raise Refused(f"IntToFloatTensor divides by {step.div}: 255 is what Haricot knows")
        return found
    if name == "Normalize":
        return replace(found, mean=channels(step.mean), std=channels(step.std))
    if "AffineCoordTfm" in kinds:
        return found if step.size is None else sampled(found, step.cp_size, step)
    if name == "RandomResizedCropGPU":
        return sampled(cropped(found, step), step.size, step)
    raise Refused(f"the batch transform {name} is not known to Haricot: {KNOWN_BATCHES} are")


def channels(values: object) -> tuple[float, ...]:
    return tuple(float(v) for v in values.flatten().tolist())


def sampled(found: Recipe, size: tuple[int, int], step: object) -> Recipe:
    if found.sample:
        raise Refused(f"{type(step).__name__} is the second batch transform that sets a size: Haricot knows one of them")
    if step.mode != "bilinear":
        raise Refused(f"{type(step).__name__} samples by {step.mode}: bilinear is what Haricot knows")
    corners = getattr(step, "align_corners", True)
    if not corners and str(getattr(step, "pad_mode", "reflection")) == "zeros":
        raise Refused(f"{type(step).__name__} pads with zeros and does not align corners: Haricot does not know that")
    return replace(found, sample=tuple(int(s) for s in size), sample_corners=bool(corners))


def cropped(found: Recipe, step: object) -> Recipe:
    """The part of an item that RandomResizedCropGPU takes at validation."""
    h, w = found.bytes_size
    if w / h < step.ratio[0]:
        h = int(w / step.ratio[0])
    elif w / h > step.ratio[1]:
        w = int(h * step.ratio[1])
    cut = int(h * step.valid_scale), int(w * step.valid_scale)
    if cut == found.bytes_size:
        return found
    if found.centre or any((whole - part) % 2 for whole, part in zip(found.bytes_size, cut, strict=True)):
        raise Refused("RandomResizedCropGPU cuts an odd margin, or a second time: Haricot does not know that")
    return replace(found, centre=cut)


def valid_photos(learn: object) -> list[Path] | None:
    """The files of the validation split, where the learner still has them as files."""
    items = getattr(getattr(learn.dls, "valid_ds", None), "items", None)
    if items is None or not len(items):
        return None
    if hasattr(items, "columns"):  # a data frame: the reader knows which column is the file
        reader = learn.dls.valid_ds.tls[0].tfms[0]
        items = [reader(row) for _, row in items.iterrows()]
    files = [Path(i) for i in items if isinstance(i, str | Path)]
    return files if len(files) == len(items) else None
