"""Draws the pictures that stand in for photographs in tests: leaf-like shapes, text, noise, blank and night.

No picture here is a photograph, and none looks like one to the model: what it answers for them is only a fixed point
that other code must reproduce.
"""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

GREENS = [(86, 125, 52), (104, 142, 60), (70, 108, 44)]
SPOT, RUST, SOIL = (92, 66, 36), (168, 96, 40), (112, 92, 70)


def texture(width: int, height: int, random: np.random.Generator, strength: float) -> Image.Image:
    """A smooth grey noise at three scales, 128 in the mean."""
    total = np.zeros((height, width), dtype=np.float64)
    for cells in (4, 12, 40):
        coarse = random.normal(0, 1, (cells, cells))
        layer = Image.fromarray(coarse.astype(np.float32)).resize((width, height), Image.Resampling.BICUBIC)
        total += np.asarray(layer)
    return Image.fromarray(np.clip(128 + strength * total, 0, 255).astype(np.uint8))


def leaf(width: int, height: int, spots: int, colour: tuple[int, int, int], seed: int) -> Image.Image:
    """A leaf that fills the picture, with a rib, veins and spots, over soil."""
    random = np.random.default_rng(seed)
    image = Image.new("RGB", (width, height), SOIL)
    draw = ImageDraw.Draw(image)
    green = GREENS[seed % len(GREENS)]
    draw.ellipse([-0.1 * width, 0.02 * height, 1.1 * width, 0.98 * height], fill=green)
    pale = tuple(min(255, c + 34) for c in green)
    thick = max(1, min(width, height) // 60)
    draw.line([0, height / 2, width, height / 2], fill=pale, width=2 * thick)
    for x in np.linspace(0.08, 0.92, 8) * width:
        for end in (0.06, 0.94):
            draw.line([x, height / 2, x + 0.14 * width, end * height], fill=pale, width=thick)
    for _ in range(spots):
        x, y = random.uniform(0.1, 0.9) * width, random.uniform(0.15, 0.85) * height
        r = random.uniform(0.008, 0.03) * max(width, height)
        draw.ellipse([x - r, y - r, x + r, y + 0.8 * r], fill=colour)
    image = image.filter(ImageFilter.GaussianBlur(max(0.6, min(width, height) / 300)))
    grain = np.asarray(texture(width, height, random, 14.0), dtype=np.int16) - 128
    return Image.fromarray(np.clip(np.asarray(image, dtype=np.int16) + grain[..., None], 0, 255).astype(np.uint8))


def text(width: int, height: int) -> Image.Image:
    image = Image.new("RGB", (width, height), (250, 250, 248))
    draw = ImageDraw.Draw(image)
    for line in range(12, height - 12, 16):
        draw.text((10, line), "beans 2 kg   maize 5 kg   total 7 kg", fill=(20, 20, 24))
    return image


def noise(width: int, height: int, seed: int) -> Image.Image:
    return Image.fromarray(np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8))


def blank(width: int, height: int, colour: tuple[int, int, int]) -> Image.Image:
    return Image.new("RGB", (width, height), colour)


def chart(width: int, height: int) -> Image.Image:
    """Bars and a line: a drawing."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    for i, share in enumerate((0.3, 0.7, 0.5, 0.9, 0.4)):
        left = (i + 0.2) * width / 5
        draw.rectangle([left, height * (1 - share), left + 0.6 * width / 5, height], fill=(40 * i, 90, 200 - 30 * i))
    draw.line([0, 0.8 * height, 0.5 * width, 0.3 * height, width, 0.6 * height], fill=(200, 30, 30), width=3)
    return image


def night(width: int, height: int) -> Image.Image:
    dark = np.asarray(leaf(width, height, 20, SPOT, 5), dtype=np.float32) * 0.04
    return Image.fromarray(dark.round().astype(np.uint8))


# The first three travel inside the model file.
GOLDEN: dict[str, Callable[[], Image.Image]] = {
    "leaf-spots": lambda: leaf(120, 120, 24, SPOT, 0),
    "leaf-rust": lambda: leaf(128, 96, 60, RUST, 1),
    "leaf-plain": lambda: leaf(97, 131, 0, SPOT, 2),
    "leaf-same-size": lambda: leaf(224, 224, 12, SPOT, 3).quantize(24).convert("RGB"),
    "leaf-odd": lambda: leaf(61, 83, 9, RUST, 4),
    "leaf-tall": lambda: leaf(54, 160, 9, SPOT, 6),
    "leaf-wide": lambda: leaf(333, 64, 30, RUST, 7).quantize(24).convert("RGB"),
    "leaf-night": lambda: night(200, 150),
    "pixel": lambda: blank(1, 1, (90, 140, 60)),
    "blank-white": lambda: blank(640, 480, (255, 255, 255)),
    "blank-grey": lambda: blank(300, 300, (128, 128, 128)),
    "blank-big": lambda: blank(2305, 2049, (80, 130, 60)),
    "chart-big": lambda: chart(2050, 2301),
    "chart": lambda: chart(400, 300),
    "text": lambda: text(320, 240),
    "noise": lambda: noise(80, 80, 8),
}


def gradient(width: int, height: int, seed: int) -> Image.Image:
    """From one colour to another, slantwise."""
    random = np.random.default_rng(seed)
    first, second = random.integers(0, 256, (2, 3))
    slant = (np.linspace(0, 1, width)[None, :] + np.linspace(0, 1, height)[:, None]) / 2
    return Image.fromarray((first + slant[..., None] * (second - first)).astype(np.uint8))


def clouds(width: int, height: int, seed: int) -> Image.Image:
    """Smooth noise in a random colour; every other one in a leaf's green."""
    random = np.random.default_rng(seed)
    colour = np.array(GREENS[seed % 3] if seed % 2 else random.integers(20, 236, 3))
    grey = np.asarray(texture(width, height, random, 30.0), dtype=np.float32)[..., None]
    return Image.fromarray(np.clip(colour + (grey - 128), 0, 255).astype(np.uint8))


def pattern(width: int, height: int, seed: int) -> Image.Image:
    """Stripes, checks or dots."""
    random = np.random.default_rng(seed)
    period = int(random.integers(6, 60))
    x, y = np.meshgrid(np.arange(width) // period, np.arange(height) // period)
    on = [(x % 2), (x + y) % 2, (x % 2) * (y % 2)][seed % 3].astype(bool)
    first, second = random.integers(0, 256, (2, 3))
    return Image.fromarray(np.where(on[..., None], first, second).astype(np.uint8))


def sketch(width: int, height: int, seed: int) -> Image.Image:
    """Lines, boxes and ellipses on paper: a child's drawing."""
    random = np.random.default_rng(seed)
    image = Image.new("RGB", (width, height), (255, 255, 255) if seed % 2 else (240, 232, 214))
    draw = ImageDraw.Draw(image)
    for _ in range(random.integers(3, 16)):
        x, y = np.sort(random.uniform(0, width, 2)), np.sort(random.uniform(0, height, 2))
        colour = tuple(int(v) for v in random.integers(0, 200, 3))
        box = [x[0], y[0], x[1] + 1, y[1] + 1]
        match random.integers(3):
            case 0:
                draw.ellipse(box, outline=colour, width=3)
            case 1:
                draw.rectangle(box, fill=colour)
            case _:
                draw.line(box, fill=colour, width=4)
    return image


def outsiders() -> list[Image.Image]:
    """Sixty-odd pictures that must all be flagged: blank, graded, cloudy, patterned, sketched, written, noisy, dark."""
    blanks = [blank(500, 500, c) for c in [(0, 0, 0), (255, 255, 255), (128, 128, 128), (60, 110, 40), (90, 140, 60),
                                           (130, 160, 90), (150, 110, 70), (30, 60, 20), (200, 40, 40), (40, 60, 200)]]
    made = [f(500, 400, seed) for seed in range(6) for f in (gradient, pattern, sketch, noise)]
    leaves = [leaf(400, 400, 10 * seed, (SPOT, RUST)[seed % 2], seed) for seed in range(6)]
    smooth = [clouds(500, 500, seed) for seed in range(12)]
    return blanks + made + smooth + leaves + [text(500, 400), text(900, 300), chart(500, 400), chart(300, 600),
                                              night(500, 500), blank(1, 1, (90, 140, 60))]
