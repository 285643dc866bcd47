"""Draws the pictures that are sent: textures with a photograph's statistics, or a photo of the user's in every size.

A photograph's detail falls with frequency such that every octave holds about as much of it, colours have less of it than
brightness, and a JPEG of it takes so many bytes. A decoder's work depends on these and on little else.
"""

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

SMALL = (500, 500)
PHONE_3 = (2000, 1500)
PHONE_12 = (4000, 3000)
PHONE_48 = (8000, 6000)

# Bytes of the JPEG: the median of the published bean photos at 500x500, what phones write at 3 and 12 megapixels, and at 48
# what a request can hold inside JSON (phones write 10 MB, which neither Lambda nor API Gateway take).
JPEG_BYTES = {SMALL: 120_000, PHONE_3: 1_200_000, PHONE_12: 3_400_000, PHONE_48: 3_400_000}
WEBP_QUALITY = 85

COARSEST = 4  # cells on the long side in the first octave
BRIGHTNESS = 17.0  # standard deviation of an octave
COLOUR = 6.0
FINE = 5.0  # of the octaves that are added to an enlarged photo, which has none of its own


@dataclass(frozen=True)
class Picture:
    size: tuple[int, int]
    format: str
    content: bytes

    @property
    def type(self) -> str:
        return f"image/{self.format}"


def octaves(size: tuple[int, int], coarsest: int, deviation: float, random: np.random.Generator) -> np.ndarray:
    """Noise with the same deviation in every octave down to single pixels."""
    total = np.zeros((size[1], size[0]), np.float32)
    cells = coarsest
    while cells <= max(size):
        grid = (max(2, cells * size[0] // max(size)), max(2, cells * size[1] // max(size)))
        noise = random.standard_normal((grid[1], grid[0]), np.float32) * deviation
        total += np.asarray(Image.fromarray(noise).resize(size, Image.Resampling.BICUBIC))
        cells *= 2
    return total


def texture(size: tuple[int, int]) -> Image.Image:
    random = np.random.default_rng(size[0])
    planes = [
        octaves(size, COARSEST, deviation, random) + mean for deviation, mean in ((BRIGHTNESS, 118), (COLOUR, 108), (COLOUR, 122))
    ]
    channels = [Image.fromarray(np.clip(plane, 0, 255).astype(np.uint8)) for plane in planes]
    return Image.merge("YCbCr", channels).convert("RGB")


def enlarged(photo: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The photo in another size and, where that is larger, with the fine detail that a larger one would have."""
    fitted = ImageOps.fit(photo, size, Image.Resampling.BICUBIC)
    finest = min(photo.size) * 2
    if max(size) < finest:
        return fitted
    detail = octaves(size, finest, FINE, np.random.default_rng(size[0]))
    return Image.fromarray(np.clip(np.asarray(fitted) + detail[:, :, None], 0, 255).astype(np.uint8))


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def jpeg(image: Image.Image, most: int) -> bytes:
    """Baseline with halved colours, as phones write it, in the best quality of at most so many bytes."""
    low, high = 5, 96
    while high - low > 1:
        middle = (low + high) // 2
        if len(encoded(image, "jpeg", quality=middle)) <= most:
            low = middle
        else:
            high = middle
    return encoded(image, "jpeg", quality=low)


def upright(file: Path) -> Image.Image:
    with Image.open(file) as photo:
        return ImageOps.exif_transpose(photo).convert("RGB")


def drawn(sizes: list[tuple[int, int]], photo: Path | None) -> list[Picture]:
    """Every size as JPEG, the smallest as PNG and WebP too."""
    pictures = []
    for size in sizes:
        image = enlarged(upright(photo), size) if photo else texture(size)
        pictures.append(Picture(size, "jpeg", jpeg(image, JPEG_BYTES[size])))
        if size == SMALL:
            pictures.append(Picture(size, "png", encoded(image, "png")))
            pictures.append(Picture(size, "webp", encoded(image, "webp", quality=WEBP_QUALITY)))
    return pictures
