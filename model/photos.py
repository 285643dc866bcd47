"""Reading photographs as the serving code does: upright, RGB, and reduced when big."""

import os
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

HERE = Path(__file__).resolve().parent
BUILD = HERE / "build"
DATA = Path(os.environ.get("BEANS_DATA", HERE.parent / "../shared/beans/train")).resolve()
LABELS = ["angular_leaf_spot", "bean_rust", "healthy"]
SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}
SHORT_SIDE_KEPT = 1024


def listing(root: Path) -> list[Path]:
    """Every picture under a folder, in the order of its path, so that every run sees the same order."""
    found = sorted(p for p in root.rglob("*") if p.suffix.lower() in SUFFIXES)
    if not found:
        raise SystemExit(f"No pictures under {root}: set BEANS_DATA to a folder with one folder per label")
    return found


def labelled(root: Path = DATA, labels: list[str] = LABELS) -> tuple[list[Path], np.ndarray]:
    """The pictures of a folder with one folder per label, and the label's index for each."""
    files = listing(root)
    if strange := {p.parent.name for p in files} - set(labels):
        raise SystemExit(f"{root} has folders {sorted(strange)}: expected {labels}")
    return files, np.array([labels.index(p.parent.name) for p in files])


def upright(file: Path) -> Image.Image:
    with Image.open(file) as image:
        return ImageOps.exif_transpose(image).convert("RGB")


def reduced(image: Image.Image) -> Image.Image:
    """Divides a big picture by a whole factor, to no less than 1,024 pixels on its short side.

    Every pixel of the result is the rounded mean of a square of the picture's; what remains at the right and lower
    edge is averaged too.
    """
    factor = min(image.size) // SHORT_SIDE_KEPT
    return image.reduce(factor) if factor >= 2 else image


def pixels(image: Image.Image) -> np.ndarray:
    """What the model file takes: uint8, [height, width, 3]."""
    return np.asarray(reduced(image))


def squished(image: Image.Image, size: int) -> np.ndarray:
    """The whole picture at size by size, antialiased as the Resize node of the model file does it."""
    return np.asarray(image.resize((size, size), Image.Resampling.BILINEAR))
