"""Draws a bean leaf over soil as a phone would have taken it: shape, veins, disease, light, lens and sensor, all from a seed."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from texture import DRAWN, Random, blurred, cells, clouds, lit, mix

SIZE = 256


def photo(kind: str, seed: int) -> Image.Image:
    """One picture, as a phone would have taken it."""
    random = np.random.default_rng([seed, *kind.encode()])
    scene, depth = soil(random), random.uniform(0.3, 3.0)
    for _ in range(int(random.integers(0, 5))):
        far = (*random.uniform(-60, DRAWN + 60, 2), random.uniform(90, 330), random.uniform(0, 2 * np.pi))
        colour, where = leaf(random, "healthy", far)
        scene = mix(scene, colour * random.uniform(0.4, 1.0), where)
    scene = blurred(scene, depth)
    dark = np.clip(0.5 + 1.5 * (clouds(random, 1.9) - random.uniform(0.2, 2.0)), 0, 1)  # where something shades the ground
    scene = scene * (1 - 0.65 * dark)[..., None]
    turn = -np.pi / 2 + random.normal(0, 0.3)
    length = random.uniform(0.75, 1.1) * DRAWN
    middle = DRAWN / 2 + random.normal(0, 20, 2)
    base = middle - length / 2 * np.array([np.cos(turn), np.sin(turn)])
    colour, where = leaf(random, kind, (base[0], base[1], length, turn))
    shade = blurred(np.roll(where, (14, 10), (0, 1)), 9)
    scene = mix(scene * (1 - random.uniform(0.2, 0.6) * shade)[..., None], colour, where)
    warmth = random.normal(0, 0.06)
    scene = blurred(scene * random.uniform(0.9, 1.7) * [1 + warmth, 1, 1 - warmth], random.uniform(0.5, 1.1))
    scene += np.sqrt(np.maximum(scene, 0) * 3e-4 + 4e-5)[..., None].mean(-2) * random.normal(0, 1, scene.shape)
    shown = np.clip(scene, 0, None)
    shown = 1 - np.exp(-1.25 * shown)  # highlights roll off, as in a camera
    shown = shown ** random.uniform(1.0, 1.35) * 1.05  # and its contrast
    shown = np.where(shown <= 0.0031308, 12.92 * shown, 1.055 * np.maximum(shown, 1e-6) ** (1 / 2.4) - 0.055)
    image = Image.fromarray((np.clip(shown, 0, 1) * 255 + 0.5).astype(np.uint8))
    return image.resize((SIZE, SIZE), Image.Resampling.LANCZOS).filter(ImageFilter.UnsharpMask(1, 90, 2))


def soil(random: Random) -> np.ndarray:
    """Earth with crumbs, straw and stones; linear light."""
    red = random.uniform(0, 1)
    colour = np.array([0.28, 0.20 - 0.05 * red, 0.145 - 0.06 * red]) * random.uniform(0.35, 1.2)
    x, y = np.meshgrid(np.linspace(0, 1, DRAWN, dtype=np.float32), np.linspace(-0.5, 0.5, DRAWN, dtype=np.float32))
    _, crumb = cells(random, x + 0.02 * clouds(random, 1.5), y + 0.02 * clouds(random, 1.5), int(random.integers(60, 700)))
    bumps = 1.4 * clouds(random, random.uniform(1.0, 1.5)) + random.uniform(1, 5) * np.sqrt(np.minimum(crumb, 1))
    light, _ = lit(bumps, random, random.uniform(0.6, 1.6), 0)
    cracks = 1 - random.uniform(0.2, 0.7) * np.exp(-((crumb / 0.15) ** 2))
    ground = colour * (light * cracks * np.exp(random.uniform(0.25, 0.6) * clouds(random, 1.1)))[..., None]
    straw = Image.new("L", (DRAWN, DRAWN))
    pen = ImageDraw.Draw(straw)
    for _ in range(int(random.integers(0, 40))):
        x, y, turn, long = *random.uniform(0, DRAWN, 2), random.uniform(0, np.pi), random.uniform(15, 130)
        tone, width = int(random.integers(90, 255)), int(random.integers(1, 5))
        pen.line([x, y, x + long * np.cos(turn), y + long * np.sin(turn)], fill=tone, width=width)
    return mix(ground, np.array([0.55, 0.45, 0.28]) * random.uniform(0.4, 0.9), blurred(np.asarray(straw, np.float32) / 255, 0.8))


def leaf(random: Random, kind: str, place: tuple[float, float, float, float]) -> tuple[np.ndarray, np.ndarray]:
    """A leaf's linear light and where it is, for a base at x, y, a length in pixels and a direction."""
    x0, y0, length, turn = place
    y, x = np.mgrid[0:DRAWN, 0:DRAWN].astype(np.float32)
    u = ((x - x0) * np.cos(turn) + (y - y0) * np.sin(turn)) / length
    v = (-(x - x0) * np.sin(turn) + (y - y0) * np.cos(turn)) / length
    v = v + random.normal(0, 0.18) * u * (1 - u) + 0.006 * clouds(random, 1.6)
    first, last = random.uniform(0.4, 0.62), random.uniform(0.75, 1.1)
    along = np.clip(u, 0, 1)
    wide = along**first * (1 - along) ** last
    wide *= random.uniform(0.31, 0.43) / (wide.max() + 1e-6) * (1 + random.normal(0, 0.06) * np.sign(v))
    inside = np.clip((wide - np.abs(v)) * length / 1.6, 0, 1) * ((u > 0) & (u < 1))

    # Veins: a rib, pairs that leave it at an angle and bend forward, and a net between them.
    out = np.abs(v)
    slope, bend, pairs = random.uniform(0.75, 1.15), random.uniform(0.2, 0.9), random.integers(5, 8)
    phase = (u - slope * out + bend * out**2 - 0.02) * pairs + 0.35 * (v > 0) + 0.05 * clouds(random, 1.8)
    to_pair = np.abs(phase - np.round(phase)) / pairs / np.hypot(1, slope)
    number, to_net = cells(random, u, v, int(random.integers(500, 1300)))
    rib = np.exp(-((out / (0.007 * (1.3 - along))) ** 2))
    pair = np.exp(-((to_pair / (0.0045 * (1.2 - along))) ** 2)) * np.clip(1.4 - 1.1 * out / (wide + 1e-6), 0, 1)
    net = np.exp(-((to_net / 0.16) ** 2))
    veins = np.clip(rib + 0.9 * pair, 0, 1)
    quilt = np.sqrt(np.minimum(to_pair * pairs * 2, 1)) * random.uniform(4, 12) + np.minimum(to_net, 0.6) * random.uniform(3, 9)
    fold = -random.uniform(0.0, 0.35) * out * length + random.uniform(1, 8) * clouds(random, 2.2)
    fine = random.uniform(0.3, 0.9) * clouds(random, 0.7)
    light, shine = lit(blurred(quilt, 1.0) + fold + fine + 1.5 * rib, random, random.uniform(0.3, 0.8), random.uniform(0.0, 0.2))

    yellow = random.uniform(0, 1)
    green = np.array([0.07 + 0.12 * yellow, 0.22 + 0.10 * yellow, 0.045]) * random.uniform(0.7, 1.5)
    blade = green * np.exp(random.uniform(0.08, 0.25) * clouds(random, 1.1))[..., None]
    pale = np.clip(random.uniform(0.4, 0.8) * veins + random.uniform(0.05, 0.3) * net, 0, 1)
    blade = mix(blade, green * [1.7, 1.35, 1.3], pale)
    blade = marked(blade, random, kind, number, to_net, u, v)
    sky = np.array([0.9, 1.0, 1.1]) * 0.35
    return (blade * light[..., None] + shine[..., None] * sky).astype(np.float32), inside.astype(np.float32)


def marked(blade: np.ndarray, random: Random, kind: str, number: np.ndarray, to_net: np.ndarray, u: np.ndarray,
           v: np.ndarray) -> np.ndarray:
    """What a disease leaves on the blade: spots bounded by veins, or round pustules with a pale ring."""
    pale = np.array([0.42, 0.40, 0.06])
    if kind == "spots":
        where = clouds(random, 1.4)
        chosen = np.zeros(number.max() + 1, dtype=np.float32)
        for cell in random.permutation(number.max() + 1)[: int(random.integers(40, 170))]:
            here = number == cell
            chosen[cell] = here.any() and where[here].mean() > random.uniform(-0.6, 0.8)
        spot = chosen[number]
        sick = blurred(spot, random.uniform(5, 12))
        blade = mix(blade, pale * random.uniform(0.7, 1.1), np.clip(random.uniform(1.2, 3.0) * sick, 0, 0.85))
        brown = np.array([0.17, 0.09, 0.05]) * random.uniform(0.7, 1.5)
        return mix(blade, brown, 0.9 * np.clip(blurred(spot, 1.3) * 1.3, 0, 1) * np.exp(-np.abs(0.2 * where)))
    if kind == "rust":
        ring, core = np.zeros_like(u), np.zeros_like(u)
        for _ in range(int(random.integers(6, 55))):
            cu, cv, r = random.uniform(0.08, 0.9), random.normal(0, 0.17), random.uniform(0.006, 0.017)
            far = np.hypot(u - cu, v - cv) / r
            ring = np.maximum(ring, np.clip(1.5 * np.exp(-((far / 1.1) ** 2)), 0, 1) * random.uniform(0.5, 1))
            core = np.maximum(core, np.exp(-((far / random.uniform(0.3, 0.5)) ** 2)) * random.uniform(0.4, 1))
        blade = mix(blade, np.array([0.50, 0.48, 0.08]) * random.uniform(0.6, 1.2), 0.85 * ring)
        return mix(blade, np.array([0.24, 0.10, 0.04]) * random.uniform(0.6, 1.4), 0.9 * core)
    return blade
