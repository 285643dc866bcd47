"""Measures a model file, through the file alone, on folders of pictures, and prints the table of goals.

    python evaluate.py --data DIR [--ood DIR ...] [--model FILE]

DIR holds one folder per label. What the shipped file was trained on it cannot be judged by: on the training photos the
figures are flattering; the honest ones are out of fold and stand in the file's metadata, printed first. Needs
onnxruntime, numpy and Pillow only.
"""

import argparse
import time
from pathlib import Path

import numpy as np
from PIL import Image

from disturb import HARMFUL, MILD, changed
from draw import outsiders
from measures import calibration_error, likelihood, shown
from photos import DATA, HERE, labelled, listing, upright
from serve import Answer, ModelFile

CHANGED_PHOTOS = 150  # at most so many photos, evenly spaced, under every change


def told(name: str, done: int, of: int) -> None:
    if done == of or done % 100 == 0:
        print(f"\r{name}: {done} of {of}", end="\n" if done == of else "", flush=True)


def answered(model: ModelFile, images: list[Image.Image], name: str) -> list[Answer]:
    out = []
    for n, image in enumerate(images, start=1):
        out.append(model.answer(image))
        told(name, n, len(images))
    return out


def count(given: list[Answer], what: str) -> str:
    hits = [a.flagged if what == "flagged" else a.decision == what for a in given]
    return shown(sum(hits), len(hits))


def clean_rows(given: list[Answer], truth: np.ndarray) -> list[tuple[str, str, str]]:
    right = np.array([a.label for a in given]) == truth
    probabilities = np.stack([a.probabilities for a in given])
    return [
        ("accuracy", shown(int(right.sum()), len(right)), "97 % (125 of 128)"),
        ("ECE, 15 equal-mass bins", f"{calibration_error(probabilities.max(1), right):.4f}", "0.02"),
        ("NLL", f"{likelihood(probabilities, truth):.4f}", "0.09"),
        ("flagged, clean", count(given, "flagged"), "at most 2 %"),
        ("accept, clean", count(given, "accept"), "at least 93 %"),
    ]


def changed_rows(model: ModelFile, images: list[Image.Image], truth: np.ndarray) -> list[tuple[str, str, str]]:
    """Mild changes: flagged and accepted. Harmful ones: wrong and accepted."""
    rows, mild, wrong = [], [], []
    for kind in MILD:
        given = answered(model, [changed(im, kind, i) for i, im in enumerate(images)], kind)
        mild += given
        rows.append((f"flagged, {kind}", count(given, "flagged"), ""))
    for kind in HARMFUL:
        given = answered(model, [changed(im, kind, i) for i, im in enumerate(images)], kind)
        bad = [a.decision == "accept" and a.label != t for a, t in zip(given, truth, strict=True)]
        wrong += bad
        rows.append((f"wrong and accepted, {kind}", shown(sum(bad), len(bad)), ""))
    return [("flagged, mild", count(mild, "flagged"), "at most 4 %"),
            ("accept, mild", count(mild, "accept"), "at least 88 %"),
            ("wrong and accepted, harmful", shown(sum(wrong), len(wrong)), "at most 1 %"), *rows]


def outside_rows(model: ModelFile, folder: Path) -> list[tuple[str, str, str]]:
    """A folder of strangers as a whole, and each of its own folders: one plant each, say."""
    files = listing(folder)
    given = answered(model, [upright(f) for f in files], folder.name)
    rows = [(f"flagged, {folder.name}", count(given, "flagged"), "97 % plants, 99 % things")]
    for part in sorted({f.parent for f in files} - {folder}):
        inside = [a for f, a in zip(files, given, strict=True) if f.parent == part]
        rows.append((f"flagged, {folder.name}/{part.name}", count(inside, "flagged"), "85 % each plant"))
    return rows


def table(rows: list[tuple[str, str, str]]) -> str:
    lines = ["| what | measured (95 % interval; count) | goal |", "| --- | --- | --- |"]
    return "\n".join(lines + [f"| {a} | {b} | {c} |" for a, b, c in rows])


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, default=DATA)
    arguments.add_argument("--ood", type=Path, nargs="*", default=[])
    arguments.add_argument("--model", type=Path, default=HERE / "beans.onnx")
    arguments.add_argument("--clean-only", action="store_true", help="leave the changed photos out")
    asked = arguments.parse_args()
    model = ModelFile(asked.model)
    print("out of fold, from the file:")
    for name, value in model.metadata["figures"].items():
        print(f"  {name:28s} {value}")
    labels = model.metadata["labels"]
    files, truth = labelled(asked.data, labels)
    began = time.time()
    images = [upright(f) for f in files]
    given = answered(model, images, "clean")
    rows = clean_rows(given, truth)
    rows.insert(0, ("file", f"{asked.model.stat().st_size / 1e6:.2f} MB", "14 MB"))
    if not asked.clean_only:
        some = np.unique(np.linspace(0, len(images) - 1, min(CHANGED_PHOTOS, len(images))).astype(int))
        rows += changed_rows(model, [images[i] for i in some], truth[some])
    for folder in asked.ood:
        rows += outside_rows(model, folder)
    rows.append(("flagged, drawn", count(answered(model, outsiders(), "drawn"), "flagged"), "all"))
    print(table(rows))
    wrong = [(f.name, labels[t], labels[a.label], a) for f, t, a in zip(files, truth, given, strict=True) if a.label != t]
    for name, was, said, a in wrong[:20]:
        print(f"  {name}: {was}, answered {said} at {a.confidence:.2f}, {a.decision}")
    print(f"{time.time() - began:.0f} s")


if __name__ == "__main__":
    main()
