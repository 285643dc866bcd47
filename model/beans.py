"""What is particular to the bean model: its photos, labels and recipe, and where its parts lie."""

import os
from pathlib import Path

import numpy as np
from PIL import Image

import pictures
from pictures import Folder
from recipe import Recipe

HERE = Path(__file__).resolve().parent
BUILD = HERE / "build"
DATA = Path(os.environ.get("BEANS_DATA", HERE.parent / "../shared/beans/train")).resolve()
OUTSIDE = {"leaves": HERE.parent / "../shared/ood/leaves", "things": HERE.parent / "../shared/ood/things"}
LABELS = ["angular_leaf_spot", "bean_rust", "healthy"]
NAME, VERSION, SUBJECT = "beans", "1.2.0", "bean leaf"
LICENCE = "Apache-2.0; ImageNet weights: Apache-2.0; photographs: ibean, MIT"
SIZE = 224
RECIPE = Recipe(
    resize="squish", size=(SIZE, SIZE), mean=(127 / 255,) * 3, std=(128 / 255,) * 3, exact=False, labels=tuple(LABELS)
)
# Drawn by examples.py.
EXAMPLES = [HERE / "examples" / f"{name}.jpg" for name in ("healthy", "rust", "spots", "unsure", "night", "sketch")]
TARGET = 0.985  # of accepted answers, to be right; see results/answered.csv


def photos(root: Path = DATA) -> Folder:
    try:
        return pictures.labelled(root, LABELS)
    except ValueError as wrong:
        raise SystemExit(f"{wrong}: set BEANS_DATA") from None


def upright(file: Path) -> Image.Image:
    return pictures.read(file).image


def squished(image: Image.Image, size: int) -> np.ndarray:
    """The whole picture at size by size, antialiased, as the prefix of the model file does it."""
    return np.asarray(image.resize((size, size), Image.Resampling.BILINEAR))
