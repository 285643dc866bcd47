"""What the fold models see, as sight.Look, of pictures that they were not trained on.

One model per fold, averaged in weights over the seeds, as the shipped one is. Kept in build/looks-*.npz, so that calibration can
be repeated in seconds. The features of every candidate for a tap are kept; calibration takes the taps' columns.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import onnxruntime
import torch

import core as cores
import pictures
import smaller
from beans import BUILD, LABELS, OUTSIDE, RECIPE
from core import Core
from disturb import MILD
from draw import outsiders
from from_torch import exported
from graph import probe
from network import Lite0
from renders import KINDS, render, rows, sizes
from serve import session
from sight import CLEAN, DRAWN, Look, drawn, joined, plain, run
from taps import Tap
from train import SEEDS, folds

FITTED_SHARE = 3  # a Gaussian is fitted on each training photo clean, and on a third of the mildly changed ones


def averaged(names: list[str]) -> Lite0:
    """The network whose weights are the mean of those kept in build/."""
    kept = [torch.load(BUILD / f"{n}.pt", weights_only=True) for n in names]
    network = Lite0(len(LABELS)).eval()
    network.load_state_dict({k: torch.stack([w[k] for w in kept]).mean(0) for k in kept[0]})
    return network


def network_of(name: str, names: list[str]) -> Core:
    """The averaged network, adopted as any other is, from its ONNX file, and with the weights that ship: float16."""
    file: Path = BUILD / f"core-{name}.onnx"
    if not file.exists():
        exported(averaged(names), RECIPE.given, file)
    return smaller.halved(cores.load(file, RECIPE))


def fold_network(fold: int) -> Core:
    return network_of(f"fold{fold}", [f"seed{s}-fold{fold}" for s in SEEDS])


def shipped_network() -> Core:
    return network_of("all", [f"seed{s}-all" for s in SEEDS])


def looking(core: Core, taps: tuple[Tap, ...] | None = None) -> onnxruntime.InferenceSession:
    return session(probe(core, RECIPE, taps).SerializeToString())


def rendered(model: onnxruntime.InferenceSession, kind: str, among: np.ndarray, share: int = 1) -> Look:
    """Pictures of a kind, of those photos that are among the given ones. They are stored at the network's size already."""
    photos = rows(kind)
    chosen = np.isin(photos, among) & (share == 1 or photos // 2 % share == KINDS.index(kind) % share)
    own = [
        run(model, image, tuple(size), photo)
        for image, size, photo in zip(render(kind)[chosen], sizes(kind)[chosen], photos[chosen], strict=True)
    ]
    return joined(own)


def look(name: str, core: Core, train: np.ndarray, held: np.ndarray) -> None:
    """Writes looks-<name>.npz: `fit`, the features of training photos, and held-out and outside pictures by kind."""
    kept, began = BUILD / f"looks-{name}.npz", time.time()
    if kept.exists():
        return
    model, shares = looking(core, core.candidates), {CLEAN: 1} | dict.fromkeys(MILD, FITTED_SHARE)
    out = {"fit": np.concatenate([rendered(model, k, train, s).features for k, s in shares.items()])}
    found = {kind: rendered(model, kind, held) for kind in KINDS} if len(held) else {}
    found |= {n: plain(model, pictures.listing(p), n) for n, p in OUTSIDE.items() if p.exists()}
    found[DRAWN] = drawn(model, outsiders())
    for kind, seen in found.items():
        out |= {f"{kind}/{field}": value for field, value in vars(seen).items()}
    np.savez(kept, **out)
    print(f"looked, {name}, {time.time() - began:.0f} s", flush=True)


def looked(name: str, core: Core) -> tuple[np.ndarray, dict[str, Look]]:
    """What `look` wrote: the features that the Gaussians are fitted on, and the pictures, both with the taps' columns alone."""
    kept = np.load(BUILD / f"looks-{name}.npz")
    starts = np.cumsum([0, *[t.channels for t in core.candidates]])
    columns = np.concatenate([np.arange(starts[i], starts[i + 1]) for i in map(core.candidates.index, core.taps)])
    kinds = {key.rsplit("/", 1)[0] for key in kept.files if key != "fit"}
    look = lambda kind: Look(*(kept[f"{kind}/{f}"] for f in ("logits", "features", "quality", "size", "photo")))
    cut = lambda seen: Look(seen.logits, seen.features[:, columns], seen.quality, seen.size, seen.photo)
    return kept["fit"][:, columns], {kind: cut(look(kind)) for kind in sorted(kinds)}


def seeds_alone(held: list[np.ndarray]) -> None:
    """Writes logits-seeds.npy: held-out logits [seed, photo, label] of every single model, for the headline accuracy."""
    kept: Path = BUILD / "logits-seeds.npy"
    if kept.exists():
        return
    out = np.zeros((len(SEEDS), sum(map(len, held)), len(LABELS)), dtype=np.float32)
    for s, seed in enumerate(SEEDS):
        for fold, photos in enumerate(held):
            name = f"seed{seed}-fold{fold}"
            out[s, photos] = rendered(looking(network_of(name, [name])), CLEAN, photos).logits
    np.save(kept, out)


def held_photos() -> list[np.ndarray]:
    _, _, fold = folds()
    return [np.flatnonzero(fold == f) for f in range(fold.max() + 1)]


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--worker", default="0/1", help="i/n: every n-th fold from the i-th on")
    worker, workers = map(int, arguments.parse_args().worker.split("/"))
    held = held_photos()
    every = np.arange(sum(map(len, held)))
    for f in [*range(len(held)), -1][worker::workers]:
        if f >= 0:
            look(f"fold{f}", fold_network(f), np.setdiff1d(every, held[f]), held[f])
        else:
            look("all", shipped_network(), every, every[:0])
    if worker == 0:
        seeds_alone(held)


if __name__ == "__main__":
    main()
