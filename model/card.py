"""The metadata of a model file, the drawn pictures that prove a copy works, and pictures to try."""

import base64
import hashlib
import io
import json
import re
import unicodedata
from dataclasses import asdict
from pathlib import Path

import onnx
from PIL import Image

import pictures
from calibrate import Calibration
from draw import GOLDEN
from recipe import Recipe, Refused
from serve import ModelFile

SCHEMA = 1
TRAVELLING = 3  # of the golden pictures, inside the file
TOLERANCE = {"float32": 0.005, "float16": 0.005, "int8": 0.05}  # of golden probabilities: int8 differs between kinds of CPU
MOST_EXAMPLES, EXAMPLE_BYTES, EXAMPLE_SIDES = 6, 20_000, (512, 384, 256, 192, 128)
MOST_LABELS = 1000


def named(name: str, version: str) -> None:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", name):
        raise Refused(f"--name {name!r}: lower case letters, digits and hyphens, at most 64")
    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z.+-]{0,63}", version):
        raise Refused(f"--version {version!r}: such as 1.0.0")


def labels_checked(labels: list[str]) -> list[str]:
    """Labels of any language: 2 to 1,000, all different, none empty, without control characters."""
    if not 2 <= len(labels) <= MOST_LABELS:
        raise Refused(f"{len(labels)} labels: 2 to {MOST_LABELS} are possible")
    for label in labels:
        plain(label, "label")
    if twice := sorted({a for a in labels if labels.count(a) > 1}):
        raise Refused(f"the labels {twice} appear twice")
    return labels


def plain(text: str, what: str) -> str:
    if not text.strip():
        raise Refused(f"a {what} is empty")
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in text):
        raise Refused(f"the {what} {text!r} holds control characters")
    return text


def card(
    name: str,
    version: str,
    subject: str,
    licence: str,
    labels: list[str],
    recipe: Recipe,
    kept: int | None,
    weights: str,
    calibration: Calibration,
    data: dict,
    held_out: str,
) -> dict:
    """The metadata; the contract's fields in the contract's order, without pictures."""
    return {
        "schema": SCHEMA,
        "name": name,
        "version": version,
        "subject": subject,
        "labels": labels,
        "input": described_input(recipe, kept),
        "weights": weights,
        "temperature": calibration.shipped.temperature,
        "thresholds": calibration.shipped.thresholds,
        "acceptedRight": calibration.accepted_right,
        "selfCheck": calibration.self_check,
        "reference": calibration.reference,
        "figures": calibration.figures,
        "heldOut": held_out,
        "trainingData": data,
        "licence": licence,
        "goldenTolerance": TOLERANCE[weights],
        "golden": [],
        "examples": [],
    }


def described_input(recipe: Recipe, kept: int | None) -> dict:
    """The recipe, for people to read: all of it is inside the graph; and what happens before the graph."""
    return {k: v for k, v in asdict(recipe).items() if k != "labels"} | {"shortSideKept": kept}


def attach(model: onnx.ModelProto, metadata: dict) -> None:
    del model.metadata_props[:]
    onnx.helper.set_model_props(
        model, {"haricot": json.dumps(metadata, separators=(",", ":"), ensure_ascii=False, allow_nan=False)}
    )


def written(model: onnx.ModelProto, metadata: dict, file: Path, examples: list[Path], folder: Path | None = None) -> ModelFile:
    """Writes the file with its golden pictures, whose answers come from the finished graph, and the examples that its user
    allows.

    With a folder, every drawn picture goes there with its answer, for other code to match.
    """
    attach(model, metadata)
    bare = ModelFile(model.SerializeToString())
    answers, travelling = [], []
    for name, drawn in list(GOLDEN.items())[: None if folder else TRAVELLING]:
        image = drawn()
        data = png(image)
        answer = described(bare, name, image)
        answers.append(answer)
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.png").write_bytes(data)
        if len(travelling) < TRAVELLING:
            kept = {k: answer[k] for k in ("label", "probabilities", "score", "distance", "quality")}
            travelling.append({"name": name, "png": base64.b64encode(data).decode()} | kept)
    attach(model, metadata | {"golden": travelling, "examples": [example(bare, f) for f in examples]})
    part = file.with_name(file.name + ".part")
    part.write_bytes(model.SerializeToString())
    part.replace(file)
    if folder:
        (folder / "golden.json").write_text(json.dumps({"version": metadata["version"], "pictures": answers}, indent=1) + "\n")
    return ModelFile(file)


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def described(model: ModelFile, name: str, image: Image.Image) -> dict:
    a = model.answer(image)
    return {
        "file": f"{name}.png",
        "width": image.width,
        "height": image.height,
        "label": model.metadata["labels"][a.label],
        "probabilities": [float(p) for p in a.probabilities],
        "logits": [float(v) for v in a.logits],
        "score": a.score,
        "distance": a.distance,
        "quality": [float(q) for q in a.quality],
        "flagged": a.flagged,
        "decision": a.decision,
        "reasons": a.reasons,
    }


def example(model: ModelFile, file: Path) -> dict:
    """A picture to try, without metadata, as large as its limit lets it be, and what is said of exactly these bytes."""
    try:
        image = pictures.read(file).image
        data = as_it_is(file) or fitting(image)
    except pictures.Unreadable as broken:
        raise Refused(f"--examples {file}: {broken}") from None
    answer = model.answer(Image.open(io.BytesIO(data)).convert("RGB"))
    label = None if answer.decision == "reject" else model.metadata["labels"][answer.label]
    return {"jpeg": base64.b64encode(data).decode(), "label": label, "decision": answer.decision}


def as_it_is(file: Path) -> bytes | None:
    """The bytes of a small JPEG without metadata."""
    with Image.open(file) as image:
        small = (
            image.format == "JPEG"
            and max(image.size) <= EXAMPLE_SIDES[0]
            and not ({"exif", "icc_profile", "comment"} & set(image.info))
        )
    return file.read_bytes() if small and file.stat().st_size <= EXAMPLE_BYTES else None


def fitting(image: Image.Image) -> bytes:
    for side in EXAMPLE_SIDES:
        small = image.copy()
        small.thumbnail((side, side))
        out = io.BytesIO()
        small.save(out, "JPEG", quality=85)
        if out.tell() <= EXAMPLE_BYTES:
            return out.getvalue()
    raise pictures.Unreadable(f"it does not fit into {EXAMPLE_BYTES // 1000} KB")


def data_hash(files: list[Path], root: Path) -> str:
    """sha256 over one line a photo: its path and the sha256 of its bytes."""
    lines = [f"{f.relative_to(root).as_posix()} {hashlib.sha256(f.read_bytes()).hexdigest()}\n" for f in files]
    return hashlib.sha256("".join(lines).encode()).hexdigest()
