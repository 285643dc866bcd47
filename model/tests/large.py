"""Draws large pictures of odd sizes, for Java to read and reduce as Python does.

Writes into a folder the files, what `pictures.read` makes of each (the bytes of its pixels) and large.json: file, kept, size,
and by how many levels Java may be off, at most and in the mean. (At three times these sizes, 4,001 by 3,003, it was so too.)
"""

import io
import json
from pathlib import Path

import numpy as np
import pictures
from PIL import Image, ImageCms

TURNED = {"exif": b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00\x00\x00\x00\x00"}
SRGB = {"icc_profile": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()}
SAME, ROUNDED, SCALED = (0, 0), (1, 0.6), (40, 1.0)  # libwebp averages brightness and colour, Pillow's mean comes after
CASES = [
    ("odd.jpg", (667, 501), 149, {"quality": 85}, SAME),
    ("odd-444.jpg", (667, 501), 75, {"quality": 85, "subsampling": 0}, SAME),
    ("odd-turned.jpg", (667, 501), 149, {"quality": 85} | TURNED, SAME),
    ("large.jpg", (1333, 1001), 149, {"quality": 85}, SAME),
    ("large-least.jpg", (1333, 1001), 500, {"quality": 85, "progressive": True}, SAME),
    ("odd.png", (667, 501), 149, {}, ROUNDED),
    ("odd-turned.png", (667, 501), 149, TURNED, ROUNDED),
    ("odd-profile.png", (667, 501), 233, SRGB, ROUNDED),
    ("large.png", (1333, 1001), 224, {"compress_level": 1}, ROUNDED),
    ("odd-lossless.webp", (667, 501), 149, {"lossless": True, "method": 0}, ROUNDED),
    ("odd-lossy.webp", (667, 501), 149, {"quality": 85, "method": 0}, SCALED),
    ("odd-turned.webp", (501, 667), 149, {"quality": 85, "method": 0} | TURNED, SCALED),
    ("large-lossy.webp", (1333, 1001), 224, {"quality": 85, "method": 0}, SCALED),
    ("see-through.png", (667, 501), 149, {"alpha": True}, ROUNDED),
]


def drawn(size: tuple[int, int]) -> Image.Image:
    """Waves of colour, edges and a little noise, as a photograph has them."""
    width, height = size
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    waves = [
        127 + 90 * np.sin(x / a + y / b) + 30 * ((x // c + y // c) % 2)
        for a, b, c in ((37, 61, 301), (53, 29, 199), (71, 97, 401))
    ]
    noise = np.random.default_rng(3).normal(0, 4, (height, width, 3))
    return Image.fromarray(np.clip(np.stack(waves, -1) + noise, 0, 255).astype(np.uint8))


def write(folder: Path) -> None:
    folder.mkdir()
    listed = []
    for name, size, kept, options, (most, mean) in CASES:
        image = drawn(size)
        if options.get("alpha"):
            image.putalpha(Image.linear_gradient("L").resize(size))
        data = io.BytesIO()
        image.save(
            data,
            {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[name.rsplit(".")[-1]],
            **{k: v for k, v in options.items() if k != "alpha"},
        )
        (folder / name).write_bytes(data.getvalue())
        read = pictures.read(folder / name, kept).image
        (folder / f"{name}.rgb").write_bytes(read.tobytes())
        listed.append({"file": name, "kept": kept, "width": read.width, "height": read.height, "most": most, "mean": mean})
    (folder / "large.json").write_text(json.dumps(listed))
