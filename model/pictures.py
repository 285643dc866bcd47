"""Photographs: found in folders, split by a list, and read as the serving code reads them: upright, in sRGB, over white,
reduced when big.
"""

import contextlib
import io
import os
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}
EXIF_ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
JPEG = ("JPEG", "MPO")
Image.MAX_IMAGE_PIXELS = 50_000_000  # serving refuses more
warnings.simplefilter("error", Image.DecompressionBombWarning)


class Unreadable(Exception):
    """A file that is no picture, or a broken one."""


@dataclass(frozen=True)
class Picture:
    """Upright and RGB, reduced as far as was allowed; the size is the file's own, (width, height), before any reduction."""

    image: Image.Image
    size: tuple[int, int]
    turned: bool  # by its EXIF orientation

    @property
    def short_side(self) -> int:
        return min(self.size)


def listing(root: Path) -> list[Path]:
    """Every picture under a folder, in the order of its path, so that every run sees the same order."""
    return sorted(p for p in root.rglob("*") if p.suffix.lower() in SUFFIXES and not p.name.startswith("."))


def read(file: Path, kept: int | None = None) -> Picture:
    """Reads a file, reduced by whole factors to no less than `kept` pixels on its short side.

    A JPEG is reduced while it is decoded, by the largest of 1, 2, 4 and 8 that keeps them (libjpeg's scaled DCT); other formats
    by averaging squares.
    """
    try:
        with Image.open(file) as image:
            size, turn, kind = image.size, image.getexif().get(EXIF_ORIENTATION, 1), image.format
            if kind in JPEG and kept:
                image.draft(None, (kept, kept))
            shown = opaque(image)
    except Exception as broken:  # Pillow raises a dozen kinds for broken files
        raise Unreadable(f"{type(broken).__name__}: {broken}".splitlines()[0][:120]) from None
    less = shown if kind in JPEG else reduced(shown, kept, kind)
    upright = less.transpose(TURNS[turn]) if turn in TURNS else less
    return Picture(upright, size[::-1] if turn in (5, 6, 7, 8) else size, turn in TURNS)


def opaque(image: Image.Image) -> Image.Image:
    """RGB: in sRGB where the file has a profile, over white where it can be seen through."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):  # 16 bits a sample
        image = Image.fromarray((np.asarray(image).astype(np.uint32) >> 8).astype(np.uint8))
    if image.mode in ("P", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
    if profile and image.mode in ("RGB", "L"):
        with contextlib.suppress(ImageCms.PyCMSError, OSError):  # a broken one says nothing
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            image = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    if image.mode == "RGBA":
        white = Image.new("RGB", image.size, (255, 255, 255))
        white.paste(image, mask=image.getchannel("A"))
        return white
    return image.convert("RGB")


def reduced(image: Image.Image, kept: int | None, kind: str = "PNG") -> Image.Image:
    """Divides a big picture by a whole factor, to no less than `kept` pixels on its short side; not at all without.

    Every pixel of the result is the rounded mean of a square of the picture's. What remains at the right and lower edge is
    averaged too, but of a WebP left out, which libwebp reduces while it decodes.
    """
    factor = min(image.size) // kept if kept else 1
    if factor < 2:
        return image
    if kind == "WEBP":
        image = image.crop((0, 0, image.width // factor * factor, image.height // factor * factor))
    return image.reduce(factor)


@dataclass(frozen=True)
class Folder:
    """Photos of one folder a label."""

    root: Path
    files: list[Path]
    labels: list[str]
    truth: np.ndarray

    def chosen(self, which: np.ndarray) -> "Folder":
        return Folder(self.root, [self.files[i] for i in which], self.labels, self.truth[which])


def labelled(root: Path, labels: list[str] | None = None) -> Folder:
    """The photos of a folder with one folder a label. Labels are the folders' names, sorted, unless they are given.

    Raises ValueError with a sentence where the folders are not the labels.
    """
    files = listing(root) if root.is_dir() else []
    if not files:
        raise ValueError(f"no pictures ({', '.join(sorted(SUFFIXES))}) under {root}: one folder a label is expected there")
    names = {f: f.relative_to(root).parts[0] for f in files if f.parent != root}
    if stray := [f.name for f in files if f not in names]:
        raise ValueError(f"{len(stray)} pictures lie in {root} itself, {stray[0]} first: one folder a label is expected there")
    labels = labels or sorted(set(names.values()))
    if strange := sorted(set(names.values()) - set(labels)):
        raise ValueError(f"{root} has the folders {strange}, which are no labels: {labels}")
    return Folder(root, files, labels, np.array([labels.index(names[f]) for f in files]))


def listed(folder: Folder, file: Path) -> tuple[np.ndarray, list[str]]:
    """Which photos of the folder a list names, one path a line, and the lines that name none of them.

    The list may come from another machine: a line counts if it ends in the photo's label folder and name.
    """
    known = {tuple(f.parts[-2:]): i for i, f in enumerate(folder.files)}
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    found = [known.get(tuple(Path(line.replace("\\", "/")).parts[-2:])) for line in lines]
    missing = [line for line, i in zip(lines, found, strict=True) if i is None]
    return np.array(sorted({i for i in found if i is not None}), dtype=int), missing


def workers() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
