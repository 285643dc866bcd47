"""Measures a model file, through the file alone, on folders of pictures: any model, any labels.

    python evaluate.py --model FILE --data DIR [--ood DIR ...]

DIR holds one folder per label. What a file was trained or calibrated on it cannot be judged by: on such photos the figures are
flattering; the honest ones stand in the file's metadata, printed first. Files that cannot be read are counted and named. Needs
onnxruntime, numpy and Pillow only (requirements-check.txt).
"""

import argparse
import time
from pathlib import Path

import numpy as np
from PIL import Image

import pictures
from disturb import HARMFUL, MILD, changed
from draw import outsiders
from measures import calibration_error, likelihood, shown
from serve import Answer, ModelFile

HERE = Path(__file__).resolve().parent
CHANGED_PHOTOS = 150  # at most so many photos, evenly spaced, under every change
GOALS = {  # of the bean model; others have none here
    "accuracy": "97 % (125 of 128)", "ECE, 15 equal-mass bins": "0.02", "NLL": "0.09", "flagged, clean": "at most 2 %",
    "accept, clean": "at least 93 %", "flagged, mild": "at most 4 %", "accept, mild": "at least 88 %",
    "wrong and accepted, harmful": "at most 1 %", "flagged, drawn": "all", "file": "7 MB"}
Row = tuple[str, str]


def told(name: str, done: int, of: int) -> None:
    if done == of or done % 100 == 0:
        print(f"\r{name}: {done} of {of}", end="\n" if done == of else "", flush=True)


def files_answered(model: ModelFile, files: list[Path], name: str) -> tuple[list[Path], list[Answer]]:
    """The answers to all files that can be read, as serving gives them: reduced while they are decoded."""
    good, out, broken = [], [], []
    for n, file in enumerate(files, start=1):
        try:
            out.append(model.read(file))
            good.append(file)
        except pictures.Unreadable as why:
            broken.append(f"  {file}: {why}")
        told(name, n, len(files))
    if broken:
        print(f"{len(broken)} of {len(files)} files cannot be read and are left out:", *broken[:20], sep="\n")
    if not good:
        raise SystemExit(f"{name}: no picture that can be read")
    return good, out


def answered(model: ModelFile, images: list[Image.Image], name: str) -> list[Answer]:
    out = []
    for n, image in enumerate(images, start=1):
        out.append(model.answer(image))
        told(name, n, len(images))
    return out


def count(given: list[Answer], what: str) -> str:
    hits = [a.flagged if what == "flagged" else a.decision == what for a in given]
    return shown(sum(hits), len(hits))


def clean_rows(given: list[Answer], truth: np.ndarray) -> list[Row]:
    right = np.array([a.label for a in given]) == truth
    probabilities = np.stack([a.probabilities for a in given])
    return [
        ("accuracy", shown(int(right.sum()), len(right))),
        ("ECE, 15 equal-mass bins", f"{calibration_error(probabilities.max(1), right):.4f}"),
        ("NLL", f"{likelihood(probabilities, truth):.4f}"),
        ("flagged, clean", count(given, "flagged")),
        ("accept, clean", count(given, "accept")),
        ("right among accepted", accepted_right(given, right)),
    ]


def accepted_right(given: list[Answer], right: np.ndarray) -> str:
    kept = [bool(r) for a, r in zip(given, right, strict=True) if a.decision == "accept"]
    return shown(sum(kept), len(kept)) if kept else "none accepted"


def changed_rows(model: ModelFile, images: list[Image.Image], truth: np.ndarray) -> list[Row]:
    """Mild changes: flagged and accepted. Harmful ones: wrong and accepted."""
    rows, mild, wrong = [], [], []
    for kind in MILD:
        given = answered(model, [changed(im, kind, i) for i, im in enumerate(images)], kind)
        mild += given
        rows.append((f"flagged, {kind}", count(given, "flagged")))
    for kind in HARMFUL:
        given = answered(model, [changed(im, kind, i) for i, im in enumerate(images)], kind)
        bad = [a.decision == "accept" and a.label != t for a, t in zip(given, truth, strict=True)]
        wrong += bad
        rows.append((f"wrong and accepted, {kind}", shown(sum(bad), len(bad))))
    return [("flagged, mild", count(mild, "flagged")), ("accept, mild", count(mild, "accept")),
            ("wrong and accepted, harmful", shown(sum(wrong), len(wrong))), *rows]


def outside_rows(model: ModelFile, folder: Path) -> list[Row]:
    """A folder of strangers as a whole, and each of its own folders: one plant each, say."""
    files, given = files_answered(model, pictures.listing(folder), folder.name)
    rows = [(f"flagged, {folder.name}", count(given, "flagged"))]
    for part in sorted({f.parent for f in files} - {folder}):
        inside = [a for f, a in zip(files, given, strict=True) if f.parent == part]
        rows.append((f"flagged, {folder.name}/{part.name}", count(inside, "flagged")))
    return rows


def table(rows: list[Row], goals: bool) -> str:
    lines = ["| what | measured (95 % interval; count) |" + " goal |" * goals, "| --- | --- |" + " --- |" * goals]
    return "\n".join(lines + [f"| {a} | {b} |" + f" {GOALS.get(a, '')} |" * goals for a, b in rows])


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--ood", type=Path, nargs="*", default=[])
    arguments.add_argument("--model", type=Path, default=HERE / "beans.onnx")
    arguments.add_argument("--clean-only", action="store_true", help="leave the changed photos out")
    asked = arguments.parse_args()
    model = ModelFile(asked.model)
    labels = model.metadata["labels"]
    print(f"{model.metadata['name']} {model.metadata['version']}, on held-out photos, from the file:")
    for name, value in model.metadata["figures"].items():
        print(f"  {name:28s} {value}")
    try:
        folder = pictures.labelled(asked.data, labels)
    except ValueError as wrong:
        raise SystemExit(f"--data: {wrong}") from None
    began = time.time()
    files, given = files_answered(model, folder.files, "clean")
    own = dict(zip(folder.files, folder.truth, strict=True))
    truth = np.array([own[f] for f in files])
    rows = [("file", f"{asked.model.stat().st_size / 1e6:.2f} MB"), *clean_rows(given, truth)]
    if not asked.clean_only:
        some = np.unique(np.linspace(0, len(files) - 1, min(CHANGED_PHOTOS, len(files))).astype(int))
        rows += changed_rows(model, [pictures.read(files[i]).image for i in some], truth[some])
    for other in asked.ood:
        rows += outside_rows(model, other)
    rows.append(("flagged, drawn", count(answered(model, outsiders(), "drawn"), "flagged")))
    print(table(rows, model.metadata["name"] == "beans"))
    wrong = [(f.name, labels[t], labels[a.label], a) for f, t, a in zip(files, truth, given, strict=True) if a.label != t]
    for name, was, said, a in wrong[:20]:
        print(f"  {name}: {was}, answered {said} at {a.confidence:.2f}, {a.decision}")
    print(f"{time.time() - began:.0f} s")


if __name__ == "__main__":
    main()
