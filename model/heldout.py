"""The photos to calibrate with: read, held out, and fitting to the network."""

import argparse

import numpy as np
import onnxruntime
from scipy.optimize import linear_sum_assignment

import card
import pictures
import sight
from measures import shown
from pictures import Folder
from recipe import Recipe, Refused

FEWEST, FEW = 60, 150  # photos to calibrate with: under the first refused, under the second warned of
FOLDS = 5
COMPARED_PHOTOS = 1000  # of those it was trained on, for near-duplicates
ALIKE = ["JPEG 75 to 95", "brightness ±20 %", "light noise", "resized 224 to 1600"]  # changes that leave the same photo


def warn(text: str) -> None:
    print(f"WARNING: {text}", flush=True)


def folder_of(asked: argparse.Namespace, recipe: Recipe) -> Folder:
    """The photos that can be read. Broken ones are counted and named."""
    try:
        folder = pictures.labelled(asked.photos, list(recipe.labels) or None)
    except ValueError as wrong:
        raise Refused(f"--photos: {wrong}") from None
    card.labels_checked(folder.labels)

    def state(i: int) -> str | bool:
        try:
            return pictures.read(folder.files[i], 64).turned
        except pictures.Unreadable as broken:
            return str(broken)

    states = list(sight.progress("reading photos", state, len(folder.files)))
    broken = [(f, s) for f, s in zip(folder.files, states, strict=True) if isinstance(s, str)]
    if broken:
        warn(f"{len(broken)} of {len(folder.files)} files cannot be read and are left out:")
        for file, why in broken[:20]:
            print(f"    {file.relative_to(folder.root)}: {why}")
    if turned := sum(s is True for s in states):
        warn(f"{turned} photos are turned by their EXIF orientation: Haricot turns them upright, most training code does not")
    return folder.chosen(np.array([i for i, s in enumerate(states) if not isinstance(s, str)], dtype=int))


def held_out(asked: argparse.Namespace, folder: Folder) -> tuple[Folder, Folder | None]:
    """The photos to calibrate with, and those of the training where they are there."""
    if asked.valid and asked.unseen:
        raise Refused("--valid and --unseen contradict each other: a list of the photos that are new, or all of them are")
    if asked.unseen:
        return enough(folder), None
    if not asked.valid:
        raise Refused(
            "which of the photos has the network not been trained on? Name them by --valid FILE, or say --unseen if it is all of "
            "them. On photos it was trained on, it looks surer and more familiar than it will be"
        )
    try:
        which, missing = pictures.listed(folder, asked.valid)
    except (OSError, ValueError) as unreadable:
        raise Refused(f"--valid {asked.valid} cannot be read: {unreadable}") from None
    if missing:
        warn(f"{len(missing)} lines of {asked.valid} name no readable photo under {folder.root}, {missing[0]!r} first")
    rest = np.setdiff1d(np.arange(len(folder.files)), which)
    return enough(folder.chosen(which)), folder.chosen(rest) if len(rest) else None


def enough(folder: Folder) -> Folder:
    count = len(folder.files)
    if count < FEWEST:
        raise Refused(f"{count} photos that the network was not trained on: at least {FEWEST} are needed, {FEW} are better")
    if count < FEW:
        warn(f"{count} photos to calibrate with: thresholds are rough under {FEW}")
    if absent := [label for i, label in enumerate(folder.labels) if not (folder.truth == i).any()]:
        warn(f"no photo to calibrate with for {len(absent)} labels: {', '.join(absent[:10])}")
    return folder


def labels_fit(logits: np.ndarray, folder: Folder) -> None:
    """Refuses labels that do not belong to the outputs."""
    if logits.shape[1] != len(folder.labels):
        raise Refused(
            f"the network has {logits.shape[1]} outputs and there are {len(folder.labels)} labels: {', '.join(folder.labels[:9])}"
        )
    table = np.zeros((len(folder.labels), logits.shape[1]))
    np.add.at(table, (folder.truth, logits.argmax(1)), 1)
    there = table.sum(1) > 0
    counts = table[there].sum(1)
    recalls = table.diagonal()[there] / counts
    error = np.sqrt((recalls * (1 - recalls) / counts).sum()) / len(counts)
    print(f"  labels: {shown(int(table.trace()), len(folder.files))} right")
    rows, columns = linear_sum_assignment(-table)
    if table[rows, columns].sum() > table.trace() + 0.2 * len(folder.files):
        order = ",".join(folder.labels[r] for _, r in sorted(zip(columns, rows, strict=True)))
        raise Refused(f"the labels are in another order than the outputs: by the photos it is --labels {order}")
    if recalls.mean() - 1.96 * error <= 1 / len(folder.labels):
        raise Refused(
            f"the network is right no more often than by chance ({100 * recalls.mean():.0f} % of each label, chance is "
            f"{100 / len(folder.labels):.0f} %): labels, their order or the preprocessing are wrong"
        )


def folds_of(folder: Folder) -> np.ndarray:
    """The fold of every photo: runs of files by name, because photos come in bursts; from every label alike."""
    fold = np.zeros(len(folder.files), dtype=int)
    for label in range(len(folder.labels)):
        for number, run in enumerate(np.array_split(np.flatnonzero(folder.truth == label), FOLDS)):
            fold[run] = (number + label) % FOLDS
    return fold


def duplicates(model: onnxruntime.InferenceSession, seen: dict[str, sight.Look], trained: Folder) -> None:
    """Warns of held-out photos that are as near to a photo of the training as they are to themselves, mildly changed."""
    some = trained.chosen(np.unique(np.linspace(0, len(trained.files) - 1, min(COMPARED_PHOTOS, len(trained.files))).astype(int)))
    own = seen[sight.CLEAN].features
    unit = lambda f: (z := (f - own.mean(0)) / (own.std(0) + 1e-6)) / np.linalg.norm(z, axis=1, keepdims=True)
    clean = unit(own)
    near = np.concatenate([(clean[look.photo] * unit(look.features)).sum(1) for kind, look in seen.items() if kind in ALIKE])
    alike = (clean @ unit(sight.plain(model, some.files, "comparing with photos of the training", 512).features).T).max(1)
    count = int((alike >= np.median(near)).sum())
    if count:
        warn(
            f"{count} of {len(clean)} held-out photos have a near-duplicate among {len(some.files)} of the training "
            "(as near as the photo itself, resaved or dimmed): what they say is too good"
        )
