"""Writes beans.onnx and golden/: the network, the calibration, and the drawn pictures with their answers."""

import base64
import io
import json
from pathlib import Path

import onnx
import torch
from PIL import Image

from draw import GOLDEN
from graph import SIZE, Familiarity, build
from network import Lite0
from photos import BUILD, HERE, LABELS, SHORT_SIDE_KEPT
from serve import ModelFile

NAME, VERSION = "beans", "1.0.0"
SCHEMA = 1
TRAVELLING = 3  # of the drawn pictures, inside the file


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def card(calibration: dict, golden: list[dict], version: str) -> dict:
    """The metadata; the contract's fields in the contract's order."""
    return {
        "schema": SCHEMA, "name": NAME, "version": version, "labels": LABELS,
        "input": {"size": SIZE, "resize": "squish", "antialias": True, "shortSideKept": SHORT_SIDE_KEPT},
        "temperature": calibration["temperature"],
        "thresholds": calibration["thresholds"],
        "reference": calibration["reference"],
        "figures": calibration["figures"],
        "trainingData": calibration["trainingData"],
        "licence": "Apache-2.0; ImageNet weights: Apache-2.0; photographs: ibean, MIT",
        "golden": golden,
    }


def described(model: ModelFile, name: str, image: Image.Image) -> dict:
    a = model.answer(image)
    return {
        "file": f"{name}.png", "width": image.width, "height": image.height, "label": LABELS[a.label],
        "probabilities": [float(p) for p in a.probabilities], "logits": [float(v) for v in a.logits],
        "score": a.score, "distance": a.distance, "quality": [float(q) for q in a.quality],
        "flagged": a.flagged, "decision": a.decision, "reasons": a.reasons,
    }


def write(network: Lite0, familiarity: Familiarity, calibration: dict, file: Path, folder: Path, version: str) -> None:
    """Writes the file and its golden pictures, whose answers come from the finished graph."""
    model = build(network.eval(), calibration["temperature"], familiarity, len(LABELS))
    attach(model, card(calibration, [], version))
    bare = ModelFile(model.SerializeToString())
    folder.mkdir(parents=True, exist_ok=True)
    answers, travelling = [], []
    for name, drawn in GOLDEN.items():
        image = drawn()
        data = png(image)
        (folder / f"{name}.png").write_bytes(data)
        answer = described(bare, name, image)
        answers.append(answer)
        if len(travelling) < TRAVELLING:
            kept = {k: answer[k] for k in ("label", "probabilities", "score", "distance", "quality")}
            travelling.append({"name": name, "png": base64.b64encode(data).decode()} | kept)
    attach(model, card(calibration, travelling, version))
    file.write_bytes(model.SerializeToString())
    (folder / "golden.json").write_text(json.dumps({"version": version, "pictures": answers}, indent=1) + "\n")
    print(f"{file.name}: {file.stat().st_size / 1e6:.2f} MB, {len(answers)} golden pictures")


def attach(model: onnx.ModelProto, metadata: dict) -> None:
    del model.metadata_props[:]
    onnx.helper.set_model_props(model, {"haricot": json.dumps(metadata, separators=(",", ":"))})


def main() -> None:
    kept = torch.load(BUILD / "calibration.pt", weights_only=False)
    network = Lite0(len(LABELS))
    network.load_state_dict(kept["weights"])
    write(network, kept["familiarity"], kept["calibration"], HERE / "beans.onnx", HERE / "golden", VERSION)


if __name__ == "__main__":
    main()
