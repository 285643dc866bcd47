"""Fine-tunes EfficientNet-Lite0: one model per seed and fold, then one per seed on all photos.

A finished model is kept in build/ and not trained again, so that an interrupted run goes on. The models of the three
seeds start from the same weights and are averaged in weights (features.py). About 3.5 minutes a model on one core.
"""

import argparse
import csv
import time

import numpy as np
import torch
import torch.nn.functional as functional

from beans import BUILD, DATA, HERE, LABELS, squished, upright
from network import Lite0, normalise

SEEDS = [0, 1, 2]
EPOCHS = 10
BATCH = 16
SIZES = [160] * 4 + [192] * 6  # training size by epoch; serving is at 224, where things look as big as crops do here
STORED, SIZE = 288, 224
FROZEN_STAGES = 2
RATE, HEAD_RATE, DECAY = 5e-4, 3e-3, 0.02
SMOOTHING, MIXUP = 0.1, 0.2
AVERAGING = 0.985  # of the weights, per step
WARMUP = 0.15


def folds() -> tuple[list[str], np.ndarray, np.ndarray]:
    """Files, label indices and folds, as groups.py wrote them."""
    with open(HERE / "folds.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    return [r["file"] for r in rows], np.array([int(r["label"]) for r in rows]), np.array([int(r["fold"]) for r in rows])


def stored(files: list[str], size: int) -> np.ndarray:
    """All photos at one size, kept in build/."""
    kept = BUILD / f"leaves{size}.npy"
    if not kept.exists():
        BUILD.mkdir(exist_ok=True)
        np.save(kept, np.stack([squished(upright(DATA / f), size) for f in files]))
    return np.load(kept)


def crop(x: torch.Tensor, size: int, random: torch.Generator) -> torch.Tensor:
    """Turns, mirrors, stretches and crops each picture (NHWC uint8) differently; the corners mirror or go black."""
    n = len(x)
    draw = lambda low, high: torch.empty(n).uniform_(low, high, generator=random)
    quarter = torch.randint(0, 4, (n,), generator=random) * (torch.pi / 2)
    angle = quarter + torch.where(draw(0, 1) < 0.5, draw(-0.15, 0.15), draw(-torch.pi / 4, torch.pi / 4))
    side, stretch = draw(0.6, 1.0), draw(-0.2, 0.2)
    wide, high = (side * stretch.exp()).clamp(max=1), (side / stretch.exp()).clamp(max=1)
    mirror = torch.where(draw(0, 1) < 0.5, 1.0, -1.0)
    left, top = draw(-1, 1) * (1 - wide), draw(-1, 1) * (1 - high)
    cos, sin = angle.cos(), angle.sin()
    theta = torch.stack([
        torch.stack([cos * wide * mirror, -sin * high, cos * left - sin * top], 1),
        torch.stack([sin * wide * mirror, cos * high, sin * left + cos * top], 1),
    ], 1)
    padding = "reflection" if torch.rand(1, generator=random) < 0.6 else "zeros"
    grid = functional.affine_grid(theta, [n, 3, size, size], align_corners=False)
    return functional.grid_sample(x.permute(0, 3, 1, 2).float(), grid, padding_mode=padding, align_corners=False)


def recolour(x: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    """Changes light, contrast, saturation and warmth of each picture; sometimes adds noise or blur, or covers a part."""
    n, size = len(x), x.shape[-1]
    draw = lambda low, high: torch.empty(n, 1, 1, 1).uniform_(low, high, generator=random)
    sometimes = lambda share: (draw(0, 1) < share).float()
    warmth = torch.empty(n, 1, 1, 1).normal_(0, 0.08, generator=random) * torch.tensor([1.0, 0.0, -1.0])[:, None, None]
    x = x * (draw(-0.35, 0.35) + warmth).exp()
    grey = x.mean(1, keepdim=True)
    x = grey + (x - grey) * draw(0.6, 1.4)
    x = x.mean((1, 2, 3), keepdim=True) * (1 - (contrast := draw(0.7, 1.3))) + x * contrast
    blurred = functional.avg_pool2d(functional.pad(x, (1, 1, 1, 1), mode="replicate"), 3, 1)
    x = x + sometimes(0.2) * draw(0.3, 1.0) * (blurred - x)
    x = x + sometimes(0.2) * draw(0, 14) * torch.randn(x.shape, generator=random)
    for i in torch.nonzero(sometimes(0.2).flatten()).flatten().tolist():
        h, w = torch.randint(size // 8, size // 2, (2,), generator=random).tolist()
        top, left = torch.randint(0, size - h, (1,), generator=random), torch.randint(0, size - w, (1,), generator=random)
        x[i, :, top:top + h, left:left + w] = 255 * torch.rand(3, 1, 1, generator=random)
    return x.clamp(0, 255)


def mixed(x: torch.Tensor, target: torch.Tensor, random: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Half of the batches blend each picture, and its target, with another."""
    if torch.rand(1, generator=random) < 0.5:
        return x, target
    share = float(np.random.default_rng(int(torch.randint(2**31, (1,), generator=random))).beta(MIXUP, MIXUP))
    order = torch.randperm(len(x), generator=random)
    return share * x + (1 - share) * x[order], share * target + (1 - share) * target[order]


def pace(step: int, steps: int) -> float:
    """The learning rate's factor: a linear warm-up, then a half cosine to zero."""
    warm = int(WARMUP * steps)
    return (step + 1) / warm if step < warm else 0.5 * (1 + np.cos(np.pi * (step - warm) / (steps - warm)))


def train(pictures: np.ndarray, labels: np.ndarray, seed: int, name: str) -> dict[str, torch.Tensor]:
    """Trains one model and gives the running average of its weights."""
    random = torch.Generator().manual_seed(seed)
    network = Lite0(len(LABELS)).to(memory_format=torch.channels_last)
    for part in network.frozen(FROZEN_STAGES):
        part.requires_grad_(False).eval()
    body = [p for n, p in network.named_parameters() if p.requires_grad and not n.startswith("head")]
    optimiser = torch.optim.AdamW([{"params": body, "lr": RATE}, {"params": network.head.parameters(), "lr": HEAD_RATE}],
                                  weight_decay=DECAY)
    steps = EPOCHS * (len(labels) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: pace(step, steps))
    average = {n: p.detach().clone() for n, p in network.named_parameters()}
    targets = functional.one_hot(torch.from_numpy(labels), len(LABELS)) * (1 - SMOOTHING) + SMOOTHING / len(LABELS)
    source, step, began = torch.from_numpy(pictures), 0, time.time()
    for epoch in range(EPOCHS):
        total = 0.0
        order = torch.randperm(len(labels), generator=random)
        for batch in order[: len(labels) // BATCH * BATCH].split(BATCH):
            x = recolour(crop(source[batch], SIZES[epoch], random), random)
            x, target = mixed(x, targets[batch], random)
            x = normalise(x.permute(0, 2, 3, 1))
            loss = functional.cross_entropy(network.finish(network.start(x, FROZEN_STAGES), FROZEN_STAGES), target)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            step += 1
            keep = min(AVERAGING, (1 + step) / (10 + step))
            with torch.no_grad():
                for n, p in network.named_parameters():
                    if p.requires_grad:
                        average[n].lerp_(p, 1 - keep)
            total += loss.item()
        loss_mean, seconds = total / (len(labels) // BATCH), time.time() - began
        print(f"{name} epoch {epoch + 1}/{EPOCHS} loss {loss_mean:.4f} {seconds:.0f} s", flush=True)
    return {n: average.get(n, v).clone() for n, v in network.state_dict().items()}


def accuracy(weights: dict[str, torch.Tensor], pictures: np.ndarray, labels: np.ndarray) -> float:
    network = Lite0(len(LABELS)).to(memory_format=torch.channels_last).eval()
    network.load_state_dict(weights)
    batches = np.array_split(pictures, max(1, len(pictures) // 32))
    with torch.inference_mode():
        answers = [network(normalise(torch.from_numpy(b))).argmax(1).numpy() for b in batches]
    return float(np.mean(np.concatenate(answers) == labels))


def jobs() -> list[tuple[int, int]]:
    """Every seed with every fold, and with -1: none held out."""
    every = folds()[2].max() + 1
    return [(seed, held) for seed in SEEDS for held in [*range(every), -1]]


def named(seed: int, held: int) -> str:
    return f"seed{seed}-" + (f"fold{held}" if held >= 0 else "all")


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--worker", default="0/1", help="i/n: every n-th model from the i-th on")
    arguments.add_argument("--store", action="store_true", help="only prepare the photos")
    asked = arguments.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    files, labels, fold = folds()
    pictures, served = stored(files, STORED), stored(files, SIZE)
    worker, workers = map(int, asked.worker.split("/"))
    for seed, held in [] if asked.store else jobs()[worker::workers]:
        name = named(seed, held)
        if (kept := BUILD / f"{name}.pt").exists():
            continue
        weights = train(pictures[fold != held], labels[fold != held], 100 * seed + held + 1, name)
        torch.save(weights, kept)
        if held >= 0:
            print(f"{name} held out {accuracy(weights, served[fold == held], labels[fold == held]):.4f}", flush=True)


if __name__ == "__main__":
    main()
