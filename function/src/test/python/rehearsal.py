"""Draws the pictures with which the function rehearses before its first request: one for each way in which a file can be
decoded. Their content does not matter, their kinds do.

    pip install pillow==12.2.0 numpy
    python function/src/test/python/rehearsal.py

writes function/src/main/resources/haricot/rehearsal.
"""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

OUT = Path(__file__).parents[2] / "main" / "resources" / "haricot" / "rehearsal"
SIDE = 500
# The shortest side at which serving code halves a picture before the graph, which is decoding of another kind.
LARGE = 2048


def leaf(side: int) -> Image.Image:
    """A leaf of sorts on soil of sorts, with enough grain that no decoder finds only empty blocks."""
    image = Image.new("RGB", (side, side), (96, 72, 52))
    pen = ImageDraw.Draw(image)
    pen.ellipse((side * 0.1, side * 0.2, side * 0.9, side * 0.85), fill=(58, 128, 44))
    for i in range(1, 9):
        pen.line((side * 0.1, side * 0.5, side * i / 9, side * 0.2), fill=(130, 170, 90), width=max(1, side // 200))
        pen.ellipse((side * i / 10, side * 0.6, side * (i + 0.4) / 10, side * 0.65), fill=(150, 90, 30))
    soft = image.filter(ImageFilter.GaussianBlur(side / 250))
    grain = np.random.default_rng(1).integers(-6, 7, (side, side, 1))
    return Image.fromarray(np.clip(np.asarray(soft).astype(int) + grain, 0, 255).astype(np.uint8))


OUT.mkdir(parents=True, exist_ok=True)
leaf(SIDE).save(OUT / "baseline.jpg", quality=75)
leaf(SIDE).save(OUT / "progressive.jpg", quality=75, progressive=True, subsampling=0)
leaf(LARGE).filter(ImageFilter.GaussianBlur(2)).save(OUT / "large.jpg", quality=40)
leaf(SIDE // 2).save(OUT / "truecolour.png", optimize=True)
leaf(SIDE // 2).quantize(16, dither=Image.Dither.NONE).save(OUT / "palette.png", optimize=True)
leaf(SIDE).save(OUT / "lossy.webp", quality=75)
leaf(SIDE // 2).save(OUT / "lossless.webp", lossless=True)
