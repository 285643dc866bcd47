"""Training photos under every change, at the size the network sees, kept in build/renders/.

All photos clean, and every second one under each change (alternating between changes), which halves the work.
"""

import argparse
import time
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

from beans import BUILD, DATA, SIZE, squished, upright
from disturb import CHECKING, HARMFUL, MILD, changed
from pictures import reduced
from sight import CLEAN
from train import folds

REDUCED_TO = 1024  # before a change of size; results/reductions.csv compares smaller ones
KINDS = [CLEAN, *MILD, *HARMFUL, *CHECKING]


@cache
def originals() -> list[Image.Image]:
    return [upright(DATA / file) for file in folds()[0]]


def rows(kind: str) -> np.ndarray:
    """Which photos, by their place in folds.csv, are rendered under a change."""
    every = np.arange(len(folds()[0]))
    return every if kind == CLEAN else every[(every + KINDS.index(kind)) % 2 == 0]


def place(kind: str, what: str) -> Path:
    return BUILD / "renders" / f"{KINDS.index(kind):02d}-{what}.npy"


def render(kind: str) -> np.ndarray:
    """uint8 [rows, SIZE, SIZE, 3]."""
    kept = place(kind, "pixels")
    if not kept.exists():
        began, chosen = time.time(), rows(kind)
        kept.parent.mkdir(parents=True, exist_ok=True)
        out = np.empty((len(chosen), SIZE, SIZE, 3), dtype=np.uint8)
        shapes = np.empty((len(chosen), 2), dtype=np.int32)
        for n, i in enumerate(chosen):
            image = originals()[i]
            image = image if kind == CLEAN else changed(image, kind, int(i))
            out[n], shapes[n] = squished(reduced(image, REDUCED_TO), SIZE), image.size
        np.save(place(kind, "sizes"), shapes)
        part = kept.with_suffix(".part.npy")
        np.save(part, out)
        part.rename(kept)
        print(f"rendered {kind} {time.time() - began:.0f} s", flush=True)
    return np.load(kept, mmap_mode="r")


def sizes(kind: str) -> np.ndarray:
    """Width and height [rows, 2] before the network's size."""
    render(kind)
    return np.load(place(kind, "sizes"))


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--worker", default="0/1", help="i/n: every n-th kind from the i-th on")
    worker, workers = map(int, arguments.parse_args().worker.split("/"))
    for kind in KINDS[worker::workers]:
        render(kind)


if __name__ == "__main__":
    main()
