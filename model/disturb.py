"""What happens to photos on their way: mild changes, under which a leaf stays a leaf one can judge, and harmful ones.

Which is which was settled before any model was trained, by who does it: mild is what an ordinary phone, program or
hour of the day does to a photo without its taker noticing a fault; harmful is what they would take another photo for.
Lengths are for a 500-pixel picture and grow with it. CHECKING changes are never calibrated on.
"""

import io
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

Random = np.random.Generator
Change = Callable[[Image.Image, Random], Image.Image]


def scale(image: Image.Image) -> float:
    return min(image.size) / 500


def levels(values: np.ndarray) -> Image.Image:
    return Image.fromarray(np.clip(np.rint(values), 0, 255).astype(np.uint8))


def gains(image: Image.Image, red: float, green: float, blue: float) -> Image.Image:
    return levels(np.asarray(image, dtype=np.float32) * np.array([red, green, blue], dtype=np.float32))


def filled_turn(image: Image.Image, random: Random) -> Image.Image:
    """Any angle; the corners are black, white or the picture's mean colour."""
    mean = tuple(int(v) for v in np.asarray(image).mean((0, 1)))
    fill = [(0, 0, 0), (0, 0, 0), (255, 255, 255), mean][random.integers(4)]
    return image.rotate(random.uniform(0, 360), Image.Resampling.BILINEAR, fillcolor=fill)


def mirrored_turn(image: Image.Image, random: Random) -> Image.Image:
    """Any angle; the corners mirror the picture."""
    w, h = image.size
    wide = Image.new("RGB", (3 * w, 3 * h))
    for column in range(3):
        for row in range(3):
            tile = ImageOps.mirror(image) if column != 1 else image
            wide.paste(ImageOps.flip(tile) if row != 1 else tile, (column * w, row * h))
    near = wide.crop((3 * w // 4, 3 * h // 4, 3 * w - 3 * w // 4, 3 * h - 3 * h // 4))
    turned = near.rotate(random.uniform(0, 360), Image.Resampling.BILINEAR)
    return turned.crop((w - 3 * w // 4, h - 3 * h // 4, 2 * w - 3 * w // 4, 2 * h - 3 * h // 4))


def inner_turn(image: Image.Image, random: Random) -> Image.Image:
    """Any angle; only the largest upright square without corners is kept."""
    angle = random.uniform(0, 360)
    side = min(image.size) / (abs(np.cos(np.radians(angle))) + abs(np.sin(np.radians(angle))))
    turned = image.rotate(angle, Image.Resampling.BILINEAR)
    x, y = image.width / 2, image.height / 2
    return turned.crop(tuple(round(v) for v in (x - side / 2, y - side / 2, x + side / 2, y + side / 2)))


def quarter_turn(image: Image.Image, random: Random) -> Image.Image:
    return image.rotate(90 * random.integers(1, 4), expand=True)


def jpeg(image: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return Image.open(out).convert("RGB")


def resized(image: Image.Image, random: Random) -> Image.Image:
    side = round(float(np.exp(random.uniform(np.log(224), np.log(1600)))))
    method = [Image.Resampling.BILINEAR, Image.Resampling.BICUBIC, Image.Resampling.LANCZOS][random.integers(3)]
    return image.resize((side, side), method)


def shaped(ratio: float) -> Change:
    """Cuts the picture to width over height, or height over width, somewhere."""

    def change(image: Image.Image, random: Random) -> Image.Image:
        w, h = image.size
        w, h = (min(w, round(h * ratio)), h) if random.random() < 0.5 else (w, min(h, round(w * ratio)))
        x, y = random.integers(0, image.width - w + 1), random.integers(0, image.height - h + 1)
        return image.crop((x, y, x + w, y + h))

    return change


def noisy(image: Image.Image, random: Random, deviation: float) -> Image.Image:
    values = np.asarray(image, dtype=np.float32)
    return levels(values + random.normal(0, deviation, values.shape).astype(np.float32))


def dusk(image: Image.Image, random: Random) -> Image.Image:
    dim = random.uniform(0.45, 0.7)
    return gains(image, dim, dim * random.uniform(0.92, 1.0), dim * random.uniform(0.9, 1.1))


def warm(image: Image.Image, random: Random) -> Image.Image:
    return gains(image, random.uniform(1.05, 1.2), 1.0, random.uniform(0.75, 0.92))


def blue(image: Image.Image, random: Random) -> Image.Image:
    return gains(image, random.uniform(0.78, 0.94), random.uniform(0.95, 1.0), random.uniform(1.05, 1.2))


def fog(image: Image.Image, random: Random) -> Image.Image:
    return Image.blend(image, Image.new("RGB", image.size, (205, 208, 210)), random.uniform(0.15, 0.3))


def shadow(image: Image.Image, random: Random) -> Image.Image:
    """A soft dark edge from one side."""
    ramp = 1 / (1 + np.exp(-np.linspace(-8, 8, image.width) + random.uniform(-4, 4)))
    dimmed = np.asarray(image, dtype=np.float32) * (1 - 0.45 * ramp)[None, :, None]
    return levels(dimmed)


def night(image: Image.Image, random: Random) -> Image.Image:
    return noisy(gains(image, *[random.uniform(0.04, 0.12)] * 3), random, 3)


def covered(image: Image.Image, random: Random) -> Image.Image:
    """Half of it, from one side, by one colour: a hand, a pocket, a lens cap."""
    colour = [(0, 0, 0), (120, 84, 62), (200, 160, 135), (128, 128, 128)][random.integers(4)]
    w, h = image.size
    half = [(0, 0, w // 2, h), (w // 2, 0, w, h), (0, 0, w, h // 2), (0, h // 2, w, h)][random.integers(4)]
    out = image.copy()
    out.paste(colour, half)
    return out


def zoomed(image: Image.Image, random: Random) -> Image.Image:
    w, h = image.width // 4, image.height // 4
    x, y = random.integers(0, image.width - w + 1), random.integers(0, image.height - h + 1)
    return image.crop((x, y, x + w, y + h)).resize(image.size, Image.Resampling.BICUBIC)


def blurred(image: Image.Image, random: Random, low: float, high: float) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(random.uniform(low, high) * scale(image)))


def moved(image: Image.Image, random: Random) -> Image.Image:
    """A shaken camera: the mean along a line of 25 to 50 pixels."""
    length = round(random.uniform(25, 50) * scale(image))
    values = np.asarray(image, dtype=np.float32)
    padded = np.pad(values, ((0, 0), (length, 0), (0, 0)), mode="edge").cumsum(1)
    return levels((padded[:, length:] - padded[:, :-length]) / length)


MILD: dict[str, Change] = {
    "turned, corners filled": filled_turn,
    "turned, corners mirrored": mirrored_turn,
    "turned, inner square": inner_turn,
    "turned by quarters": quarter_turn,
    "JPEG 75 to 95": lambda i, r: jpeg(i, int(r.integers(75, 96))),
    "resized 224 to 1600": resized,
    "brightness ±20 %": lambda i, r: ImageEnhance.Brightness(i).enhance(r.uniform(0.8, 1.2)),
    "slight blur": lambda i, r: blurred(i, r, 0.5, 2.0),
    "dusk": dusk,
    "warm light": warm,
    "blue light": blue,
    "light noise": lambda i, r: noisy(i, r, r.uniform(3, 12)),
    "shape 3:4": shaped(3 / 4),
    "shape 9:16": shaped(9 / 16),
}
ABSOLUTE = {"resized 224 to 1600"}  # gives the size it says, however big the photo was
HARMFUL: dict[str, Change] = {
    "strong blur": lambda i, r: blurred(i, r, 6, 12),
    "night": night,
    "JPEG 3": lambda i, r: jpeg(i, 3),
    "heavy noise": lambda i, r: noisy(i, r, r.uniform(50, 90)),
    "half covered": covered,
    "zoomed 4 times": zoomed,
    "grey": lambda i, r: ImageOps.grayscale(i).convert("RGB"),
}
CHECKING: dict[str, Change] = {
    "fog": fog,
    "shadow": shadow,
    "mirrored": lambda i, r: ImageOps.mirror(i),
    "contrast ±20 %": lambda i, r: ImageEnhance.Contrast(i).enhance(r.uniform(0.8, 1.2)),
    "two mild at once": lambda i, r: two(i, r),
    "shaken": moved,
    "overexposed": lambda i, r: gains(i, *[r.uniform(2.5, 4)] * 3),
    "shrunk to 48": lambda i, r: i.resize((48, 48), Image.Resampling.BILINEAR),
}


def two(image: Image.Image, random: Random) -> Image.Image:
    first, second = random.choice(len(MILD), 2, replace=False)
    changes = list(MILD.values())
    return changes[second](changes[first](image, random), random)


def changed(image: Image.Image, kind: str, index: int) -> Image.Image:
    """The same change for the same kind and the same photo, on every run."""
    every = MILD | HARMFUL | CHECKING
    return every[kind](image, np.random.default_rng([list(every).index(kind), index]))
