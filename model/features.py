"""What the fold models see: logits, pooled features of every stage, and quality, of pictures they were not trained on.

One model per fold, averaged in weights over the seeds, as the shipped one is. Kept in build/features-*.npz, so that
calibration can be repeated in seconds.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from disturb import MILD
from draw import outsiders
from graph import probe
from network import Lite0
from photos import BUILD, HERE, LABELS, listing, pixels, upright
from renders import CLEAN, KINDS, render, rows
from train import SEEDS, folds

OUTSIDE = {"leaves": HERE.parent / "../shared/ood/leaves", "things": HERE.parent / "../shared/ood/things"}
FITTED_SHARE = 3  # a Gaussian is fitted on each training photo clean, and on a third of the mildly changed ones
WIDTHS = [16, 24, 40, 80, 112, 192, 320, 1280]  # of the stages' outputs


def averaged(names: list[str]) -> Lite0:
    """The network whose weights are the mean of those kept in build/."""
    kept = [torch.load(BUILD / f"{n}.pt", weights_only=True) for n in names]
    network = Lite0(len(LABELS)).eval()
    network.load_state_dict({k: torch.stack([w[k] for w in kept]).mean(0) for k in kept[0]})
    return network


def session(network: Lite0) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(probe(network).SerializeToString(), options, providers=["CPUExecutionProvider"])


def seen(model: onnxruntime.InferenceSession, pictures: list[np.ndarray] | np.ndarray) -> dict[str, np.ndarray]:
    found = [model.run(["logits", "features", "quality"], {"image": np.ascontiguousarray(p)}) for p in pictures]
    return {n: np.stack([f[i] for f in found]) for i, n in enumerate(("logits", "features", "quality"))}


def stage(features: np.ndarray, number: int) -> np.ndarray:
    """The columns of one stage, 1 to 8."""
    start = sum(WIDTHS[:number - 1])
    return features[:, start:start + WIDTHS[number - 1]]


def pick(kind: str, among: np.ndarray, share: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Pictures of a kind, and the places of their photos, of those photos that are among the given ones."""
    photos = rows(kind)
    chosen = np.isin(photos, among) & (share == 1 or photos // 2 % share == KINDS.index(kind) % share)
    return render(kind)[chosen], photos[chosen]


def outside() -> dict[str, list[np.ndarray]]:
    """Pictures that are no bean leaves: the development folders, and the drawn ones."""
    found = {n: [pixels(upright(f)) for f in listing(p)] for n, p in OUTSIDE.items() if p.exists()}
    return found | {"drawn": [pixels(d) for d in outsiders()]}


def look(name: str, network: Lite0, train: np.ndarray, held: np.ndarray, kinds: list[str]) -> None:
    """Writes features-<name>.npz: `fit` for training photos, one entry per kind for held-out ones, the outside ones."""
    kept, began = BUILD / f"features-{name}.npz", time.time()
    if kept.exists():
        return
    model, out = session(network), {}
    shares = {CLEAN: 1} | dict.fromkeys(MILD, FITTED_SHARE)
    out["fit"] = np.concatenate([seen(model, pick(k, train, s)[0])["features"] for k, s in shares.items()])
    for kind in kinds if len(held) else []:
        pictures, photos = pick(kind, held)
        out |= {f"{kind}/{k}": v for k, v in seen(model, pictures).items()} | {f"{kind}/photos": photos}
    for kind, pictures in outside().items():
        out |= {f"{kind}/{k}": v for k, v in seen(model, pictures).items()}
    np.savez(kept, **out)
    print(f"features {name} {time.time() - began:.0f} s", flush=True)


def seeds_alone(held: list[np.ndarray]) -> None:
    """Writes logits-seeds.npy: held-out logits [seed, photo, label] of every single model, for the headline accuracy."""
    kept: Path = BUILD / "logits-seeds.npy"
    if kept.exists():
        return
    clean, out = render(CLEAN), np.zeros((len(SEEDS), sum(map(len, held)), len(LABELS)), dtype=np.float32)
    for s, seed in enumerate(SEEDS):
        for fold, photos in enumerate(held):
            out[s, photos] = seen(session(averaged([f"seed{seed}-fold{fold}"])), clean[photos])["logits"]
    np.save(kept, out)


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--worker", default="0/1", help="i/n: every n-th fold from the i-th on")
    worker, workers = map(int, arguments.parse_args().worker.split("/"))
    _, _, fold = folds()
    every = np.arange(len(fold))
    held = [every[fold == f] for f in range(fold.max() + 1)]
    for f in [*range(len(held)), -1][worker::workers]:
        if f >= 0:
            look(f"fold{f}", averaged([f"seed{s}-fold{f}" for s in SEEDS]), every[fold != f], held[f], KINDS)
        else:
            look("all", averaged([f"seed{s}-all" for s in SEEDS]), every, every[:0], KINDS)
    if worker == 0:
        seeds_alone(held)


if __name__ == "__main__":
    main()
