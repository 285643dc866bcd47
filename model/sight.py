"""What a network sees in photographs, as they are and changed: logits, features, quality."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image

import pictures
from disturb import ABSOLUTE, HARMFUL, MILD, changed

CLEAN, DRAWN = "clean", "drawn"
ORDINARY = [CLEAN, *MILD]
# under mild changes at most, where every photo gets LEAST_CHANGES; more changes no figure by its interval
CHANGED_PICTURES = 6000
LEAST_CHANGES = 4
RUINED_PHOTOS = 100  # are put under every harmful change
UNCHANGED = 2.0  # levels in the mean: a harmful change that does less to a photo (grey to a grey one) does not count


@dataclass(frozen=True)
class Look:
    """A row a picture. `size` is (width, height) before any reduction, `photo` the place of the photo it was made from."""

    logits: np.ndarray
    features: np.ndarray
    quality: np.ndarray
    size: np.ndarray
    photo: np.ndarray

    def chosen(self, which: np.ndarray) -> "Look":
        return Look(*(getattr(self, f.name)[which] for f in fields(Look)))


Row = tuple[np.ndarray, np.ndarray, np.ndarray, tuple[int, int], int]


def joined(rows: list[Row]) -> Look:
    return Look(*(np.array(column) for column in zip(*rows, strict=True)))


def run(model: onnxruntime.InferenceSession, image: Image.Image, size: tuple[int, int], photo: int) -> Row:
    return (*model.run(["logits", "features", "quality"], {"image": np.ascontiguousarray(image)}), size, photo)


def changes(photos: int, photo: int) -> list[str]:
    """The mild changes that a photo is put under: all where photos are few, in turn where they are many."""
    kinds = list(MILD)
    each = min(len(kinds), max(LEAST_CHANGES, CHANGED_PICTURES // photos))
    return [kinds[(photo * each + i) % len(kinds)] for i in range(each)]


def ruins(photos: int, photo: int) -> list[str]:
    step = max(1, photos // RUINED_PHOTOS)
    return list(HARMFUL) if photo % step == 0 else []


def photographed(model: onnxruntime.InferenceSession, files: list[Path], clean: Look, working: int) -> dict[str, Look]:
    """Every photo as it is, which was looked at before, and changed, by kind. Big ones are reduced to no less than `working`
    pixels on their short side before they are changed.
    """
    found: dict[str, list[Row]] = {}

    def look(photo: int) -> list[tuple[str, Row]]:
        whole, rows = pictures.read(files[photo], working), []
        factor = whole.short_side / min(whole.image.size)
        for kind in [*changes(len(files), photo), *ruins(len(files), photo)]:
            image = changed(whole.image, kind, photo)
            if kind in HARMFUL and unchanged(whole.image, image):
                continue
            by = 1 if kind in ABSOLUTE else factor
            rows.append((kind, run(model, image, (round(image.width * by), round(image.height * by)), photo)))
        return rows

    for rows in progress("looking at photos, changed", look, len(files)):
        for kind, row in rows:
            found.setdefault(kind, []).append(row)
    return {CLEAN: clean} | {kind: joined(rows) for kind, rows in found.items()}


def plain(model: onnxruntime.InferenceSession, files: list[Path], what: str, kept: int | None = None) -> Look:
    """Photos as they are, reduced as far as is allowed."""

    def look(photo: int) -> Row:
        picture = pictures.read(files[photo], kept)
        return run(model, picture.image, picture.size, photo)

    return joined(list(progress(what, look, len(files))))


def drawn(model: onnxruntime.InferenceSession, images: list[Image.Image]) -> Look:
    return joined([run(model, image, image.size, i) for i, image in enumerate(images)])


def unchanged(before: Image.Image, after: Image.Image) -> bool:
    if before.size != after.size:
        return False
    return float(np.abs(np.asarray(before, dtype=np.int16) - np.asarray(after, dtype=np.int16)).mean()) < UNCHANGED


def progress(what: str, work: Callable[[int], object], count: int) -> Iterator:
    """Does the work for 0 to count - 1 on every core, in order, and says how far it is every ten seconds."""
    began = last = time.time()
    with ThreadPoolExecutor(pictures.workers()) as pool:
        for done, result in enumerate(pool.map(work, range(count)), start=1):
            now = time.time()
            if now - last > 10 or done == count:
                left = (now - began) / done * (count - done)
                print(
                    f"  {what}: {done} of {count}, {now - began:.0f} s" + (f", about {left:.0f} s left" if left > 1 else ""),
                    flush=True,
                )
                last = now
            yield result
