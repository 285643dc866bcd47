"""Surfaces for drawn photos: noise like a photograph's, nets of cells, light over bumps."""

import numpy as np
from PIL import Image

DRAWN = 384  # pixels of a side while a picture is drawn
Random = np.random.Generator


def clouds(random: Random, slope: float, size: int = DRAWN) -> np.ndarray:
    """Noise whose amplitude falls with frequency to this power, as a photograph's does (near 1). Mean 0, deviation 1."""
    fy, fx = np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None, :]
    frequency = np.hypot(fx, fy)
    frequency[0, 0] = 1
    field = np.fft.irfft2(np.fft.rfft2(random.normal(size=(size, size))) / frequency**slope, s=(size, size))
    return ((field - field.mean()) / field.std()).astype(np.float32)


def blurred(values: np.ndarray, radius: float) -> np.ndarray:
    """A Gaussian blur of each channel, by frequencies; the picture is mirrored beyond its edges."""
    edge = DRAWN // 8
    size = DRAWN + 2 * edge
    fy, fx = np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None, :]
    kernel = np.exp(-2 * (np.pi * radius) ** 2 * (fx**2 + fy**2))
    planes = np.pad(values.reshape(DRAWN, DRAWN, -1), [(edge, edge), (edge, edge), (0, 0)], mode="reflect")
    out = [np.fft.irfft2(np.fft.rfft2(planes[..., i]) * kernel, s=(size, size)) for i in range(planes.shape[2])]
    return np.stack(out, axis=-1)[edge:-edge, edge:-edge].reshape(values.shape).astype(np.float32)


def cells(random: Random, u: np.ndarray, v: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The net of finest veins: for each point its cell's number, and how far it is from the border, 0 on it."""
    points = random.uniform([-0.05, -0.6], [1.05, 0.6], (count, 2)).astype(np.float32)
    shape, step = u.shape, 2
    where = np.stack([u[::step, ::step].ravel(), v[::step, ::step].ravel()], 1).astype(np.float32)
    squares = (where**2).sum(1)[:, None] - 2 * where @ points.T + (points**2).sum(1)[None, :]
    nearest = np.argpartition(squares, 1, axis=1)[:, :2]
    two = np.sqrt(np.maximum(np.take_along_axis(squares, nearest, 1), 0))
    order = np.argsort(two, axis=1)
    two, nearest = np.take_along_axis(two, order, 1), np.take_along_axis(nearest, order, 1)
    small = (shape[0] // step, shape[1] // step)
    gap = Image.fromarray((two[:, 1] - two[:, 0]).reshape(small)).resize(shape[::-1], Image.Resampling.BILINEAR)
    number = np.kron(nearest[:, 0].reshape(small), np.ones((step, step), dtype=int))
    return number, np.asarray(gap) * np.sqrt(count)


def lit(height: np.ndarray, random: Random, depth: float, gloss: float) -> tuple[np.ndarray, np.ndarray]:
    """Brightness and shine of a surface under a sun and a sky."""
    dy, dx = np.gradient(height * depth)
    turn, rise = random.uniform(0, 2 * np.pi), random.uniform(0.7, 1.25)
    sun = np.array([np.cos(turn) * np.cos(rise), np.sin(turn) * np.cos(rise), np.sin(rise)])
    length = np.sqrt(dx**2 + dy**2 + 1)
    facing = np.clip((-dx * sun[0] - dy * sun[1] + sun[2]) / length, 0, 1)
    half = sun + np.array([0, 0, 1])
    half /= np.linalg.norm(half)
    shine = np.clip((-dx * half[0] - dy * half[1] + half[2]) / length, 0, 1) ** 18
    return 0.35 + 0.65 * facing / sun[2], gloss * shine


def mix(under: np.ndarray, over: np.ndarray, share: np.ndarray) -> np.ndarray:
    return under + (np.asarray(over, dtype=np.float32) - under) * share[..., None]
